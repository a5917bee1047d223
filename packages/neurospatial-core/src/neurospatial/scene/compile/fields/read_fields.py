"""Opening the user's fields: one source of values for each panel, and the clock they carry."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from neurospatial.errors import explain
from neurospatial.scene.compile.fields.validate_fields import check_fields
from neurospatial.scene.compile.fields.xarray_input import (
    get_axis_names,
    move_frames_first,
    select_bins,
)
from neurospatial.scene.source import FieldsLike, FramesLike, Source, as_source, is_field_series
from neurospatial.validate import to_text

if TYPE_CHECKING:
    from neurospatial.environment.base import BaseEnvironment


def name_panels(fields: FieldsLike) -> dict[str, FramesLike]:
    """Name the fields of each panel: a mapping does, and several sequences are numbered.

    A `FieldSeries` of several units has a panel for each, of its name; an array of shape
    (n_units, n_frames, n_bins) one for each unit, and a list of lists of fields one for each.

    Examples
    --------
    >>> list(name_panels([np.zeros((5, 6)), np.zeros((5, 6))]))
    ['1', '2']
    >>> list(name_panels(np.zeros((3, 5, 6))))
    ['1', '2', '3']
    """
    if is_field_series(fields):
        return _name_units(fields)
    if isinstance(fields, Mapping):
        return _pair_panels(list(fields), list(fields.values()))
    if isinstance(fields, (list, tuple)) and fields and all(map(_has_frames, fields)):
        return {str(number): one for number, one in enumerate(fields, 1)}
    if isinstance(fields, np.ndarray) and fields.ndim == 3 and len(fields):
        return {str(number): one for number, one in enumerate(fields, 1)}
    return {"": cast(FramesLike, fields)}


def open_fields(fields: FramesLike, env: "BaseEnvironment") -> Source:
    """Open the fields of one panel; a single one of shape (n_bins,) is one frame.

    Raises
    ------
    TypeError, ValueError
        If they are no fields of this environment.
    """
    layout, axes = env.layout, get_axis_names(env)
    if isinstance(fields, np.ndarray) and fields.shape == (layout.n_bins,):
        fields = fields[np.newaxis]
    ordered = move_frames_first(fields, axes)
    source = select_bins(as_source(ordered), ordered, layout, axes)
    check_fields(source, layout.n_bins)
    return source


def _name_units(series: Any) -> dict[str, FramesLike]:
    names = tuple(series.names)
    if series.ndim == 3:
        return _pair_panels(names, [series[number] for number in range(len(names))])
    return {to_text(names[0], "the name of a panel") if len(names) == 1 else "": series}


def _pair_panels(names: Sequence[Any], fields: Sequence[FramesLike]) -> dict[str, FramesLike]:
    """Pair names, of whatever makes a key of a mapping, with fields."""
    texts = [x.decode(errors="replace") if isinstance(x, bytes) else str(x) for x in names]
    refuse_same_names(texts)
    return dict(zip(texts, fields, strict=True))


def refuse_same_names(names: Sequence[str]) -> None:
    """Raise if two panels have one name; several may have none."""
    twice = [text for text, n in Counter(names).items() if n > 1 and text]
    if twice:
        raise ValueError(
            explain(
                f"Two panels are called {twice[0]!r}.",
                "A panel's name stands over its picture and tells it from the others.",
                ["Give each panel a name of its own.", "Pass a list: panels are then numbered."],
            )
        )


def _has_frames(field: object) -> bool:
    """Tell whether it has an axis of frames and one of bins."""
    if isinstance(field, (list, tuple)):
        return bool(field) and len(getattr(field[0], "shape", ())) == 1
    return len(getattr(field, "shape", ())) > 1
