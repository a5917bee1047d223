"""Several panels in one page: cells, shared colours, slow panels, controls; in Chromium."""

import numpy as np
import pytest

from neurospatial.scene import FieldPanel, Scene, SceneOptions, compile_panels
from neurospatial.testing.scenes import FixedOverlay
from tests.html.browser import open_tab
from tests.html.pages import bumps, every_layer, room, write

LONG = "a name that is much longer than its panel is wide, whatever size it is written in " * 3


def several(titles: list[str], **options: object) -> Scene:
    env = room()
    panels = [FieldPanel(env, bumps(env, 3), title=title, vmin=0.0, vmax=1.0) for title in titles]
    return compile_panels(panels, SceneOptions(**options))


def test_thirty_linked_panels_lie_in_their_cells_with_one_bar(tab, tmp_path):
    titles = [f"cell {number}" for number in range(30)]
    tab.page.set_viewport_size({"width": 1280, "height": 800})
    tab.open(write(several(titles, link=("color", "view")), tmp_path / "page.html"))
    views = [view.bounding_box() for view in tab.page.locator(".ns-view").all()]
    assert len({round(view["x"]) for view in views}) == 6
    assert len({round(view["y"]) for view in views}) == 5
    assert min(view["width"] for view in views) >= 110
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert tab.words(".ns-limits") == "0 – 1"


@pytest.mark.parametrize("width", [1280, 390])
def test_long_names_are_shortened_and_widen_nothing(browser, tmp_path, width):
    path = write(several([LONG, "b", ""], link=None), tmp_path / "page.html")
    with open_tab(browser, viewport={"width": width, "height": 800}) as tab:
        tab.open(path)
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
        chooser = tab.page.get_by_label("Panel", exact=True)
        assert chooser.bounding_box()["width"] <= 180
        options = tab.run("[...document.querySelector('.ns-panel').options].map((it) => it.text)")
        assert options[0] == "All panels"
        assert options[1].startswith("a name")
        assert options[2:] == ["b", "Panel 3"]


def test_nothing_is_seen_beside_the_controls_that_it_scrolls_beneath(tab, tmp_path):
    tab.page.set_viewport_size({"width": 1280, "height": 800})
    tab.open(write(several([str(k) for k in range(40)], link=None), tmp_path / "page.html"))
    assert tab.page.evaluate("document.documentElement.scrollHeight") > 1000
    for top in (0, 400, 10_000):
        tab.page.evaluate("(top) => scrollTo(0, top)", top)
        box = tab.page.locator(".ns-controls").bounding_box()
        assert box["x"] == 0
        assert box["width"] >= 1280 - 20  # All but the scroll bar.
        assert box["y"] + box["height"] <= 801
        row = tab.page.locator(".ns-row").first.bounding_box()
        assert row["width"] == pytest.approx(900, abs=20)


def test_a_low_window_is_left_to_the_picture(browser, tmp_path):
    path = write(several(["a", "b"]), tmp_path / "page.html")
    with open_tab(browser, viewport={"width": 700, "height": 320}) as tab:
        tab.open(path)
        position = "getComputedStyle(document.querySelector('.ns-controls')).position"
        assert tab.run(position) == "static"


def test_the_keyboard_chooses_a_panel_and_its_layers(tab, tmp_path):
    env, marks = room(), FixedOverlay(every_layer(3))
    panels = [
        FieldPanel(env, bumps(env, 3), title="a", vmin=0.0, vmax=1.0),
        FieldPanel(env, bumps(env, 3), title="b", vmin=0.0, vmax=1.0, overlays=marks),
    ]
    tab.open(write(compile_panels(panels, SceneOptions(link=None)), tmp_path / "page.html"))
    tab.page.get_by_label("Panel", exact=True).focus()
    layers = "[...document.querySelectorAll('.ns-layer')].map((it) => it.textContent)"
    assert {"Goal", "Speed"} <= set(tab.run(layers))
    tab.page.keyboard.press("ArrowDown")
    assert tab.run(layers) == ["Field"]
    assert tab.run("player.frame") == 0
    tab.page.keyboard.press("ArrowDown")
    assert "Goal" in tab.run(layers)
    assert "Speed" not in tab.run(layers)
    for _ in range(2):
        tab.page.keyboard.press("Tab")
    tab.page.keyboard.press("Space")
    (hidden,) = [
        name for name, shown in tab.run("player.listVisible(1)").items()
        if not shown and name != "Feeder"
    ]  # fmt: skip
    assert hidden == tab.run(layers)[1]
    assert tab.run("player.listVisible(0)") == {"Field": True}


def test_one_panel_has_no_choice_of_panels(tab, tmp_path):
    tab.open(write(several(["alone"]), tmp_path / "page.html"))
    assert tab.page.get_by_label("Panel", exact=True).count() == 0


def test_a_slow_panel_shows_its_nearest_frame_and_nothing_outside_its_span(tab, tmp_path):
    env = room()
    levels = np.linspace(0, 1, 4)[:, np.newaxis] * np.ones(env.n_bins)
    panels = [
        FieldPanel(env, bumps(env, 61), frame_times=np.arange(61) / 10, vmin=0, vmax=1, title="a"),
        FieldPanel(env, levels, frame_times=[2.0, 3.0, 4.0, 5.0], vmin=0, vmax=1, title="b"),
        FieldPanel(env, levels[3], vmin=0, vmax=1, title="c"),
    ]
    scene = compile_panels(panels, SceneOptions(link=None))
    tab.open(write(scene, tmp_path / "page.html"))
    for frame in (0, 20, 24, 26, 40, 60, 33):
        tab.show(frame)
        for number in (1, 2):
            (field,) = scene.panels[number].fields
            codes = field.color.quantise(field.shown.read(frame, frame + 1)[0])
            shown = tab.pixels(f"player.panelPixels({number})")
            height, width = shown.shape[:2]
            raster = scene.panels[number].view.make_raster(width, height)
            bins = field.geometry.index_map(raster)
            expected = np.append(field.color.rgba_lut[codes], [[0] * 4], axis=0)[bins]
            assert np.array_equal(shown, expected), (frame, number)
    assert (tab.run("[player.frame]")) == [33]
    tab.show(0)
    tab.page.locator(".ns-view").nth(1).hover()
    assert "no value" in tab.words(".ns-readout")


def test_strips_of_one_name_are_told_apart(tab, tmp_path):
    env, layers = room(), every_layer(3)
    panels = [
        FieldPanel(env, bumps(env, 3), title=title, overlays=FixedOverlay(layers))
        for title in ("left", "right")
    ]
    tab.open(write(compile_panels(panels), tmp_path / "page.html"))
    assert tab.page.locator(".ns-strip:visible").count() == 2
    tab.page.get_by_label("left: Speed", exact=True).uncheck()
    assert tab.page.locator(".ns-strip:visible").count() == 1
    assert tab.run("player.layersVisible")["right: Speed"] is True
