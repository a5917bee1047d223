"""Values on an environment: firing rate maps, and what they say."""

from neurospatial.fields.detection import DetectedField, detect_fields
from neurospatial.fields.information import sparsity, spatial_information
from neurospatial.fields.place import compute_place_field, compute_place_fields
from neurospatial.fields.windows import sliding_windows

__all__ = [
    "DetectedField",
    "compute_place_field",
    "compute_place_fields",
    "detect_fields",
    "sliding_windows",
    "sparsity",
    "spatial_information",
]
