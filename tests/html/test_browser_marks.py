"""Marks of long recordings, and at the screen's own resolution, in a headless Chromium."""

import numpy as np

from neurospatial import Environment
from neurospatial.scene import Points, compile_scene, rgba
from tests.html.browser import open_tab
from tests.html.pages import room, scene_in, write


def black(*layers, n_frames):
    env = room()
    return scene_in(env, np.zeros((n_frames, env.n_bins)), *layers, cmap="gray")


def light(tab):
    return tab.pixels()[..., 0].astype(float) / 255


def walk(n_frames):
    return np.stack([np.linspace(2, 38, n_frames), np.full(n_frames, 15.0)], axis=-1)


def test_trail_reaches_into_frames_that_were_not_loaded(tab, tmp_path):
    n_frames, n_marks = 256, 2000
    xy = np.repeat(walk(n_frames)[:, None], n_marks, axis=1).astype(np.float32)
    xy[:, 1:] = np.nan
    layer = Points(name="P", xy=xy, color=rgba("white"), size=4.0, trail=20)
    tab.open(write(black(layer, n_frames=n_frames), tmp_path / "page.html", figsize=(4.0, 3.0)))
    tab.show(208)  # The first of its chunk; what was loaded ahead is long before it.
    painted = np.flatnonzero(light(tab).max(axis=0) > 0.02)
    height, width = light(tab).shape
    assert height < width
    assert np.ptp(painted) / width > 0.8 * 20 / 255 * 36 / 42


def test_long_trail_leaves_gaps_open(tab, tmp_path):
    n_frames = 100
    xy = walk(n_frames)[:, None].astype(np.float32)
    xy[52:55] = np.nan
    layer = Points(name="P", xy=xy, color=rgba("white"), size=4.0, trail=99)
    tab.open(write(black(layer, n_frames=n_frames), tmp_path / "page.html", figsize=(4.0, 3.0)))
    tab.show(99)
    shown = light(tab).max(axis=0)
    x_min, x_max = -1.0, 41.0
    place = ((walk(n_frames)[:, 0] - x_min) / (x_max - x_min) * len(shown)).astype(int)
    assert (shown[place[30:51]] > 0.1).all()
    assert (shown[place[53]] == 0).all()
    assert (shown[place[57:90]] > 0.1).all()


def test_marks_are_sharp_on_a_dense_screen(browser, tmp_path):
    from PIL import Image

    xy = np.array([[[20.0, 15.0]]], dtype=np.float32)
    layer = Points(name="P", xy=xy, color=rgba("white"), size=30.0)
    path = write(black(layer, n_frames=2), tmp_path / "page.html", figsize=(4.0, 3.0))
    soft = {}
    for density in (1, 3):
        with open_tab(browser, device_scale_factor=density) as tab:
            tab.open(path)
            tab.page.locator(".ns-view").screenshot(path=tmp_path / "view.png")
        with Image.open(tmp_path / "view.png") as picture:
            inner = slice(picture.width // 5, -picture.width // 5)
            row = np.asarray(picture.convert("L"))[picture.height // 2, inner]
        soft[density] = np.count_nonzero((row > 20) & (row < 235))
        wide = np.count_nonzero(row > 127)
        assert wide > 40 * density
    assert soft[3] <= soft[1] + 2, "the edge of a mark is as blurred as if it had been magnified"


def test_the_readout_says_the_place_where_y_grows_downward(tab, tmp_path):
    env = Environment.from_grid_edges(
        (np.arange(0.0, 41, 5), np.arange(100.0, 131, 5)), units="px", y_down=True
    )
    scene = compile_scene(env, np.arange(env.n_bins)[None] * 1.0)
    tab.open(write(scene, tmp_path / "page.html", figsize=(4.0, 3.0)))
    box = tab.page.locator(".ns-view").bounding_box()
    x_min, y_min, x_max, y_max = scene.panels[0].view.bounds
    x, y = 12.0, 102.0  # in the third column and the highest row of the picture
    tab.page.mouse.move(
        box["x"] + (x - x_min) / (x_max - x_min) * box["width"],
        box["y"] + (y - y_min) / (y_max - y_min) * box["height"],
    )
    said = tab.words(".ns-readout")
    assert f"bin {env.bin_at([[x, y]])[0]} " in said, said
    found = [float(number) for number in said.partition(")")[0].strip("(").split(",")]
    np.testing.assert_allclose(found, (x, y), atol=0.3)
