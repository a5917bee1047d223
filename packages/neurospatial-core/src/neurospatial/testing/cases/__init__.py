"""The cases that a backend has to pass, a module for each kind of layer.

Importing this package enters every case in `CASES`.
"""

from neurospatial.testing.cases import (  # noqa: F401 - importing them enters their cases
    curve,
    field,
    image,
    points,
    polygons,
    segments,
    text,
    trace,
    view_path,
    y_down,
)
from neurospatial.testing.cases.registry import CASES, Case, find_untried, register_case

__all__ = ["CASES", "Case", "find_untried", "register_case"]
