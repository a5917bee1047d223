"""What the user hands over, checked once and answered the same at every door.

Each function returns what it was given in the form that the rest of the code relies on, or
raises with what was found, why it matters and how to mend it.
"""

from neurospatial.validate.colors import rgba, validate_opacity
from neurospatial.validate.containers import is_pynapple, refuse_unknown_length, to_array
from neurospatial.validate.coordinates import (
    validate_one_or_more,
    validate_points,
    validate_positions,
)
from neurospatial.validate.counts import validate_count, validate_flag
from neurospatial.validate.event_clock import check_event_clock
from neurospatial.validate.event_values import guess_event_values
from neurospatial.validate.lengths import validate_length
from neurospatial.validate.limits import validate_limit
from neurospatial.validate.names import validate_choice, validate_known
from neurospatial.validate.numbers import (
    refuse_infinite,
    to_number,
    to_real_array,
    validate_positive,
)
from neurospatial.validate.sampling import (
    MaxGap,
    choose_max_gap,
    compute_usual_interval,
    find_long_steps,
)
from neurospatial.validate.seconds import format_date, is_date, read_seconds, to_seconds
from neurospatial.validate.slow_clock import check_slow_clock
from neurospatial.validate.text import clean_text, to_text, to_texts
from neurospatial.validate.times import validate_event_times, validate_times
from neurospatial.validate.user_warning import warn_user
from neurospatial.validate.whole_numbers import to_indices, to_mask

__all__ = [
    "MaxGap",
    "check_event_clock",
    "check_slow_clock",
    "choose_max_gap",
    "clean_text",
    "compute_usual_interval",
    "find_long_steps",
    "format_date",
    "guess_event_values",
    "is_date",
    "is_pynapple",
    "read_seconds",
    "refuse_infinite",
    "refuse_unknown_length",
    "rgba",
    "to_array",
    "to_indices",
    "to_mask",
    "to_number",
    "to_real_array",
    "to_seconds",
    "to_text",
    "to_texts",
    "validate_choice",
    "validate_count",
    "validate_event_times",
    "validate_flag",
    "validate_known",
    "validate_length",
    "validate_limit",
    "validate_one_or_more",
    "validate_opacity",
    "validate_points",
    "validate_positions",
    "validate_positive",
    "validate_times",
    "warn_user",
]
