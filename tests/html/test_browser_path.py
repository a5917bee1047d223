"""A view that moves, as it is on the screen, in Chromium."""

from dataclasses import replace

import numpy as np
import pytest

from neurospatial.scene import Points, Scene, ViewPath, rgba
from tests.html.pages import room, scene_in, write

PLACES, ZOOM = np.array([[20.0, 15], [12, 18], [12, 18], [30, 5]]), np.array([1.0, 2, 4, 2])
MARK = np.array([[[12.0, 18.0]]], dtype=np.float32)


def moving(y_down: bool = False) -> Scene:
    """Black, with a white mark that stays in the world where a view moves over it."""
    env = room()
    mark = Points(name="P", xy=MARK, color=rgba("white"), size=12.0)
    fields = np.arange(4 * env.n_bins).reshape(4, -1) * 1e-6
    scene = scene_in(env, fields, mark, cmap="gray", scale_bar=2.0)
    (panel,) = scene.panels
    view = replace(panel.view, path=ViewPath(PLACES, ZOOM), y_down=y_down)
    return replace(scene, panels=(replace(panel, view=view, axes=(False, False)),))


@pytest.fixture(params=[False, True], ids=["up", "down"])
def scene(request, tab, tmp_path):
    made = moving(request.param)
    tab.open(write(made, tmp_path / "page.html", figsize=(4.0, 3.0)))
    return made


def share(scene: Scene, frame: int, x: float, y: float) -> tuple[float, float]:
    """Where a place lies on the screen: shares of the view's width and height."""
    view = scene.panels[0].view
    x_min, y_min, x_max, y_max = view.get_bounds_on(frame)
    up = (y - y_min) / (y_max - y_min)
    return (x - x_min) / (x_max - x_min), up if view.y_down else 1 - up


def read_canvas(tab, number: int) -> np.ndarray:
    """RGBA of one of the canvases that lie over one another: field, marks and bar."""
    return tab.pixels(f"""(() => {{
        const canvas = document.querySelectorAll(".ns-view canvas")[{number}];
        const {{ width, height }} = canvas;
        const copy = new OffscreenCanvas(width, height).getContext("2d");
        copy.drawImage(canvas, 0, 0);
        return copy.getImageData(0, 0, width, height);
    }})()""")


def test_what_stays_in_the_world_moves_on_the_screen(tab, scene):
    for frame in (0, 1, 2, 1):
        tab.show(frame)
        drawn = read_canvas(tab, 1)[..., 3] > 128
        rows, columns = np.nonzero(drawn)
        found = (columns.mean() + 0.5) / drawn.shape[1], (rows.mean() + 0.5) / drawn.shape[0]
        np.testing.assert_allclose(found, share(scene, frame, *MARK[0, 0]), atol=0.01)
        assert np.ptp(columns) + 1 == pytest.approx(np.ptp(rows) + 1, abs=2)
    tab.show(3)
    assert not (read_canvas(tab, 1)[..., 3] > 128).any()  # It lies beyond the view.


def test_the_bar_is_as_long_as_the_zoom_makes_it(tab, scene):
    wide = {}
    for frame in (0, 1, 2):
        tab.show(frame)
        pixels = read_canvas(tab, 2)
        row = pixels[int(len(pixels) * 0.95)]
        wide[frame] = np.count_nonzero(row[:, 0] > 128) / len(row)
    x_min, _, x_max, _ = scene.panels[0].view.bounds
    for frame, zoom in zip(wide, ZOOM, strict=False):
        assert wide[frame] == pytest.approx(2 * zoom / (x_max - x_min), abs=0.006)


def test_the_readout_says_what_lies_there_in_this_frame(tab, scene):
    env, view = room(), scene.panels[0].view
    box = tab.page.locator(".ns-view").bounding_box()
    across, down = 0.3, 0.4
    at = box["x"] + across * box["width"], box["y"] + down * box["height"]
    tab.page.mouse.move(*at)
    for frame in range(4):
        tab.show(frame)  # The pointer rests, and the world moves beneath it.
        x_min, y_min, x_max, y_max = view.get_bounds_on(frame)
        place = x_min + across * (x_max - x_min), (y_max, y_min)[view.y_down]
        place = place[0], place[1] + (1 if view.y_down else -1) * down * (y_max - y_min)
        said = tab.words(".ns-readout")
        assert f"bin {env.bin_at([place])[0]} " in said, (frame, said)
        found = [float(number) for number in said.partition(")")[0].strip("(").split(",")]
        np.testing.assert_allclose(found, place, atol=0.2)


def test_nothing_lies_beyond_the_environment(tab, scene):
    tab.show(3)
    box = tab.page.locator(".ns-view").bounding_box()
    down = 0.02 if scene.panels[0].view.y_down else 0.98
    tab.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + down * box["height"])
    assert "bin" not in tab.words(".ns-readout")
    assert "cm" in tab.words(".ns-readout")
