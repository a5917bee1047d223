"""Fingers instead of a mouse, and screens as narrow as a telephone's, in a headless Chromium."""

import pytest

from tests.html.browser import open_tab
from tests.html.pages import bumps, every_layer, room, scene_in, write


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    env = room()
    path = tmp_path_factory.mktemp("page") / "page.html"
    return write(scene_in(env, bumps(env, 400), *every_layer(400)), path, figsize=(4.0, 3.0))


@pytest.fixture
def phone(browser, page):
    settings = {"has_touch": True, "is_mobile": True, "device_scale_factor": 2}
    with open_tab(browser, viewport={"width": 390, "height": 800}, **settings) as tab:
        tab.open(page)
        yield tab


def box_of(tab, selector):
    return tab.page.locator(selector).first.bounding_box()


def middle(box):
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(tab, start, stop, n_steps=8):
    """Draw a finger across the screen."""
    for step in range(n_steps + 1):
        x, y = (a + (b - a) * step / n_steps for a, b in zip(start, stop, strict=True))
        kind = "touchMove" if step else "touchStart"
        tab.devtools("Input.dispatchTouchEvent", type=kind, touchPoints=[{"x": x, "y": y}])
    tab.devtools("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])


def test_finger_draws_the_slider(phone):
    box = box_of(phone, ".ns-slider")
    y = box["y"] + box["height"] / 2
    drag(phone, (box["x"] + 14, y), (box["x"] + 0.75 * box["width"], y))
    assert abs(phone.run("player.frame") - 300) < 25
    phone.until("document.querySelector('.ns-counter').textContent.startsWith('2') ||"
                "document.querySelector('.ns-counter').textContent.startsWith('3')")  # fmt: skip


def test_finger_draws_the_range_of_colours(phone):
    handle = phone.page.get_by_label("Highest colour")
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    y = box["y"] + box["height"] / 2
    drag(phone, (box["x"] + box["width"] - 10, y), (box["x"] + box["width"] / 2, y))
    low, high = phone.run("player.scales[0].range")
    assert low == 0
    assert 90 < high < 165


def test_tap_reads_a_place_until_the_next(phone):
    phone.page.touchscreen.tap(*middle(box_of(phone, ".ns-view")))
    first = phone.words(".ns-readout")
    assert "bin" in first
    view = box_of(phone, ".ns-view")
    phone.page.touchscreen.tap(view["x"] + 20, view["y"] + 30)
    assert "bin" in phone.words(".ns-readout")
    assert phone.words(".ns-readout") != first


def test_buttons_are_as_large_as_a_finger(phone):
    for button in phone.page.locator(".ns-button").all():
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= 44
    for _ in range(3):
        phone.page.touchscreen.tap(*middle(box_of(phone, "[aria-label='Next frame']")))
    assert phone.run("player.frame") == 3


@pytest.mark.parametrize("width", [320, 390, 640, 1280])
def test_everything_is_within_the_screen(browser, page, width):
    with open_tab(browser, viewport={"width": width, "height": 800}) as tab:
        tab.open(page)
        tab.show(399)
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
        assert tab.words(".ns-counter") == "400 / 400"
        assert tab.words(".ns-time") == "13.300 s"
        assert box_of(tab, ".ns-slider")["width"] >= 120
        height = tab.page.evaluate("document.documentElement.scrollHeight")
        tab.page.locator(".ns-view").hover()
        assert "bin" in tab.words(".ns-readout")
        assert tab.page.evaluate("document.documentElement.scrollHeight") == height
