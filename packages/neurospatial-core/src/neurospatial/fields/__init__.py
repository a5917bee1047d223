"""Values on an environment: firing rate maps, and what they say."""

from neurospatial.fields.detection import DetectedField, detect_fields
from neurospatial.fields.directional import compute_directional_fields, running_velocity
from neurospatial.fields.field_series import FieldSeries
from neurospatial.fields.information import sparsity, spatial_information
from neurospatial.fields.laps import lap_windows
from neurospatial.fields.npz_io import FieldsFile, FieldsKeywords, read_fields_file
from neurospatial.fields.place import compute_place_field, compute_place_fields
from neurospatial.fields.windows import sliding_windows

__all__ = [
    "DetectedField",
    "FieldSeries",
    "FieldsFile",
    "FieldsKeywords",
    "compute_directional_fields",
    "compute_place_field",
    "compute_place_fields",
    "detect_fields",
    "lap_windows",
    "read_fields_file",
    "running_velocity",
    "sliding_windows",
    "sparsity",
    "spatial_information",
]
