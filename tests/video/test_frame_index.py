"""Panels slower than the scene: each row is read once, and shown in the frames that have it."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from neurospatial import Environment
from neurospatial.scene import ArraySource, Curve, Field, Layer, Scene, Source, compile_scene
from neurospatial.testing.scenes import CountingSource
from neurospatial.video import VideoOptions
from neurospatial.video.canvas.canvas import Pixels, RGBCanvas, YUVCanvas
from neurospatial.video.figure.chrome import Chrome, draw_chrome
from neurospatial.video.figure.frames import FramePainter
from tests.video.clips import Walker, room, write

N_FRAMES, N_ROWS = 12, 4
OPTIONS = VideoOptions(save_path="unused.mp4", figsize=(3.0, 2.4))
CANVASES = {"RGB": RGBCanvas, "YUV": YUVCanvas}

Kind = Literal["field", "field over a field", "curve"]
KINDS: tuple[Kind, ...] = ("field", "field over a field", "curve")


@cache
def make_scene(kind: Kind) -> Scene:
    """Marks over a field, or a line over distance."""
    env, overlays = room(), [Walker()]
    if kind == "curve":
        env = Environment.from_graph({0: (0.0, 0.0), 1: (60.0, 0.0)}, [(0, 1)], 0.0, 5.0)
        overlays = []
    fields = np.zeros((N_FRAMES, env.n_bins))
    return compile_scene(env, fields, overlays=overlays, vmin=0, vmax=1)


@cache
def make_chrome(kind: Kind) -> Chrome:
    return draw_chrome(make_scene(kind), OPTIONS.choose_size(make_scene(kind)), OPTIONS.dpi)


def make_values(n_bins: int, n_rows: int = N_ROWS) -> NDArray[np.float64]:
    values = np.random.default_rng(1).random((n_rows, n_bins))
    values[values < 0.2] = np.nan
    return values


def show_rows(scene: Scene, kind: Kind, source: Source, index: NDArray[np.intp] | None) -> Scene:
    """Put rows in place of the values of a scene's field, or into a second one over it."""

    def change(layer: Layer) -> tuple[Layer, ...]:
        if not isinstance(layer, (Field, Curve)):
            return (layer,)
        changed = replace(layer, values=source, frame_index=index)
        return (layer, changed) if kind == "field over a field" else (changed,)

    [panel] = scene.panels
    layers = tuple(each for layer in panel.layers for each in change(layer))
    return replace(scene, panels=(replace(panel, layers=layers),))


def make_painter(
    scene: Scene, kind: Kind, canvas: Callable[[Pixels], RGBCanvas | YUVCanvas], stop: int
) -> FramePainter:
    return FramePainter(scene, make_chrome(kind), OPTIONS.dpi, canvas, stop)


@pytest.mark.parametrize("canvas", sorted(CANVASES))
@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_frames_are_those_of_the_rows_written_out(
    kind: Kind, canvas: str, data: st.DataObject
) -> None:
    rows = st.integers(-1, N_ROWS - 1)
    runs = st.lists(st.tuples(rows, st.integers(1, 5)), min_size=N_FRAMES, max_size=N_FRAMES)
    index = np.concatenate([np.full(n, row) for row, n in data.draw(runs)])[:N_FRAMES]
    frames = data.draw(st.one_of(
        st.just(list(range(N_FRAMES))),
        st.lists(st.integers(0, N_FRAMES - 1), min_size=1, max_size=N_FRAMES),
    ))  # fmt: skip
    scene = make_scene(kind)
    source = ArraySource(make_values(scene.panels[0].layers[0].values.shape[1]))  # type: ignore[attr-defined]
    slow = show_rows(scene, kind, source, index.astype(np.intp))
    [spread] = [
        layer.shown
        for layer in slow.panels[0].layers
        if isinstance(layer, (Field, Curve)) and layer.frame_index is not None
    ]
    quick = show_rows(scene, kind, spread, None)
    ours = make_painter(slow, kind, CANVASES[canvas], N_FRAMES)
    plain = make_painter(quick, kind, CANVASES[canvas], N_FRAMES)
    for frame in frames:
        assert np.array_equal(ours.paint(frame), plain.paint(frame)), (index, frame)


@pytest.mark.parametrize("index", [
    np.zeros(200, np.intp),
    np.repeat(np.arange(20), 10),
    np.concatenate([np.full(50, -1), np.repeat(np.arange(3), 40), np.full(30, -1)]),
    np.tile([0, 1, 2, -1], 50),
], ids=["still", "slow", "outside its span", "over and over"])  # fmt: skip
@pytest.mark.parametrize("kind", ["curve", "field"])
def test_each_row_is_read_once(kind: Kind, index: NDArray[np.intp], tmp_path: Path) -> None:
    scene = make_scene(kind)
    n_bins = scene.panels[0].layers[0].values.shape[1]  # type: ignore[attr-defined]
    source = CountingSource(make_values(n_bins, 20))
    slow = replace(scene, timeline=replace(scene.timeline, n_frames=len(index), times=None))
    [panel] = slow.panels
    bare = tuple(x for x in panel.layers if isinstance(x, (Field, Curve)))
    slow = replace(slow, panels=(replace(panel, layers=bare),))
    write(show_rows(slow, kind, source, index), tmp_path / "a.mp4", n_workers=1, preset="draft")
    read = np.concatenate([np.arange(*rows) for rows in source.reads])
    assert np.array_equal(np.sort(read), np.unique(index[index >= 0]))


def test_a_row_that_goes_on_is_not_gathered_again(monkeypatch: pytest.MonkeyPatch) -> None:
    from neurospatial.video.layers import field

    gathered: list[str] = []
    for kind in (field._Gather, field._HalfGather):

        def count(self: object, values: object, real: object = kind.gather) -> object:
            gathered.append(type(self).__name__)
            return real(self, values)  # type: ignore[operator]

        monkeypatch.setattr(kind, "gather", count)
    scene = make_scene("field")
    source = ArraySource(make_values(scene.panels[0].layers[0].values.shape[1]))  # type: ignore[attr-defined]
    slow = show_rows(scene, "field", source, np.repeat(np.arange(3), 4))
    painter = make_painter(slow, "field", YUVCanvas, N_FRAMES)
    for frame in range(N_FRAMES):
        painter.paint(frame)
    assert gathered == ["_Gather", "_HalfGather"] * 3
