"""Lines over distance, painted and encoded."""

from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from neurospatial import Environment
from neurospatial.scene import Curve, Panel, Raster, Scene, TrackForm, compile_scene
from neurospatial.video import VideoOptions, backend
from neurospatial.video.figure.frames import panel_pixels, render_frames

BLUE = np.array([0x1F, 0x77, 0xB4])
NODES = {0: (0.0, 0.0), 1: (0.0, 60.0), 2: (-50.0, 60.0), 3: (50.0, 60.0)}
ARMS = [(0, 1), (1, 2), (1, 3)]


@pytest.fixture
def env() -> Environment:
    return Environment.from_graph(NODES, ARMS, 20.0, 5.0, units="cm")


@pytest.fixture
def options(tmp_path: Path) -> VideoOptions:
    return VideoOptions(save_path=tmp_path / "line.mp4", dpi=100, progress=False)


def panel_of(scene: Scene, options: VideoOptions, frame: int = 0) -> NDArray[np.uint8]:
    (picture,) = render_frames(scene, options, [frame])
    (pixels,) = panel_pixels(scene, options)
    return np.asarray(picture[pixels])


def is_line(pixels: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return np.asarray(np.abs(pixels.astype(int) - BLUE).max(axis=2) < 60)


def raster_of(panel: Panel, pixels: NDArray[np.uint8]) -> Raster:
    height, width = pixels.shape[:2]
    return Raster(width, height, panel.view.bounds)


def test_the_view_fills_the_room(env: Environment, options: VideoOptions) -> None:
    scene = compile_scene(env, np.zeros((1, 32)), vmin=0, vmax=1)
    height, width = panel_of(scene, options).shape[:2]
    assert width > 0.85 * 800
    assert height > 0.75 * 600


def test_the_line_goes_through_its_values(env: Environment, options: VideoOptions) -> None:
    fields = np.random.default_rng(0).uniform(0, 10, (3, 32))
    scene = compile_scene(env, fields, vmin=0, vmax=10)
    for frame in range(3):
        pixels = panel_of(scene, options, frame)
        to_px = raster_of(scene.panels[0], pixels).world_to_px
        painted = is_line(pixels)
        column, row = to_px(np.stack([env.bin_centers[:, 0], fields[frame]], axis=1)).T
        assert painted[row.astype(int), column.astype(int)].all()
        assert painted.sum() < 0.2 * painted.size


@pytest.mark.parametrize("value", [2.0, 5.0, 7.25])
def test_a_level_line_is_as_thick_as_asked_and_as_high_as_its_value(
    env: Environment, options: VideoOptions, value: float
) -> None:
    scene = compile_scene(env, np.full((1, 32), value), vmin=0, vmax=10)
    pixels = panel_of(scene, options)
    to_px = raster_of(scene.panels[0], pixels).world_to_px
    column, row = to_px(np.array([30.0, value]))
    ink = (224.0 - pixels[:, int(column), 0]) / (224.0 - BLUE[0])
    assert ink.sum() == pytest.approx(2.0 * 100 / 72, abs=0.8)
    middle = (ink * (np.arange(len(ink)) + 0.5)).sum() / ink.sum()
    assert middle == pytest.approx(row, abs=0.3)


def test_gaps_and_lost_values_break_the_line(env: Environment, options: VideoOptions) -> None:
    field = np.full(32, 5.0)
    field[[3, 4, 6]] = np.nan
    scene = compile_scene(env, field[None], vmin=0, vmax=10)
    pixels = panel_of(scene, options)
    column_of = raster_of(scene.panels[0], pixels).world_to_px
    inked = np.asarray(is_line(pixels).any(axis=0))
    for distance, painted in [(10, True), (20, False), (27.5, True), (32.5, False), (50, True),
                            (70, False), (100, True), (140, False), (190, True)]:  # fmt: skip
        column, _ = column_of(np.array([float(distance), 5.0]))
        assert inked[int(column)] == painted, distance


def test_nothing_is_drawn_of_a_frame_without_values(
    env: Environment, options: VideoOptions
) -> None:
    fields = np.stack([np.full(32, 5.0), np.full(32, np.nan), np.full(32, 8.0)])
    scene = compile_scene(env, fields, vmin=0, vmax=10)
    painted = [is_line(panel_of(scene, options, frame)).any() for frame in range(3)]
    assert painted == [True, False, True]


def test_values_beyond_the_range_leave_the_panel(env: Environment, options: VideoOptions) -> None:
    field = np.full(32, 5.0)
    field[10:] = 1e9
    scene = compile_scene(env, field[None], vmin=0, vmax=10)
    picture = next(iter(render_frames(scene, options)))
    ((rows, columns),) = panel_pixels(scene, options)
    around = picture.copy()
    around[rows, columns] = 255
    assert not is_line(around).any()
    assert is_line(picture[rows, columns]).any()


def test_frames_do_not_depend_on_the_order_they_are_asked_in(
    env: Environment, options: VideoOptions
) -> None:
    fields = np.random.default_rng(1).uniform(0, 10, (6, 32))
    scene = compile_scene(env, fields, vmin=0, vmax=10)
    forward = list(render_frames(scene, options))
    jumping = dict(zip([4, 0, 5, 2], render_frames(scene, options, [4, 0, 5, 2]), strict=True))
    for frame, picture in jumping.items():
        np.testing.assert_array_equal(picture, forward[frame])


@pytest.mark.parametrize("form", ["line", "ribbon"])
def test_a_track_becomes_a_video(env: Environment, tmp_path: Path, form: TrackForm) -> None:
    n = 12
    bump = np.exp(-((env.bin_centers.T - np.linspace(0, 200, n)[:, None]) ** 2) / 200)
    path = tmp_path / f"{form}.mp4"
    env.animate_fields(
        bump,
        save_path=path,
        track=form,
        overlay_trajectory=np.linspace(0, 200, n),
        progress=False,
        n_workers=2,
    )
    with av.open(str(path)) as file:
        frames = [frame.to_ndarray(format="rgb24") for frame in file.decode(video=0)]
    scene = compile_scene(
        env,
        bump,
        track=form,
        overlay_trajectory=np.linspace(0, 200, n),
    )
    expected = list(render_frames(scene, VideoOptions(save_path=path, progress=False)))
    assert len(frames) == n
    for found, painted in zip(frames, expected, strict=True):
        assert np.abs(found.astype(float) - painted).mean() < 3
    changes = [np.abs(a.astype(int) - b).max() for a, b in pairwise(frames)]
    assert min(changes) > 60


def test_the_backend_says_that_it_draws_lines() -> None:
    assert Curve in backend.draws
