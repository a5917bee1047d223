"""What is checked of an overlay's layers."""

from dataclasses import fields as dataclass_fields

import numpy as np

from neurospatial.errors import explain
from neurospatial.scene.layers import (
    LAYERS,
    Curve,
    Field,
    Image,
    Layer,
    Points,
    Segments,
    Text,
    Trace,
)

_FRAMED = ("xy", "start", "stop", "anchor", "frame_index", "opacity")
"""What has one entry per frame, or one for all."""


def check_layer(layer: Layer, n_frames: int, made_by: str) -> Layer:
    """Return a layer that a backend can rely on, or raise.

    Raises
    ------
    TypeError
        If it is not one of the scene's layers.
    ValueError
        If its frame axis is neither `n_frames` nor one long.
    """
    if type(layer) not in LAYERS:
        layer_names = ", ".join(sorted(kind.__name__ for kind in LAYERS))
        raise TypeError(
            explain(
                f"{made_by} returned a {type(layer).__name__} from layers().",
                "Backends draw a closed set of layers, so that every backend draws every overlay.",
                [f"Return layers of these types: {layer_names}."],
            )
        )
    _check_places(layer, made_by)
    _check_contents(layer, made_by)
    lengths = {
        field.name: len(getattr(layer, field.name))
        for field in dataclass_fields(layer)
        if field.name in _FRAMED
        and getattr(layer, field.name) is not None
        # An image has one opacity, points may have one a mark and frame.
        and np.ndim(getattr(layer, field.name)) > 0
    }
    if isinstance(layer, Text):
        lengths["strings"] = len(layer.strings)
    needed = set()
    if isinstance(layer, (Field, Curve)):
        lengths["values"] = layer.shown.shape[0]
        needed = {"values", "frame_index"}
    for name, length in lengths.items():
        if length != n_frames and (length != 1 or name in needed):
            raise ValueError(
                explain(
                    f"{made_by}: {name} of layer {layer.name!r} has {length} frames, "
                    f"and the scene has {n_frames}.",
                    "An overlay gives one entry per frame, or one for all of them.",
                    ["Align it with context.times in layers(context)."],
                )
            )
    return layer


def _check_places(layer: Layer, made_by: str) -> None:
    """Raise unless every place is a pair of coordinates, with as many stops as starts."""
    names = {Points: ("xy",), Segments: ("start", "stop"), Text: ("anchor",)}.get(type(layer), ())
    axes = 2 if isinstance(layer, Text) else 3
    shapes = [np.shape(getattr(layer, name)) for name in names]
    good = all(len(shape) == axes and shape[-1] == 2 for shape in shapes)
    if good and len({shape[1:] for shape in shapes}) < 2:
        return
    found = ", ".join(map("{} of shape {}".format, names, shapes))
    wanted = "(n_frames or 1, 2)" if axes == 2 else "(n_frames or 1, n, 2)"
    raise ValueError(
        explain(
            f"{made_by}: layer {layer.name!r} has {found}.",
            f"Places are world coordinates, shape {wanted}.",
            ["Add the missing axis: xy[:, None]", "Give a segment one stop for each start."],
        )
    )


def _check_contents(layer: Layer, made_by: str) -> None:
    """Raise unless opacity marks, pictures and signals are what the layers say."""
    found = None
    if isinstance(layer, Points) and layer.opacity is not None:
        wanted = f"opacity has shape (n_frames or 1, {layer.xy.shape[1]}) and lies in [0, 1]"
        if layer.opacity.ndim != 2 or layer.opacity.shape[1] != layer.xy.shape[1]:
            found = f"opacity of shape {layer.opacity.shape}"
        elif not np.all((layer.opacity >= 0) & (layer.opacity <= 1)):
            found = f"opacity from {layer.opacity.min():g} to {layer.opacity.max():g}"
    elif isinstance(layer, Image):
        wanted = "pictures are uint8, shape (n_pictures, height, width, 3 or 4), shown by number"
        n_pictures, *_, channels = shape = layer.frames.shape
        if len(shape) != 4 or channels not in (3, 4) or layer.frames.dtype != np.uint8:
            found = f"frames of shape {shape} and dtype {layer.frames.dtype}"
        elif not np.all((layer.frame_index >= -1) & (layer.frame_index < n_pictures)):
            low, high = layer.frame_index.min(), layer.frame_index.max()
            found = f"frame_index from {low} to {high} of {n_pictures} pictures"
    elif isinstance(layer, (Field, Curve)) and layer.frame_index is not None:
        wanted = "frame_index has a row of the values for each frame, or -1"
        index, n_rows = layer.frame_index, layer.values.shape[0]
        if index.dtype.kind not in "iu" or not np.all((index >= -1) & (index < n_rows)):
            found = f"frame_index from {index.min()} to {index.max()} of {n_rows} rows"
    elif isinstance(layer, Trace):
        wanted = "times increase, one value each, and window and limits span something"
        low, high = layer.limits
        increasing = layer.times.ndim == 1 and bool(np.all(np.diff(layer.times) > 0))
        if not increasing or layer.times.shape != layer.values.shape:
            found = f"times of shape {layer.times.shape}, values of shape {layer.values.shape}"
        elif not (layer.window > 0 and low < high):
            found = f"a window of {layer.window:g} s and limits {layer.limits}"
    if found is not None:
        raise ValueError(
            explain(
                f"{made_by}: layer {layer.name!r} has {found}.",
                f"In a scene, {wanted}.",
                [f"Return it so from {made_by}.layers(context)."],
            )
        )
