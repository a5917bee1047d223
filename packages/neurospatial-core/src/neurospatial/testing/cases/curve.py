"""What can go wrong with a line of value over distance."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.layouts import Layout
from neurospatial.scene import Curve
from neurospatial.testing.cases.field import ROWS
from neurospatial.testing.cases.registry import register_case
from neurospatial.testing.fixture import Fixture, Presented
from neurospatial.testing.scenes import scene_of, with_frame_index

_INK = 60.0
"""How far from the background a pixel is that a line goes through, summed over RGB."""


@register_case(Curve)
def a_line_goes_through_its_values(fixture: Fixture, layout: Layout) -> None:
    """Over the centre of each bin the line is as high as the value, in every frame."""
    fields = _make_waves(layout, 5)
    presented = fixture.show(scene_of(layout, fields))
    for i, field in enumerate(fields):
        off = [
            abs(_measure_height(presented, i, bin_) - field[bin_])
            for bin_ in _find_inner_bins(layout)
        ]
        limit = 1.5 * _compute_value_per_px(presented)
        assert max(off) < limit, f"frame {i}: the line is off by {max(off):.3f}, of 1"


@register_case(Curve)
def a_line_breaks_where_there_is_no_value(fixture: Fixture, layout: Layout) -> None:
    """Nothing is drawn over bins that are NaN, and nothing at all in a frame of NaN."""
    fields = _make_waves(layout, 3)
    lost = _find_inner_bins(layout)[3:6]
    fields[1, lost] = np.nan
    fields[2] = np.nan
    presented = fixture.show(scene_of(layout, fields))
    for bin_ in lost:
        assert _read_column(presented, 0, layout.bin_centers[bin_, 0]).any(), (
            "the whole line is not drawn"
        )
        ink = _read_column(presented, 1, layout.bin_centers[bin_, 0])
        assert not ink.any(), f"a line is drawn over bin {bin_}, which is NaN"
    assert not _find_ink(presented, 2).any(), "a line is drawn in a frame of NaN"


@register_case(Curve)
def a_line_breaks_between_its_pieces(fixture: Fixture, layout: Layout) -> None:
    """Bins that do not touch are not joined."""
    presented = fixture.show(scene_of(layout, _make_waves(layout, 1)))
    (curve,) = (x for x in presented.scene.panels[0].layers if isinstance(x, Curve))
    ends = [(curve.x[a[-1]], curve.x[b[0]]) for a, b in zip(curve.runs, curve.runs[1:])]  # noqa: B905
    for before, after in ends:
        ink = _read_column(presented, 0, (before + after) / 2)
        assert not ink.any(), f"a line joins {before:g} and {after:g}"


@register_case(Curve)
def a_line_of_one_frame(fixture: Fixture, layout: Layout) -> None:
    """One frame, and a constant value."""
    presented = fixture.show(scene_of(layout, np.full((1, layout.n_bins), 0.25)))
    heights = [_measure_height(presented, 0, bin_) for bin_ in _find_inner_bins(layout)]
    assert np.abs(np.array(heights) - 0.25).max() < 1.5 * _compute_value_per_px(presented)


@register_case(Curve)
def lines_are_shown_where_their_index_says(fixture: Fixture, layout: Layout) -> None:
    """A line slower than the scene stays for several frames, and is not there in some."""
    fields = _make_waves(layout, len(ROWS))
    presented = fixture.show(with_frame_index(scene_of(layout, fields), ROWS))
    bin_ = _find_inner_bins(layout)[2]
    for i in (0, 1, 2, 6, 3, 5, 4, 0):
        if ROWS[i] < 0:
            assert not _find_ink(presented, i).any(), f"frame {i} shows a line"
            continue
        off = abs(_measure_height(presented, i, bin_) - fields[ROWS[i], bin_])
        limit = 1.5 * _compute_value_per_px(presented)
        assert off < limit, f"frame {i} does not show row {ROWS[i]}"


def _make_waves(layout: Layout, n_frames: int) -> NDArray[np.float64]:
    x = layout.bin_centers[:, 0]
    turn = 2 * np.pi * (x - x.min()) / np.ptp(x)
    return np.stack([0.5 + 0.3 * np.sin(turn + i) for i in range(n_frames)])


def _find_inner_bins(layout: Layout) -> list[int]:
    """Bins with a neighbour on each side: the line runs straight through them."""
    n_neighbours = np.diff(layout.adjacency.tocsr().indptr)
    return [int(bin_) for bin_ in np.flatnonzero(n_neighbours >= 2)]


def _find_ink(presented: Presented, i: int) -> NDArray[np.float64]:
    ground = np.array(presented.background, dtype=np.float64)
    off = np.abs(presented.get_picture(i) - ground).sum(axis=-1)
    return np.where(off > _INK, off, 0)


def _read_column(presented: Presented, i: int, x: float) -> NDArray[np.float64]:
    column = int(presented.to_px(np.array([x, 0.0]))[0])
    return _find_ink(presented, i)[:, column]


def _measure_height(presented: Presented, i: int, bin_: int) -> float:
    """Value at the middle of the line over a bin's centre."""
    (curve,) = (x for x in presented.scene.panels[0].layers if isinstance(x, Curve))
    ink = _read_column(presented, i, float(curve.x[bin_]))
    assert ink.any(), f"frame {i}: no line over bin {bin_}"
    row = float((np.arange(len(ink)) + 0.5) @ ink / ink.sum())
    _, low, _, high = presented.scene.panels[0].view.bounds
    return high - row * (high - low) / len(ink)


def _compute_value_per_px(presented: Presented) -> float:
    _, low, _, high = presented.scene.panels[0].view.bounds
    return float((high - low) / presented.get_picture(0).shape[0])
