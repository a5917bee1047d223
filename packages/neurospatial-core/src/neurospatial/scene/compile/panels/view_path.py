"""From an overlay to follow, and keyframes of a zoom, to what is shown in each frame."""

from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.scene.compile.overlays.context import Overlay, OverlayContext
from neurospatial.scene.compile.panels.keyframes import Keyframes, ease_zoom
from neurospatial.scene.layers import Points, Segments
from neurospatial.scene.view_path import ViewPath

_USUAL_ZOOM = 3.0
"""Of a view that follows something: a third of the environment, its next turns in sight."""


def make_view_path(
    follow: Overlay | None, zoom: Keyframes | None, context: OverlayContext
) -> ViewPath | None:
    """Say what of its world a panel shows in each frame.

    Parameters
    ----------
    follow : Overlay or None
        What stays in the middle; None for the middle of the environment.
    zoom : mapping of float to float, or None
        How large everything is shown, by time [s]; None for a third of the environment where
        something is followed, else for all of it.
    context : OverlayContext
        The panel.

    Returns
    -------
    ViewPath, or None
        None where everything is shown all the time.

    Raises
    ------
    ValueError
        If the panel is a line, or what is followed is nowhere.
    """
    if zoom is None:
        zoom = {0.0: 1.0 if follow is None else _USUAL_ZOOM}
    if follow is None and set(zoom.values()) == {1.0}:
        return None
    if context.n_dims == 1:
        raise ValueError(
            explain(
                f"{'zoom' if follow is None else 'follow'} is given for a line over distance.",
                "A view moves over a plane; a line is short enough to be shown whole.",
                ["Pass track='ribbon' to draw the track in the plane.", "Leave it out."],
            )
        )
    if follow is None:
        x_min, y_min, x_max, y_max = context.bounds
        centers = np.tile([(x_min + x_max) / 2, (y_min + y_max) / 2], (context.n_frames, 1))
    else:
        centers = _bridge_gaps(_locate_marks(follow, context), context.times)
    return ViewPath(centers, ease_zoom(zoom, context.times))


def _locate_marks(overlay: Overlay, context: OverlayContext) -> NDArray[np.float64]:
    """Find the middle of what an overlay marks in each frame, NaN where that is nothing."""
    layers = overlay.layers(context)
    places = [_find_visible(layer) for layer in layers if isinstance(layer, Points)]
    if not places:
        places = [layer.start for layer in layers if isinstance(layer, Segments)]
    if not places:
        _refuse(overlay, "draws neither points nor arrows")
    total = np.zeros((context.n_frames, 2))
    count = np.zeros((context.n_frames, 1))
    for xy in places:
        there = np.isfinite(xy).all(axis=2, keepdims=True)
        total += np.where(there, xy, 0.0).sum(axis=1)
        count += there.sum(axis=1)
    if not count.any():
        _refuse(overlay, "is nowhere in any frame")
    return np.divide(total, count, out=np.full_like(total, np.nan), where=count > 0)


def _find_visible(marks: Points) -> NDArray[np.floating]:
    """Return the places of marks, NaN where they have faded."""
    if marks.opacity is None:
        return marks.xy
    return np.where(marks.opacity[..., np.newaxis] > 0, marks.xy, np.nan)


def _bridge_gaps(places: NDArray[np.float64], times: NDArray[np.float64]) -> NDArray[np.float64]:
    """Go straight from the last place that is known to the next; at the ends, stay."""
    known = np.isfinite(places).all(axis=1)
    return np.stack(
        [np.interp(times, times[known], places[known, axis]) for axis in (0, 1)], axis=1
    )


def _refuse(overlay: Overlay, what: str) -> NoReturn:
    raise ValueError(
        explain(
            f"follow is a {type(overlay).__name__} that {what}.",
            "A view follows the middle of what an overlay marks.",
            ["Follow where an animal is, such as a PositionOverlay or a BodypartOverlay."],
        )
    )
