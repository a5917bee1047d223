"""Output files that are whole or not there at all."""

from neurospatial.output.check import check_writable
from neurospatial.output.draft import hold_draft_folder
from neurospatial.output.failures import explain_failure
from neurospatial.output.replace import replace_when_whole
from neurospatial.output.space import reserve_space
from neurospatial.output.target_lock import lock_target

__all__ = [
    "check_writable",
    "explain_failure",
    "hold_draft_folder",
    "lock_target",
    "replace_when_whole",
    "reserve_space",
]
