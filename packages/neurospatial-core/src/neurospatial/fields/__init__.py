"""Values on an environment: firing rate maps."""

from neurospatial.fields.place import compute_place_field, compute_place_fields
from neurospatial.fields.windows import sliding_windows

__all__ = ["compute_place_field", "compute_place_fields", "sliding_windows"]
