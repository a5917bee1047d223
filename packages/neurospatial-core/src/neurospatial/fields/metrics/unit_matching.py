"""Two sets of maps whose units go together, by name or in their order."""

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.fields.field_series import FieldSeries
from neurospatial.validate import to_real_array

Floats = NDArray[np.float64]
Maps: TypeAlias = ArrayLike | Mapping[Any, ArrayLike] | FieldSeries[Any]
"""Rates (n_units, n_bins) or (n_units, n_frames, n_bins), or those of each unit by name."""

_LISTED = 5
"""Units that are named in an error: enough to see how they are called."""


def match_units(a: Maps, b: Maps) -> tuple[Floats, Floats]:
    """Read two sets of maps as arrays, the units of the second in the order of the first.

    Raises
    ------
    TypeError
        If they are no real numbers.
    ValueError
        If both have names and these are not the same, both have an environment and
        these have other bins, or a value is infinite.

    Examples
    --------
    >>> match_units({"a": [1.0, 2.0], "b": [3.0, 4.0]}, {"b": [5.0, 6.0], "a": [7.0, 8.0]})[1]
    array([[7., 8.],
           [5., 6.]])
    """
    _check_spaces(a, b)
    one, two = _to_maps(a, "a"), _to_maps(b, "b")
    names, others = _get_names(a), _get_names(b)
    if not names or not others or names == others:
        return one, two
    if sorted(names) != sorted(others) or len(set(names)) < len(names):
        raise ValueError(_explain_units(names, others))
    return one, two[[others.index(name) for name in names]]


def _get_names(maps: Maps) -> list[str]:
    if isinstance(maps, Mapping):
        return [key if isinstance(key, str) else f"unit {key}" for key in maps]
    return list(maps.names) if isinstance(maps, FieldSeries) and maps.ndim == 3 else []


def _to_maps(maps: Maps, name: str) -> Floats:
    if isinstance(maps, FieldSeries):
        values = np.asarray(maps, dtype=np.float64)
        # Of one unit: its frames must not be taken for units.
        array = values if maps.ndim == 3 else values[np.newaxis]
    else:
        given: Any = list(maps.values()) if isinstance(maps, Mapping) else maps
        array = to_real_array(given, name)
    if np.isinf(array).any():
        way = f"Set them to NaN: {name}[np.isinf({name})] = np.nan."
        raise ValueError(explain(f"{name} holds infinite values.", "Rates are finite.", [way]))
    return array


def _check_spaces(a: Maps, b: Maps) -> None:
    if not (isinstance(a, FieldSeries) and isinstance(b, FieldSeries)):
        return
    if a.env is not b.env and a.env.layout != b.env.layout:
        raise ValueError(
            explain(
                f"a is on {a.env!r}, b on {b.env!r}.",
                "Maps are compared bin by bin, and these have other bins.",
                ["Compute both on one environment, made of the positions of both sessions."],
            )
        )


def _explain_units(names: list[str], others: list[str]) -> str:
    alone = sorted(set(names) ^ set(others)) or sorted(names)
    more = ", …" if len(alone) > _LISTED else ""
    return explain(
        f"The units of a and b are not the same: {', '.join(alone[:_LISTED])}{more}.",
        "A unit is compared with itself, found by its name.",
        [
            "Pass those that are in both: {name: a[name] for name in a.names if name in b.names}.",
            "Pass arrays whose rows go together: a.values and b.values.",
        ],
    )
