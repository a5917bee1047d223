"""What is drawn over a posterior: the estimate, its error and how far it may be off."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.layouts import Layout, is_linear
from neurospatial.scene import RGBA, Layer, OverlayContext, Points, Segments, rgba
from neurospatial.scene.timeline import find_nearest_index
from neurospatial.validate.event_clock import format_time

_COLORS = {1: "black", 2: "white"}
"""By the dimensions drawn: on the light ground of a line, and on the dark end of a colour map."""

_PIECES = 32
"""Straight lines of a ring: in a picture no corner is seen."""

_HEIGHT = 0.04
"""Share of the value axis: where the credible stretch of a line lies, free of its frame."""


@dataclass(frozen=True, eq=False)
class Estimate:
    """Places in time bins, and which of them each frame of a scene shows.

    Parameters
    ----------
    places : ndarray, shape (n_bins_of_time, n_dims)
        In environment units; NaN where there is none.
    windows : ndarray, shape (n_bins_of_time, 2)
        Begin and end of each time bin [s].
    """

    places: NDArray[np.float64]
    windows: NDArray[np.float64]

    def find_rows(self, context: OverlayContext) -> NDArray[np.intp]:
        """Find the time bin that each frame shows, -1 for none, shape (n_frames,).

        Raises
        ------
        ValueError
            If no frame lies within the time that was decoded.
        """
        begin, end = self.windows[0, 0], self.windows[-1, 1]
        rows = find_nearest_index(self.windows.mean(axis=1), context.times)
        rows[(context.times < begin) | (context.times > end)] = -1
        if (rows >= 0).any():
            return rows
        frames = f"{format_time(context.times[0])} to {format_time(context.times[-1])}"
        raise ValueError(
            explain(
                f"No frame lies within the time that was decoded: frames run from {frames}, "
                f"time bins from {format_time(begin)} to {format_time(end)}.",
                "An estimate is drawn in the frames of its time bin.",
                ["Show the decoded series itself: it carries its clock.",
                 "Pass frame_times= [s] on the clock of the spikes."],
            )
        )  # fmt: skip

    def to_world(self, context: OverlayContext) -> NDArray[np.float64]:
        """Convert the place of each frame to world coordinates, shape (n_frames, 2)."""
        rows = self.find_rows(context)
        shown = np.where(rows[:, np.newaxis] < 0, np.nan, self.places[rows])
        return context.to_world(context.to_drawable_coordinates(shown, "Decoded positions"))


@dataclass(frozen=True, eq=False)
class EstimateOverlay:
    """A round mark on the decoded position.

    Parameters
    ----------
    estimate : Estimate
    """

    estimate: Estimate

    def layers(self, context: OverlayContext) -> tuple[Layer, ...]:
        """Lower to points."""
        xy = self.estimate.to_world(context)[:, np.newaxis].astype(context.dtype)
        return (Points(name="Decoded", xy=xy, color=_choose_color(context), size=7.0, z=2.8),)


@dataclass(frozen=True, eq=False)
class ErrorOverlay:
    """A straight line from where the animal was to the decoded position.

    Parameters
    ----------
    estimate, truth : Estimate
    """

    estimate: Estimate
    truth: Estimate

    def layers(self, context: OverlayContext) -> tuple[Layer, ...]:
        """Lower to segments."""
        start, stop = (
            one.to_world(context)[:, np.newaxis].astype(context.dtype)
            for one in (self.truth, self.estimate)
        )
        look = _choose_color(context, 0.9)
        return (Segments(name="Decoding error", start=start, stop=stop, color=look, z=2.6),)


@dataclass(frozen=True, eq=False)
class CredibleOverlay:
    """A ring that holds the animal with a probability of 95 %; on a line, a stretch.

    Parameters
    ----------
    estimate : Estimate
    radius : ndarray, shape (n_bins_of_time,)
        In environment units.
    """

    estimate: Estimate
    radius: NDArray[np.float64]

    def layers(self, context: OverlayContext) -> tuple[Layer, ...]:
        """Lower to segments."""
        middle = self.estimate.to_world(context)
        radius = self.radius[self.estimate.find_rows(context)]
        draw = _make_stretch if context.n_dims == 1 else _make_ring
        outline = draw(middle, radius, context).astype(context.dtype)
        start, stop = outline[:, :-1], outline[:, 1:]
        look = _choose_color(context, 0.7)
        return (Segments(name="Credible", start=start, stop=stop, color=look, width=1.5, z=2.4),)


def _choose_color(context: OverlayContext, opacity: float = 1.0) -> RGBA:
    return rgba(_COLORS[context.n_dims], opacity)


def _make_ring(
    middle: NDArray[np.float64], radius: NDArray[np.float64], context: OverlayContext
) -> NDArray[np.float64]:
    """Make a circle for each frame, (n_frames, n_corners, 2); none where it is without end."""
    turn = np.linspace(0, 2 * np.pi, _PIECES + 1)
    circle = np.column_stack([np.cos(turn), np.sin(turn)])
    wide = np.where(np.isfinite(radius), radius, np.nan)
    return np.asarray(middle[:, np.newaxis] + wide[:, np.newaxis, np.newaxis] * circle)


def _make_stretch(
    middle: NDArray[np.float64], radius: NDArray[np.float64], context: OverlayContext
) -> NDArray[np.float64]:
    """Make the two ends of a stretch for each frame, (n_frames, 2, 2), within its edge."""
    low, high = _find_edge_ends(context.layout, middle[:, 0])
    ends = np.repeat(middle[:, np.newaxis], 2, axis=1)
    ends[:, 0, 0] = np.maximum(middle[:, 0] - radius, low)
    ends[:, 1, 0] = np.minimum(middle[:, 0] + radius, high)
    ends[..., 1] += _HEIGHT * (context.bounds[3] - context.bounds[1])
    return ends


def _find_edge_ends(
    layout: Layout, distance: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Find where the edge of a track begins and ends that each distance lies on."""
    [(first, last)] = layout.bounds
    if not is_linear(layout):
        return np.full(distance.shape, first), np.full(distance.shape, last)
    edges, spans = layout.locate_edge(np.nan_to_num(distance)), layout.segment_spans
    of = layout.locate_edge(spans.mean(axis=1))
    begins, ends = np.full(of.max() + 1, last), np.full(of.max() + 1, first)
    np.minimum.at(begins, of, spans.min(axis=1))
    np.maximum.at(ends, of, spans.max(axis=1))
    return begins[edges], ends[edges]
