"""A stretch of a scene's frames, as a scene of its own."""

from dataclasses import fields as dataclass_fields
from dataclasses import replace
from typing import Any

import numpy as np

from neurospatial.errors import explain
from neurospatial.scene.layers import Curve, Field, Layer
from neurospatial.scene.scene import Scene, View
from neurospatial.scene.source import drop_unused_rows
from neurospatial.scene.timeline import Timeline
from neurospatial.scene.view_path import ViewPath

_FRAMED = frozenset({"xy", "start", "stop", "anchor", "frame_index", "opacity", "strings"})
"""What has one entry per frame, or one for all."""


def slice_frames(scene: Scene, start: int, stop: int) -> Scene:
    """Keep the frames in ``[start, stop)``, with the clock and the labels they had.

    Nothing is read or copied. A trail begins with the first frame kept.

    Parameters
    ----------
    scene : Scene
    start, stop : int
        ``0 <= start < stop <= n_frames``.

    Returns
    -------
    Scene

    Raises
    ------
    ValueError
        If there are no such frames.

    Examples
    --------
    >>> from neurospatial import Environment
    >>> from neurospatial.scene import compile_scene
    >>> edges = [np.arange(4.0), np.arange(3.0)]
    >>> env = Environment.from_mask(np.ones((3, 2), bool), edges)
    >>> part = slice_frames(compile_scene(env, np.eye(6)), 2, 5)
    >>> part.timeline.n_frames, part.timeline.label(0)
    (3, 'Frame 3 / 6')
    """
    n_frames = scene.timeline.n_frames
    if not 0 <= start < stop <= n_frames:
        raise ValueError(
            explain(
                f"start is {start} and stop is {stop}, and there are {n_frames} frames.",
                "At least one frame is kept, of those that there are.",
                [f"Pass 0 <= start < stop <= {n_frames}."],
            )
        )
    if stop - start == n_frames:
        return scene
    panels = tuple(
        replace(
            panel,
            view=_slice_view(panel.view, start, stop),
            layers=tuple(_slice_layer(x, n_frames, start, stop) for x in panel.layers),
        )
        for panel in scene.panels
    )
    return replace(scene, panels=panels, timeline=_slice_timeline(scene.timeline, start, stop))


def _slice_view(view: View, start: int, stop: int) -> View:
    if view.path is None:
        return view
    path = ViewPath(view.path.centers[start:stop], view.path.zoom[start:stop])
    return replace(view, path=path)


def _slice_layer(layer: Layer, n_frames: int, start: int, stop: int) -> Layer:
    if isinstance(layer, (Field, Curve)):
        index = layer.frame_index
        shown = np.arange(start, stop) if index is None else index[start:stop]
        values, index = drop_unused_rows(layer.values, shown)
        return replace(layer, values=values, frame_index=index)
    framed = {
        field.name: getattr(layer, field.name)
        for field in dataclass_fields(layer)
        if field.name in _FRAMED
    }
    changed: dict[str, Any] = {
        name: values[start:stop]
        for name, values in framed.items()
        if isinstance(values, (np.ndarray, tuple)) and len(values) == n_frames
    }
    return replace(layer, **changed) if changed else layer


def _slice_timeline(timeline: Timeline, start: int, stop: int) -> Timeline:
    # The words are kept: how many decimals a time has follows from all the frames.
    labels = tuple(timeline.label(frame) for frame in range(start, stop))
    times = timeline.clock[start:stop]
    return replace(timeline, n_frames=stop - start, times=times, labels=labels)
