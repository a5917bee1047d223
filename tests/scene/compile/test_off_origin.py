"""A world that lies elsewhere is shown as the same, moved: no sign is hidden by a zero."""

import numpy as np
import pytest

from neurospatial import Environment
from neurospatial.layouts import RegularGrid
from neurospatial.overlays import PositionOverlay
from neurospatial.overlays.camera.calibration import VideoCalibration
from neurospatial.overlays.camera.projective import Projective2D
from neurospatial.overlays.camera.rectify import rectify
from neurospatial.overlays.camera.rgb_frames import RGBFrames
from neurospatial.scene import Affine2D, Curve, Points, as_source, compile_scene
from tests.overlays.camera.cameras import BOUNDS, SIZE, seen_board, tilted

MOVES = [(0.0, 0.0), (-340.0, 55.0), (128.0, -1024.0), (-64.0, -96.0)]


def make_arena(dx: float, dy: float, y_down: bool = False) -> Environment:
    edges = (np.arange(11.0) * 8 + dx, np.arange(7.0) * 4 + dy)
    return Environment(RegularGrid(edges, np.ones((10, 6), bool)), units="cm", y_down=y_down)


@pytest.mark.parametrize("y_down", [False, True])
@pytest.mark.parametrize("move", MOVES)
def test_the_view_lies_around_the_environment(move: tuple[float, float], y_down: bool) -> None:
    dx, dy = move
    env = make_arena(dx, dy, y_down)
    (panel,) = compile_scene(env, np.zeros((2, env.n_bins)), vmin=0, vmax=1).panels
    x_min, y_min, x_max, y_max = panel.view.bounds
    left, right, below, above = dx - x_min, x_max - dx - 80, dy - y_min, y_max - dy - 24
    assert min(left, right, below, above) >= 0
    np.testing.assert_allclose([left, below], [right, above], atol=1e-9)
    assert max(left, below) < 0.1 * 80
    raster = panel.view.make_raster(60, 40)
    column, row = raster.world_to_px([dx + 1, dy + 23])
    assert column < 30
    assert (row < 20) != y_down


@pytest.mark.parametrize("level", [0.0, 500.0, -500.0])
@pytest.mark.parametrize("begin", [0.0, 900.0, -900.0])
def test_the_view_of_a_line_lies_around_it(begin: float, level: float) -> None:
    env = Environment(RegularGrid((np.arange(11.0) * 10 + begin,), np.ones(10, bool)))
    values = level + np.arange(20.0).reshape(2, 10)
    (panel,) = compile_scene(env, values, vmin=level, vmax=level + 20).panels
    x_min, y_min, x_max, y_max = panel.view.bounds
    assert (begin - x_min, x_max - begin - 100) == pytest.approx((2, 2), abs=1e-6)
    assert (level - y_min, y_max - level - 20) == pytest.approx((0.8, 0.8), abs=1e-6)
    (line,) = [layer for layer in panel.layers if isinstance(layer, Curve)]
    x = np.concatenate([np.atleast_1d(run) for run in (line.x,)]) if hasattr(line, "x") else None
    assert x is None or (x_min < x.min() and x.max() < x_max)


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("camera", ["above", "angle"])
def test_a_picture_laid_flat_moves_with_the_world(camera: str, move: tuple[float, float]) -> None:
    dx, dy = move
    there = tilted(0.0, 0.0) if camera == "above" else tilted(0.6, 0.3)
    pictures = RGBFrames(as_source(seen_board(VideoCalibration(there, SIZE).apply)[None]),
                         (0, 0, *SIZE))  # fmt: skip
    home = rectify(pictures, VideoCalibration(there, SIZE), BOUNDS)
    moved = VideoCalibration(Projective2D(Affine2D.translation(dx, dy).matrix) @ there, SIZE)
    bounds = (BOUNDS[0] + dx, BOUNDS[1] + dy, BOUNDS[2] + dx, BOUNDS[3] + dy)
    away = rectify(pictures, moved, bounds)
    assert home is not None
    assert away is not None
    shift = np.array([dx, dy, dx, dy])
    np.testing.assert_allclose(away.raster.bounds, home.raster.bounds + shift, atol=1e-6)
    assert away.shape == home.shape
    differing = (away.read(0, 1) != home.read(0, 1)).any(axis=-1).mean()
    assert differing < 0.01, "rounding moves a pixel here and there"


@pytest.mark.parametrize("dtype", [np.int16, np.int64, np.uint8, np.float32])
@pytest.mark.parametrize("n_frames", [1, 2])
def test_whole_coordinates_are_coordinates(dtype: type, n_frames: int) -> None:
    env = make_arena(8.0, 4.0)
    places, times = np.array([[10, 6], [50, 20]]), np.array([0.0, 1.0])

    def place(positions: np.ndarray) -> Points:
        overlay = PositionOverlay(positions, times)
        fields = np.zeros((n_frames, env.n_bins))
        given = {"frame_times": np.array([0.25, 1.0])[:n_frames], "vmin": 0, "vmax": 1}
        (panel,) = compile_scene(env, fields, overlays=[overlay], **given).panels
        (mark,) = [layer for layer in panel.layers if isinstance(layer, Points)]
        return mark

    mark = place(places.astype(dtype))
    expected = np.array([[[20.0, 9.5]], [[50.0, 20.0]]])[:n_frames]
    np.testing.assert_allclose(mark.xy, expected)
    np.testing.assert_array_equal(mark.xy, place(places.astype(float)).xy)


@pytest.mark.parametrize("length", [np.inf, -np.inf, np.nan, 0.0, -3.0, 1e308])
def test_a_scale_bar_of_no_length_is_refused(length: float) -> None:
    env = make_arena(0.0, 0.0)
    with pytest.raises(ValueError, match="scale_bar"):
        compile_scene(env, np.zeros((1, env.n_bins)), vmin=0, vmax=1, scale_bar=length)
