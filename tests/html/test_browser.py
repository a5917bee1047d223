"""Playing, seeking, switching: the page driven for real in a headless Chromium."""

import numpy as np
import pytest

from neurospatial.scene import Field
from neurospatial.testing import Reference
from tests.html.pages import bumps, every_layer, room, scene_in, track, write


@pytest.fixture(scope="module")
def scene():
    env = room()
    return scene_in(env, bumps(env, 400), *every_layer(400), title="Bumps")


@pytest.fixture(scope="module")
def page(scene, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "page.html"
    return write(scene, path, figsize=(4.0, 3.0), picture_quality=None)


def frame_of(tab):
    return tab.run("player.frame")


def test_opens_on_the_first_frame(tab, page):
    tab.open(page)
    assert tab.words(".ns-title") == "Bumps"
    assert tab.words(".ns-label") == "Frame 1 / 400"
    assert tab.words(".ns-counter") == "1 / 400"
    assert not tab.run("player.playing")


@pytest.fixture
def drawn(tab, page):
    """Play a page whose time is held; give how many frames have been drawn since."""
    tab.open(page)
    for frame in range(399, -1, -21):
        tab.show(frame)  # So that nothing is waited for while it plays.
    tab.hold_time()
    tab.run("(window.drawn = 0, player.addEventListener('framechange', () => drawn++))")
    tab.run("player.play()")
    return lambda: tab.run("drawn")


def test_ten_seconds_at_thirty_frames_a_second_are_300_frames(tab, drawn):
    tab.pass_time(10_000)
    assert (frame_of(tab), drawn()) == (300, 300)


def test_frames_are_dropped_where_there_is_no_time_to_draw_them_all(tab, drawn):
    for _ in range(20):
        tab.skip_time(500)
    assert (frame_of(tab), drawn()) == (300, 20)


def test_last_frame_ends_playing_and_play_begins_again(tab, page):
    tab.open(page)
    tab.show(397)
    tab.run("player.play()")
    tab.until("!player.playing")
    assert tab.page.get_attribute(".ns-play", "aria-label") == "Play"
    assert frame_of(tab) == 399
    tab.hold_time()
    tab.page.click(".ns-play")
    tab.pass_time(1000)
    assert frame_of(tab) == 30


def test_loop_goes_on(tab, page):
    tab.open(page)
    tab.page.click("[aria-label=Loop]")
    assert tab.page.get_attribute("[aria-label=Loop]", "aria-pressed") == "true"
    tab.show(395)
    tab.hold_time()
    tab.page.keyboard.press("Space")
    tab.pass_time(600)
    assert tab.run("player.playing")
    assert frame_of(tab) == 395 + 18 - 400


@pytest.mark.parametrize(
    ("keys", "frame"),
    [
        (["ArrowRight"] * 3, 103),
        (["ArrowLeft"] * 2, 98),
        (["Shift+ArrowRight", "ArrowLeft"], 109),
        (["Shift+ArrowLeft"] * 2, 80),
        (["Home"], 0),
        (["End"], 399),
        (["End", "ArrowRight"], 399),
        (["Home", "Shift+ArrowLeft"], 0),
    ],
)
def test_keys_step(tab, page, keys, frame):
    tab.open(page)
    tab.show(100)
    for key in keys:
        tab.page.keyboard.press(key)
    assert frame_of(tab) == frame
    tab.until(f"document.querySelector('.ns-counter').textContent === '{frame + 1} / 400'")


def test_keys_play_and_change_the_speed(tab, page):
    tab.open(page)
    for key, speed in [("+", 2), ("+", 4), ("+", 4), ("-", 2), ("-", 1), ("-", 0.5)]:
        tab.page.keyboard.press(key)
        assert tab.run("player.speed") == speed
        assert tab.page.input_value(".ns-speed") == str(speed)
    tab.page.keyboard.press("Space")
    assert tab.run("player.playing")
    tab.page.keyboard.press("Space")
    assert not tab.run("player.playing")


def test_space_on_a_button_presses_the_button_only(tab, page):
    tab.open(page)
    tab.page.focus("[aria-label=Loop]")
    tab.page.keyboard.press("Space")
    assert tab.run("player.loop")
    assert not tab.run("player.playing")


def test_slider_seeks(tab, page):
    tab.open(page)
    box = tab.page.locator(".ns-slider").bounding_box()
    tab.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert abs(frame_of(tab) - 200) < 5
    words = tab.page.get_attribute(".ns-slider", "aria-valuetext")
    assert words.startswith(f"{frame_of(tab) + 1} / 400")


def test_layers_are_switched(tab, page):
    tab.open(page)
    tab.show(30)
    before = tab.pixels()
    for name in ("Goal", "Animal", "Field", "Camera"):
        tab.page.get_by_label(name, exact=True).uncheck()
        after = tab.pixels()
        assert (after != before).any(), name
        before = after
    assert tab.run("player.layersVisible")["Goal"] is False
    tab.page.get_by_label("Feeder", exact=True).check()
    assert (tab.pixels() != before).any()
    height = tab.page.locator(".ns-figure").bounding_box()["height"]
    tab.page.get_by_label("Speed", exact=True).nth(1).uncheck()
    assert tab.page.locator(".ns-strip:visible").count() == 0
    assert tab.page.locator(".ns-figure").bounding_box()["height"] != height


def test_handles_change_the_colours_and_not_the_values(tab, page):
    tab.open(page)
    assert tab.words(".ns-limits") == "0 – 1"
    before = tab.pixels()
    lowest = tab.page.get_by_label("Lowest colour")
    lowest.focus()
    for _ in range(20):
        tab.page.keyboard.press("ArrowRight")
    assert tab.run("player.scales[0].range") == [20, 254]
    assert frame_of(tab) == 0
    assert (tab.pixels() != before).any()
    low, high = tab.run("player.limits")
    assert low == pytest.approx(20 / 255)
    assert high == 1
    tab.run("(player.limits = [0.25, 0.75])")
    assert tab.words(".ns-limits") == "0.25 – 0.75"
    tab.run("(player.limits = null)")
    assert (tab.pixels() == before).all()


def test_pointer_reads_bin_value_and_place(tab, page, scene):
    tab.open(page)
    tab.show(7)
    panel = scene.panels[0]
    (field,) = panel.fields
    bin_ = 19
    x, y = field.geometry.polygons()[bin_].mean(axis=0)
    box = tab.page.locator(".ns-view").bounding_box()
    x_min, y_min, x_max, y_max = panel.view.bounds
    tab.page.mouse.move(
        box["x"] + (x - x_min) / (x_max - x_min) * box["width"],
        box["y"] + (y_max - y) / (y_max - y_min) * box["height"],
    )
    words = tab.words(".ns-readout")
    assert f"bin {bin_}" in words
    value = float(words.split("≈ ")[1])
    assert abs(value - field.values.read(7, 8)[0, bin_]) < 1 / 255
    tab.page.mouse.move(1, 1)
    assert tab.words(".ns-readout") == ""


def test_curve_is_read_too(tab, tmp_path):
    env = track()
    values = np.linspace(0, 1, 20)[None]
    tab.open(write(scene_in(env, values), tmp_path / "track.html"))
    box = tab.page.locator(".ns-view").bounding_box()
    tab.page.mouse.move(box["x"] + box["width"] / 2 + 4, box["y"] + 40)
    assert "bin 10 · 0.5263" in tab.words(".ns-readout")


def test_screen_shows_the_colours_of_the_bins(tab, tmp_path):
    from PIL import Image

    env = room()
    scene = scene_in(env, bumps(env, 3))
    tab.open(write(scene, tmp_path / "field.html", figsize=(4.0, 3.0)))
    tab.show(2)
    tab.page.locator(".ns-view").screenshot(path=tmp_path / "view.png")
    with Image.open(tmp_path / "view.png") as picture:
        shown = np.asarray(picture.convert("RGB"), dtype=int)
    (field,) = scene.panels[0].fields
    assert isinstance(field, Field)
    height, width = shown.shape[:2]
    expected = Reference(scene.panels[0], width, height).expected(2).rgb
    codes = field.color.quantise(field.values.read(2, 3)[0])
    x_min, y_min, x_max, y_max = scene.panels[0].view.bounds
    for ring, code in zip(field.geometry.polygons(), codes, strict=True):
        x, y = ring.mean(axis=0)
        column, row = (x - x_min) / (x_max - x_min) * width, (y_max - y) / (y_max - y_min) * height
        at = int(row), int(column)
        if code != 255:
            assert np.abs(shown[at] - expected[at]).max() <= 1


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (390, 800), (700, 320)])
def test_view_keeps_its_aspect(browser, page, width, height):
    from tests.html.browser import open_tab

    settings = {"viewport": {"width": width, "height": height}, "device_scale_factor": 2}
    with open_tab(browser, **settings) as tab:
        tab.open(page)
        box = tab.page.locator(".ns-view").bounding_box()
        raster = tab.pixels().shape
        assert box["width"] / box["height"] == pytest.approx(raster[1] / raster[0], rel=0.02)
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
        painted = tab.run(
            "[...document.querySelectorAll('canvas:not(.ns-field, [hidden])')]"
            ".map((canvas) => [canvas.width, canvas.clientWidth])"
        )
        assert len(painted) >= 3, "axes, marks and a strip"
        assert all(abs(pixels - 2 * wide) <= 2 for pixels, wide in painted)


def test_every_control_has_a_name(tab, page):
    tab.open(page)
    controls = tab.page.locator("button, input, select")
    assert controls.count() >= 12
    for control in controls.all():
        named = control.evaluate(
            "(it) => it.getAttribute('aria-label') || it.labels?.[0]?.textContent"
        )
        assert named


def test_colours_follow_the_system(browser, page):
    from tests.html.browser import open_tab

    shown = []
    for scheme in ("light", "dark"):
        with open_tab(browser, color_scheme=scheme) as tab:
            tab.open(page)
            shown.append(
                tab.run("getComputedStyle(document.getElementById('ns-player')).backgroundColor")
            )
    assert shown[0] == "rgb(255, 255, 255)"
    assert shown[1] != shown[0]
