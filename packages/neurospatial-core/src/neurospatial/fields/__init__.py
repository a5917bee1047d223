"""Values on an environment: firing rate maps, and what they say."""

from neurospatial.fields.detection import DetectedField, detect_fields
from neurospatial.fields.directional import compute_directional_fields, running_velocity
from neurospatial.fields.directions.mean_vector import MeanVector, compute_mean_vector
from neurospatial.fields.directions.rayleigh import RayleighTest, compute_rayleigh
from neurospatial.fields.directions.tuning_curves import compute_tuning_curves
from neurospatial.fields.field_series import FieldSeries
from neurospatial.fields.information import sparsity, spatial_information
from neurospatial.fields.laps import lap_windows
from neurospatial.fields.metrics.autocorrelogram import compute_autocorrelogram
from neurospatial.fields.metrics.border_score import compute_border_score
from neurospatial.fields.metrics.coherence import compute_coherence
from neurospatial.fields.metrics.correlation import correlate_fields
from neurospatial.fields.metrics.grid_score import compute_grid_score
from neurospatial.fields.metrics.stability import compute_stability
from neurospatial.fields.npz_io import FieldsFile, FieldsKeywords, read_fields_file
from neurospatial.fields.place import compute_place_field, compute_place_fields
from neurospatial.fields.tuning_map import compute_tuning_map
from neurospatial.fields.values.successor_representation import compute_successor_representation
from neurospatial.fields.values.transition_matrix import compute_transition_matrix
from neurospatial.fields.values.value_function import compute_value_function
from neurospatial.fields.windows import sliding_windows

__all__ = [
    "DetectedField",
    "FieldSeries",
    "FieldsFile",
    "FieldsKeywords",
    "MeanVector",
    "RayleighTest",
    "compute_autocorrelogram",
    "compute_border_score",
    "compute_coherence",
    "compute_directional_fields",
    "compute_grid_score",
    "compute_mean_vector",
    "compute_place_field",
    "compute_place_fields",
    "compute_rayleigh",
    "compute_stability",
    "compute_successor_representation",
    "compute_transition_matrix",
    "compute_tuning_curves",
    "compute_tuning_map",
    "compute_value_function",
    "correlate_fields",
    "detect_fields",
    "lap_windows",
    "read_fields_file",
    "running_velocity",
    "sliding_windows",
    "sparsity",
    "spatial_information",
]
