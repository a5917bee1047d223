"""Lines through places in turn: the trails of marks, and whole paths."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.napari.layers.base import DrawContext, LayerView
from neurospatial.napari.layers.carry import carry_layer, clip_layer
from neurospatial.napari.layers.vectors import Floats, clip_lines
from neurospatial.napari.patches.suspend_refresh import suspend_refresh
from neurospatial.scene import Segments

if TYPE_CHECKING:
    from napari.layers import Tracks

_FOREVER = 10**9
"""Frames a path stays that is there from the first to the last."""


class PathView(LayerView):
    """A path that is there in every frame, in a Tracks layer.

    Parameters
    ----------
    layer : Segments
        See `is_path`.
    context : DrawContext
    """

    def __init__(self, layer: Segments, context: DrawContext) -> None:
        self._place = context.place
        self.is_static: bool = not context.place.moves
        super().__init__(
            create_tracks_layer(
                context,
                layer.name,
                to_tracks(layer.start[0][:, None], layer.stop[0][:, None], context, 0, 0, True),
                np.reshape(layer.color, (1, 4)),
                _FOREVER,
                layer.width,
                layer.visible,
            )
        )
        if context.place.moves:
            clip_layer(self.layers[0], context.placement.box)

    def show(self, frame: int) -> None:
        """Follow the view, where it moves."""
        if self._place.moves:
            carry_layer(self.layers[0], self._place)


def is_path(layer: Segments) -> bool:
    """Whether lines of one colour each begin where the last one ended, in all frames alike."""
    return (
        not layer.arrowhead
        and len(layer.start) == len(layer.stop) == 1
        and layer.start.shape == layer.stop.shape
        and layer.start.shape[1] > 1
        and np.ndim(layer.color) == 1
        and np.array_equal(layer.start[0, 1:], layer.stop[0, :-1], equal_nan=True)
    )


def create_tracks_layer(
    context: DrawContext,
    name: str,
    tracks: Floats,
    colors: Floats,
    n_frames: int,
    width: float,
    visible: bool,
) -> "Tracks":
    """Make a layer of what `to_tracks` gives.

    Parameters
    ----------
    context : DrawContext
    name : str
    tracks : ndarray, shape (n, 4)
    colors : ndarray, shape (n_marks, 4)
        RGBA in [0, 1].
    n_frames : int
        After how many a line has faded.
    width : float
        In points.
    visible : bool
    """
    from napari.layers import Tracks

    return Tracks(
        tracks,
        name=f"{context.prefix}{name}",
        tail_length=n_frames,
        tail_width=width * context.options.px_per_point,
        colormaps_dict={"track_id": _TrackColormap(colors)},
        opacity=1.0,
        blending="translucent_no_depth",
        visible=visible,
    )


def set_tracks(layer: "Tracks", tracks: Floats) -> None:
    """Set the lines of a layer; it is napari that brings it to their frame.

    Nobody is notified of features and branches, of which there are none before and after.
    """
    with (
        suspend_refresh(layer),
        layer.events.properties.blocker(),
        layer.events.rebuild_graph.blocker(),
    ):
        layer.data = tracks


@dataclass(frozen=True)
class _TrackColormap:
    """What napari asks of a colormap of tracks; set anew, colours would be sent twice a step."""

    colors: Floats

    def map(self, tracks: NDArray[np.integer]) -> Floats:
        colors: Floats = self.colors[tracks % len(self.colors)]
        return colors


def to_tracks(
    start: NDArray[np.floating],
    stop: NDArray[np.floating],
    context: DrawContext,
    starts: ArrayLike,
    stops: ArrayLike,
    for_all: bool = False,
) -> Floats:
    """Convert lines of some marks to what napari takes; where one ends and none begins is a gap.

    Parameters
    ----------
    start, stop : ndarray, shape (n_lines, n_marks, 2)
        Places (x, y) of the panel; lines without one are left out, others cut at its edges.
    context : DrawContext
    starts, stops : array-like, shape (n_lines,) or ()
        The frames of both ends.
    for_all : bool
        Whether the panel keeps them from frame to frame, and cuts them off itself.

    Returns
    -------
    ndarray, shape (n, 4)
        Number of the track, frame, row and column. The remainder of the number by
        ``n_marks`` is that of the mark. Never empty, which napari would not take.
    """
    place = context.placement
    first, last = (place.to_napari(xy).reshape(-1, 2) for xy in (start, stop))
    box = context.place.reach if for_all else place.box
    begin, end = (cut.reshape(start.shape) for cut in clip_lines(first, last, box))
    n_marks = start.shape[1]
    has_length = (begin != end).any(axis=-1)
    goes_on = np.zeros_like(has_length)
    goes_on[1:] = has_length[1:] & has_length[:-1] & np.isclose(end[:-1], begin[1:]).all(axis=-1)
    track = (np.cumsum(~goes_on, axis=0) - 1) * n_marks + np.arange(n_marks)
    kept = has_length & ~goes_on, has_length
    tracks = [
        np.column_stack(
            [track[these], _repeat_frames(frames, has_length.shape)[these], places[these]]
        )
        for these, frames, places in zip(kept, (starts, stops), (begin, end), strict=True)
    ]
    nowhere = [[0.0, np.max(stops, initial=0), *place.corner]] * 2
    return np.concatenate(tracks if has_length.any() else [nowhere])


def _repeat_frames(frames: ArrayLike, shape: tuple[int, int]) -> NDArray[np.intp]:
    return np.broadcast_to(np.reshape(frames, (-1, 1)), shape)
