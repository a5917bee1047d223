"""A view that moves: each frame is that of a still view of the same piece of the world."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from neurospatial import Environment
from neurospatial.scene import (
    Affine2D,
    ArraySource,
    Image,
    Layer,
    Points,
    Polygons,
    Scene,
    Segments,
    Text,
    View,
    ViewPath,
    compile_scene,
)
from neurospatial.testing import LAYOUTS, scene_of
from neurospatial.testing.scenes import place
from neurospatial.video.canvas.canvas import Pixels, RGBCanvas, YUVCanvas
from neurospatial.video.figure.chrome import draw_chrome
from neurospatial.video.figure.frames import FramePainter
from neurospatial.video.layers import moving_field
from neurospatial.video.layers.projection import Projection
from tests.video.clips import Walker, room, wandering_fields

N_FRAMES = 6
SIZE = (401, 333)


def move(scene: Scene, path: ViewPath | None) -> Scene:
    panels = tuple(
        replace(panel, view=replace(panel.view, path=path), axes=(False, False))
        for panel in scene.panels
    )
    return replace(scene, panels=panels)


def freeze(scene: Scene, frame: int) -> Scene:
    """Have the whole scene show what one frame of it does of the world."""
    panels = tuple(
        replace(panel, view=replace(panel.view, path=None, bounds=panel.view.get_bounds_on(frame)))
        for panel in scene.panels
    )
    return replace(scene, panels=panels)


def make_path(
    layout: object, zoom: tuple[float, ...] = (1.0, 1.7, 2.5, 4.0, 4.0, 4.0)
) -> ViewPath:
    x, y = [0.5, 0.55, 0.4, 0.3, 0.31, 0.95], [0.5, 0.45, 0.5, 0.62, 0.6, 0.02]
    return ViewPath(place(layout, x, y).astype(np.float64), np.array(zoom))  # type: ignore[arg-type]


def paint(scene: Scene, frame: int, canvas: Callable[[Pixels], RGBCanvas | YUVCanvas]) -> Pixels:
    chrome = draw_chrome(scene, SIZE, 100)
    return FramePainter(scene, chrome, 100, canvas).paint(frame).copy()


def make_marks(layout: object) -> list[Layer]:
    rng = np.random.default_rng(5)

    def spread(*shape: int) -> NDArray[np.floating]:
        return place(layout, rng.uniform(0, 1, shape), rng.uniform(0, 1, shape))  # type: ignore[arg-type]

    ring = place(layout, [0.2, 0.7, 0.5], [0.3, 0.35, 0.8]).astype(np.float64)  # type: ignore[arg-type]
    hole = place(layout, [0.4, 0.5, 0.45], [0.4, 0.42, 0.5]).astype(np.float64)  # type: ignore[arg-type]
    far = place(layout, [-0.9, -0.7, -0.8], [0.3, 0.3, 0.4]).astype(np.float64)  # type: ignore[arg-type]
    return [
        Polygons(
            name="R", polygons=((ring, hole), (far,)), fill=(1, 0.4, 0, 0.6), edge=(0, 0, 1, 1)
        ),
        Points(name="P", xy=spread(N_FRAMES, 3), color=(1, 0, 0, 1), size=9.0, trail=3),
        Points(name="Q", xy=spread(1, 9), color=(0, 1, 1, 0.6), size=6.0),
        Points(
            name="E", xy=spread(1, 9), color=(1, 1, 1, 1),
            opacity=rng.uniform(0, 1, (N_FRAMES, 9)).astype(np.float32),
        ),
        Segments(name="S", start=spread(N_FRAMES, 2), stop=spread(1, 2), color=(1, 1, 0, 1)),
        Segments(
            name="A", start=spread(1, 4), stop=spread(1, 4), color=(0, 0, 0, 1), arrowhead=True
        ),
        Text(name="T", anchor=spread(1), strings=("LLL",), color=(1, 1, 1, 1), size=12.0),
    ]  # fmt: skip


@given(
    x=st.floats(-50, 150), y=st.floats(-50, 150), zoom=st.floats(1, 100), y_down=st.booleans(),
)  # fmt: skip
def test_places_are_those_of_the_raster_of_each_frame(
    x: float, y: float, zoom: float, y_down: bool
) -> None:
    path = ViewPath(np.array([[x, y], [30.0, 20.0]]), np.array([zoom, 1.5]))
    view = View((0.0, 0.0, 80.0, 60.0), y_down=y_down, path=path)
    projection = Projection(view, 320, 240)
    xy = np.random.default_rng(1).uniform(-20, 100, (2, 5, 2)).astype(np.float32)
    for frame in (0, 1):
        raster = view.make_raster(320, 240, frame)
        wanted = raster.world_to_px(xy[frame])
        assert np.allclose(projection.project(xy, 0)[frame], wanted, atol=1e-6)
        assert np.allclose(projection.project(xy[frame:], frame)[0], wanted, atol=1e-6)
        assert np.allclose(projection.project_on(xy[frame], frame), wanted, atol=1e-6)
        assert projection.get_bounds(frame) == raster.bounds
        for found, line in zip(projection.find_lines(frame), raster.pixel_lines(), strict=True):
            assert np.allclose(found, line, atol=1e-9 * 200)


@pytest.mark.parametrize("canvas", [RGBCanvas, YUVCanvas])
@pytest.mark.parametrize("name", ["masked", "far"])
def test_a_grid_is_exact(name: str, canvas: type) -> None:
    layout = LAYOUTS[name]()
    values = np.random.default_rng(0).uniform(0, 1, (N_FRAMES, layout.n_bins))
    scene = move(scene_of(layout, values), make_path(layout))
    for frame in range(N_FRAMES):
        assert np.array_equal(
            paint(scene, frame, canvas), paint(freeze(scene, frame), frame, canvas)
        )


@pytest.mark.parametrize("most", [12_000_000, 40_000])
@pytest.mark.parametrize("name", ["flat hexagons", "triangles"])
def test_other_bins_are_so_but_for_a_pixel_at_their_edges(
    name: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving_field, "_MOST_PIXELS", most)
    layout = LAYOUTS[name]()
    values = np.random.default_rng(0).uniform(0, 1, (N_FRAMES, layout.n_bins))
    scene = move(scene_of(layout, values), make_path(layout))
    box = draw_chrome(scene, SIZE, 100).layout.panels[0]
    for frame in range(N_FRAMES):
        still = freeze(scene, frame)
        raster = still.panels[0].view.make_raster(box.width, box.height)
        index = scene.panels[0].fields[0].geometry.index_map(raster)
        painted, wanted = (
            paint(one, frame, RGBCanvas)[box.to_slices()].astype(int) for one in (scene, still)
        )
        off = (painted != wanted).any(axis=2)
        for row, column in np.argwhere(off[1:-1, 1:-1]):
            near = index[row : row + 3, column : column + 3]
            assert (near != near[0, 0]).any(), f"frame {frame}, row {row}, column {column}"
        assert off.mean() < 0.1


@pytest.mark.parametrize("canvas", [RGBCanvas, YUVCanvas])
@pytest.mark.parametrize("name", ["regular", "far"])
def test_marks_are_those_of_a_still_view(name: str, canvas: type) -> None:
    layout = LAYOUTS[name]()
    ground = np.zeros((N_FRAMES, layout.n_bins))
    marks = make_marks(layout)
    for layers in [*([mark] for mark in marks), marks]:
        scene = move(scene_of(layout, ground, layers), make_path(layout))
        for frame in range(N_FRAMES):
            painted, wanted = (
                paint(one, frame, canvas).astype(int) for one in (scene, freeze(scene, frame))
            )
            off = np.abs(painted - wanted)
            # Where the edge of a polygon is may differ by a part of a pixel.
            assert (off > 100).mean() < 0.002, f"frame {frame}, {layers[0].name}"
            assert off.mean() < 0.6, f"frame {frame}, {layers[0].name}"


@pytest.mark.parametrize("channels", [3, 4])
@pytest.mark.parametrize("canvas", [RGBCanvas, YUVCanvas])
@pytest.mark.parametrize("turn", [0.0, 0.4])
@pytest.mark.parametrize("scale", [0.4, 4.0])
def test_a_film_is_that_of_a_still_view(
    turn: float, scale: float, canvas: type, channels: int
) -> None:
    layout = LAYOUTS["regular"]()
    x_min, y_min, x_max, _ = scene_of(layout, np.zeros((1, layout.n_bins))).panels[0].view.bounds
    n_pixels = round(64 * scale)
    rng = np.random.default_rng(3)
    small = rng.uniform(0, 255, (2, 8, 8, channels)).astype(np.uint8)
    frames = small.repeat(n_pixels // 8 + 1, 1).repeat(n_pixels // 8 + 1, 2)
    unit = (x_max - x_min) / frames.shape[2]
    layer = Image(
        name="V",
        frames=ArraySource(frames),
        frame_index=np.array([0, 0, 1, 1, 0, -1]),
        px_to_world=Affine2D.translation(x_min, y_min)
        @ Affine2D.rotation(turn)
        @ Affine2D.scaling(unit, unit),
        opacity=0.8,
    )
    scene = scene_of(layout, np.zeros((N_FRAMES, layout.n_bins)), [layer])
    scene = move(scene, make_path(layout))
    for frame in range(N_FRAMES):
        painted, wanted = (
            paint(one, frame, canvas).astype(int) for one in (scene, freeze(scene, frame))
        )
        assert np.abs(painted - wanted).mean() < 1.0, f"frame {frame}"


def test_a_path_that_stands_still_is_a_still_view() -> None:
    layout = LAYOUTS["regular"]()
    path = ViewPath(np.tile(make_path(layout).centers[1], (N_FRAMES, 1)), np.full(N_FRAMES, 2.0))
    scene = scene_of(layout, np.zeros((N_FRAMES, layout.n_bins)), make_marks(layout))
    scene = move(scene, path)
    assert not Projection(scene.panels[0].view, 200, 200).moves
    for frame in (0, N_FRAMES - 1):
        assert np.array_equal(
            paint(scene, frame, YUVCanvas), paint(freeze(scene, frame), frame, YUVCanvas)
        )


@pytest.fixture
def followed() -> Scene:
    """A walker that is followed, over a field, with the scale bar that such a view has."""
    env: Environment = room()
    fields, walker = wandering_fields(env, 30), Walker()
    return compile_scene(
        env, fields, overlays=[walker], follow=walker, zoom={0.0: 1.0, 0.8: 4.0}, scale_bar=2.0
    )


@pytest.mark.parametrize("canvas", [RGBCanvas, YUVCanvas])
def test_frames_are_the_same_whichever_was_painted_before(followed: Scene, canvas: type) -> None:
    chrome = draw_chrome(followed, SIZE, 100)
    painter = FramePainter(followed, chrome, 100, canvas)
    for frame in (0, 1, 2, 17, 29, 29, 5):
        assert np.array_equal(painter.paint(frame), paint(followed, frame, canvas)), frame


def test_nothing_is_painted_beyond_the_panel(followed: Scene) -> None:
    chrome = draw_chrome(followed, SIZE, 100)
    painter = FramePainter(followed, chrome, 100, RGBCanvas)
    for frame in range(30):
        picture = painter.paint(frame).copy()
        for box in (chrome.layout.panels[0], chrome.layout.label):
            picture[box.to_slices()] = chrome.picture[box.to_slices()]
        assert np.array_equal(picture, chrome.picture)


def test_what_is_beyond_the_world_is_background(followed: Scene) -> None:
    panel = followed.panels[0]
    path = ViewPath(np.array([[20.0, 20], [-1e4, 20], [20, 1e5]] * 10), np.full(30, 4.0))
    bare = replace(panel, layers=panel.fields, scale_bar=None)
    scene = move(replace(followed, panels=(bare,)), path)
    box = draw_chrome(scene, SIZE, 100).layout.panels[0]
    for frame in (1, 2):
        assert (paint(scene, frame, RGBCanvas)[box.to_slices()] == 224).all()


def test_the_scale_bar_is_as_long_as_the_zoom_makes_it(followed: Scene) -> None:
    view = followed.panels[0].view
    path = view.path
    assert path is not None
    bare = replace(followed.panels[0], layers=())
    scene = replace(followed, panels=(bare,))
    box = draw_chrome(scene, SIZE, 100).layout.panels[0]
    ends = []
    for frame in (0, 10, 29):
        pixels = paint(scene, frame, RGBCanvas)[box.to_slices()]
        white = (pixels > 250).all(axis=2)
        row = white.sum(axis=1).argmax()
        columns = np.flatnonzero(white[row])
        unit = box.width / (view.bounds[2] - view.bounds[0]) * path.zoom[frame]
        assert np.ptp(columns) + 1 == pytest.approx(2.0 * unit, abs=2)
        ends.append((row, columns[-1]))
    assert len(set(ends)) == 1
