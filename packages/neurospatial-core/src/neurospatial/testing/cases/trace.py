"""What can go wrong with a signal in its strip."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.layouts import Layout
from neurospatial.scene import Scene, Trace
from neurospatial.testing.cases.registry import register_case
from neurospatial.testing.fixture import Fixture, Presented
from neurospatial.testing.scenes import make_letter_f, scene_of

_WINDOW = 2.0
"""Seconds shown, as many as there are before the middle frame and after it."""

_N_FRAMES = 40
"""At 30 frames per second: so many that some see neither end of the signal."""


@register_case(Trace)
def signal_passes_through_its_values(fixture: Fixture, layout: Layout) -> None:
    """The current frame is in the middle, time runs to the right, and values upward."""
    times = np.sort(np.random.default_rng(0).uniform(-2, 4, 400))
    presented = fixture.show(_make_scene(layout, [_make_trace(times, _make_wave(times))]))
    for frame in (0, 17, _N_FRAMES - 1):
        now = presented.scene.timeline.clock[frame]
        for ahead in (-0.8, -0.3, 0.11, 0.6, 0.9):
            off = abs(_measure_value(presented, frame, ahead) - _make_wave(now + ahead))
            assert off < 0.12, f"frame {frame}, {ahead} s ahead: the signal is off by {off:.2f}"


@register_case(Trace)
def signal_leaves_gaps_open(fixture: Fixture, layout: Layout) -> None:
    """Nothing is drawn where samples are NaN, nor before the first and after the last."""
    times = np.arange(0, 1.0, 0.01)
    values = np.where((times > 0.3) & (times < 0.6), np.nan, 0.2)
    presented = fixture.show(_make_scene(layout, [_make_trace(times, values)]))
    for at, inked in ((0.1, True), (0.45, False), (0.8, True), (-0.5, False), (1.2, False)):
        frame = 15
        visible = _read_column(presented, frame, at - presented.scene.timeline.clock[frame]).any()
        assert visible == inked, f"the signal is {'not ' if inked else ''}drawn at {at} s"


@register_case(Trace)
def dense_signal_shows_its_extent(fixture: Fixture, layout: Layout) -> None:
    """Of many samples to a pixel, the lowest and the highest are seen."""
    times = np.arange(-1.5, 3, 1e-4)
    values = np.where(np.arange(len(times)) % 2, 0.7, -0.7)
    ink = _read_column(fixture.show(_make_scene(layout, [_make_trace(times, values)])), 0, 0.4)
    rows = np.flatnonzero(ink)
    assert len(rows) > 0.6 * len(ink), "the extent of a dense signal is not filled"


@register_case(Trace)
def signals_have_a_strip_each(fixture: Fixture, layout: Layout) -> None:
    """Several are drawn one under the other, and one that is hidden is not."""
    times = np.linspace(-2, 4, 200)
    levels = (-0.5, 0.5)
    traces = [_make_trace(times, np.full(200, level)) for level in levels]
    hidden = Trace(**{**vars(_make_trace(times, np.zeros(200))), "visible": False})
    presented = fixture.show(_make_scene(layout, [traces[0], hidden, traces[1]]))
    for number, level in enumerate(levels):
        assert abs(_measure_value(presented, 3, 0.5, number) - level) < 0.1


def _make_wave(times: NDArray[np.float64]) -> NDArray[np.float64]:
    return 0.8 * np.sin(3 * times) * np.exp(-0.2 * times)


def _make_trace(times: NDArray[np.float64], values: NDArray[np.float64]) -> Trace:
    return Trace(
        name="T",
        times=times,
        values=values,
        color=(1.0, 0.0, 0.0, 1.0),
        window=_WINDOW,
        limits=(-1.0, 1.0),
        width=1.5,
    )


def _make_scene(layout: Layout, traces: list[Trace]) -> Scene:
    return scene_of(layout, [make_letter_f(layout)] * _N_FRAMES, traces)


def _read_column(
    presented: Presented, i: int, ahead: float, number: int = 0
) -> NDArray[np.float64]:
    """How red the pixels are at a time from the current frame [s], from top to bottom."""
    strip = presented.get_strip(i, number)
    red = (strip[..., 0] - strip[..., 1]) / 255
    column = int((ahead / _WINDOW + 0.5) * strip.shape[1])
    return np.where(red > 0.25, red, 0)[:, column]


def _measure_value(presented: Presented, i: int, ahead: float, number: int = 0) -> float:
    """Value at the middle of the line."""
    ink = _read_column(presented, i, ahead, number)
    assert ink.any(), f"frame {i}: no signal {ahead} s from it"
    row = float((np.arange(len(ink)) + 0.5) @ ink / ink.sum())
    return 1 - 2 * row / len(ink)
