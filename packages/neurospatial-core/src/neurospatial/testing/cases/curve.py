"""What can go wrong with a line of value over distance."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.layouts import Layout
from neurospatial.scene import Curve
from neurospatial.testing.cases.registry import case
from neurospatial.testing.fixture import Shown, Stage
from neurospatial.testing.scenes import scene_of

_INK = 60.0
"""How far from the background a pixel is that a line goes through, summed over RGB."""


@case(Curve)
def a_line_goes_through_its_values(stage: Stage, layout: Layout) -> None:
    """Over the centre of each bin the line is as high as the value, in every frame."""
    fields = _waves(layout, 5)
    shown = stage.show(scene_of(layout, fields))
    for i, field in enumerate(fields):
        off = [abs(_height(shown, i, bin_) - field[bin_]) for bin_ in _inner(layout)]
        limit = 1.5 * _value_of_px(shown)
        assert max(off) < limit, f"frame {i}: the line is off by {max(off):.3f}, of 1"


@case(Curve)
def a_line_breaks_where_there_is_no_value(stage: Stage, layout: Layout) -> None:
    """Nothing is drawn over bins that are NaN, and nothing at all in a frame of NaN."""
    fields = _waves(layout, 3)
    lost = _inner(layout)[3:6]
    fields[1, lost] = np.nan
    fields[2] = np.nan
    shown = stage.show(scene_of(layout, fields))
    for bin_ in lost:
        assert _column(shown, 0, layout.bin_centers[bin_, 0]).any(), "the whole line is not drawn"
        drawn = _column(shown, 1, layout.bin_centers[bin_, 0])
        assert not drawn.any(), f"a line is drawn over bin {bin_}, which is NaN"
    assert not _ink(shown, 2).any(), "a line is drawn in a frame of NaN"


@case(Curve)
def a_line_breaks_between_its_pieces(stage: Stage, layout: Layout) -> None:
    """Bins that do not touch are not joined."""
    shown = stage.show(scene_of(layout, _waves(layout, 1)))
    (curve,) = (x for x in shown.scene.panels[0].layers if isinstance(x, Curve))
    ends = [(curve.x[a[-1]], curve.x[b[0]]) for a, b in zip(curve.runs, curve.runs[1:])]  # noqa: B905
    for before, after in ends:
        drawn = _column(shown, 0, (before + after) / 2)
        assert not drawn.any(), f"a line joins {before:g} and {after:g}"


@case(Curve)
def a_line_of_one_frame(stage: Stage, layout: Layout) -> None:
    """One frame, and a constant value."""
    shown = stage.show(scene_of(layout, np.full((1, layout.n_bins), 0.25)))
    heights = [_height(shown, 0, bin_) for bin_ in _inner(layout)]
    assert np.abs(np.array(heights) - 0.25).max() < 1.5 * _value_of_px(shown)


def _waves(layout: Layout, n_frames: int) -> NDArray[np.float64]:
    x = layout.bin_centers[:, 0]
    turn = 2 * np.pi * (x - x.min()) / np.ptp(x)
    return np.stack([0.5 + 0.3 * np.sin(turn + i) for i in range(n_frames)])


def _inner(layout: Layout) -> list[int]:
    """Bins with a neighbour on each side: the line runs straight through them."""
    n_neighbours = np.diff(layout.adjacency.tocsr().indptr)
    return [int(bin_) for bin_ in np.flatnonzero(n_neighbours >= 2)]


def _ink(shown: Shown, i: int) -> NDArray[np.float64]:
    ground = np.array(shown.background, dtype=np.float64)
    off = np.abs(shown.picture(i) - ground).sum(axis=-1)
    return np.where(off > _INK, off, 0)


def _column(shown: Shown, i: int, x: float) -> NDArray[np.float64]:
    column = int(shown.px(np.array([x, 0.0]))[0])
    return _ink(shown, i)[:, column]


def _height(shown: Shown, i: int, bin_: int) -> float:
    """Value at the middle of the line over a bin's centre."""
    (curve,) = (x for x in shown.scene.panels[0].layers if isinstance(x, Curve))
    ink = _column(shown, i, float(curve.x[bin_]))
    assert ink.any(), f"frame {i}: no line over bin {bin_}"
    row = float((np.arange(len(ink)) + 0.5) @ ink / ink.sum())
    _, low, _, high = shown.scene.panels[0].view.bounds
    return high - row * (high - low) / len(ink)


def _value_of_px(shown: Shown) -> float:
    _, low, _, high = shown.scene.panels[0].view.bounds
    return float((high - low) / shown.picture(0).shape[0])
