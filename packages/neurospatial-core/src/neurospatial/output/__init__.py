"""Output files that are whole or not there at all."""

from neurospatial.output.check import check_writable
from neurospatial.output.replace import replace_when_whole

__all__ = ["check_writable", "replace_when_whole"]
