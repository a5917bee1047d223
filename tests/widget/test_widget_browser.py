"""The widget driven in a headless Chromium: what is done on one side is known on the other."""

import numpy as np
import pytest

from neurospatial.widget import FieldsWidget, WidgetOptions, backend
from tests.html.browser import open_tab
from tests.html.pages import bumps, every_layer, room, scene_in
from tests.widget.host import Host
from tests.widget.test_panels import panels_of


def widget(n_frames: int = 400, **more: object) -> FieldsWidget:
    env = room()
    layers = every_layer(n_frames)
    scene = scene_in(env, bumps(env, n_frames), *layers, title="Bumps", **more)
    return backend.present(scene, WidgetOptions(figsize=(4.0, 3.0)))


@pytest.fixture
def shown(host):
    made = widget()
    host.show(made)
    return made


def told(host: Host, name: str) -> list[object]:
    """What the page has said of a trait, in order."""
    states = [message["state"] for message in host.sent() if message["method"] == "update"]
    return [state[name] for state in states if name in state]


def test_opens_on_the_first_frame_and_says_nothing(host, shown):
    assert host.tab.words(".ns-title") == "Bumps"
    assert host.tab.words(".ns-counter") == "1 / 400"
    host.tab.hold_time()
    host.tab.pass_time(300)
    assert told(host, "frame") == []
    assert [message for message in host.sent() if message["method"] == "update"] == []


def test_opens_as_python_has_left_it(host):
    made = widget()
    made.frame, made.speed, made.loop, made.vmin = 123, 2.0, True, 0.25
    made.layers_visible = {"Goal": False, "Feeder": True}
    host.show(made)
    host.tab.until("player.frame === 123")
    assert host.tab.run("[player.speed, player.loop, player.limits]") == [2, True, [0.25, 1]]
    assert host.tab.run("player.layersVisible") == made.layers_visible
    assert [message for message in host.sent() if message["method"] == "update"] == []


def test_what_is_done_in_the_browser_is_known_to_python(host, shown):
    page = host.tab.page
    page.focus(".ns-player:not(.ns-notice)")
    page.keyboard.press("End")
    page.keyboard.press("+")
    page.click("[aria-label=Loop]")
    page.get_by_label("Goal", exact=True).uncheck()
    page.get_by_label("Lowest colour").focus()
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    host.tab.until("host.model.get('frame') === 399")
    assert (shown.frame, shown.speed, shown.loop) == (399, 2.0, True)
    assert shown.layers_visible["Goal"] is False
    assert shown.vmin == pytest.approx(20 / 255)
    assert shown.vmax == 1.0


def test_what_python_sets_is_shown(host, shown):
    before = host.tab.pixels()
    shown.frame = 250
    host.deliver()
    host.tab.until("document.querySelector('.ns-counter').textContent === '251 / 400'")
    assert (host.tab.pixels() != before).any()
    with shown.hold_trait_notifications():
        shown.vmin, shown.vmax = 0.25, 0.5
    shown.speed, shown.loop = 1.5, True
    shown.layers_visible = {"Field": False}
    host.deliver()
    assert host.tab.run("[player.limits, player.speed, player.loop]") == [[0.25, 0.5], 1.5, True]
    assert not host.tab.page.get_by_label("Field", exact=True).is_checked()
    assert (shown.vmin, shown.vmax, shown.speed) == (0.25, 0.5, 1.5)
    assert [message for message in host.sent() if message["method"] == "update"] == []


def test_playing_is_told_ten_times_a_second_and_the_last_frame_exactly(host, shown):
    host.tab.hold_time()
    shown.playing = True
    host.deliver()
    host.tab.pass_time(1500)
    assert host.tab.run("player.playing")
    host.tab.page.click(".ns-play")
    host.tab.pass_time(200)
    frame = host.tab.run("player.frame")
    host.tab.until(f"host.model.get('frame') === {frame}")
    assert not shown.playing
    assert shown.frame == frame == 45
    frames = told(host, "frame")
    assert frames == sorted(frames)
    assert 14 <= len(frames) <= 16


def test_playing_ends_at_the_last_frame_on_both_sides(host, shown):
    shown.frame = 395
    shown.playing = True
    host.deliver()
    host.tab.until("!host.model.get('playing')")
    host.tab.until("host.model.get('frame') === 399")
    assert (shown.playing, shown.frame) == (False, 399)


def test_python_may_seek_while_it_plays(host, shown):
    host.tab.hold_time()
    shown.playing = True
    host.deliver()
    host.tab.pass_time(300)
    assert host.tab.run("player.frame") == 9
    shown.frame = 300
    host.deliver()
    host.tab.pass_time(300)
    assert host.tab.run("player.frame") == 309
    assert host.tab.run("player.playing")


def test_only_what_is_looked_at_is_asked_for(host):
    env = room(60, 50)
    fields = np.broadcast_to(np.linspace(0, 1, env.n_bins, dtype=np.float32), (100_000, 3000))
    made = backend.present(scene_in(env, fields), WidgetOptions(figsize=(4.0, 3.0)))
    host.show(made)
    entry = made._bundle.header["panels"][0]["layers"][0]["values"]
    host.tab.show(77_777)
    chunks = [name for name in host.asked() if name.startswith(f"{entry['name']}/")]
    assert f"{entry['name']}/{77_777 // entry['rows']}" in chunks
    assert len(chunks) <= 4
    assert len(host.asked()) == len(set(host.asked()))


def test_a_frame_passed_by_is_not_fetched(host):
    env = room(60, 50)
    fields = np.broadcast_to(np.linspace(0, 1, env.n_bins, dtype=np.float32), (100_000, 3000))
    made = backend.present(scene_in(env, fields), WidgetOptions(figsize=(4.0, 3.0)))
    host.show(made)
    entry = made._bundle.header["panels"][0]["layers"][0]["values"]
    host.tab.until("host.sent.length >= 5")
    host.tab.run("player.show(0)")
    before = len(host.asked())
    host.tab.run(
        """(async () => {
            host.hold();
            for (let i = 1; i <= 90; i++) {
                player.frame = i * 1000;
                await new Promise((resolve) => setTimeout(resolve, 1));
            }
            const shown = player.show(90_500);
            host.release();
            await shown;
        })()"""
    )
    asked = [name for name in host.asked()[before:] if name.startswith(f"{entry['name']}/")]
    wanted = 90_500 // entry["rows"]
    assert f"{entry['name']}/{wanted}" in asked
    far = [name for name in asked if int(name.partition("/")[2]) < wanted - 10]
    assert len(far) <= 4, "none but those already asked for when the next was wanted"


def test_two_views_show_the_same(host, shown):
    host.show_again()
    views = "[...document.querySelectorAll('.ns-player:not(.ns-notice)')].map((it) => it.player)"
    assert host.tab.run(f"{views}.length") == 2
    host.tab.run(f"{views}[1].show(50)")
    host.tab.until(f"{views}[0].frame === 50")
    assert shown.frame == 50
    host.tab.hold_time()
    host.tab.run(f"{views}[0].play()")
    host.tab.pass_time(1000)
    frames = host.tab.run(f"{views}.map((it) => it.frame)")
    assert abs(frames[0] - frames[1]) <= 3
    assert frames[0] == 80
    host.tab.run(f"{views}[1].pause()")
    host.tab.until(f"!{views}[0].playing && {views}[0].frame === {views}[1].frame")
    host.tab.pass_time(200)
    host.tab.until(f"host.model.get('frame') === {views}[1].frame")
    assert not shown.playing


def test_a_view_that_is_gone_asks_and_says_nothing_more(host, shown):
    host.tab.run("host.model.views[0].remove()")
    n_sent = len(host.sent())
    host.tab.hold_time()
    shown.frame = 200
    host.deliver()
    host.tab.pass_time(300)
    assert len(host.sent()) == n_sent
    assert host.tab.page.locator(".ns-player").count() == 0


def test_a_notebook_s_theme_goes_before_the_system_s(host, shown):
    observed = []
    for theme in (None, "true", "false", "true"):
        if theme is not None:
            host.tab.run("document.body.setAttribute('data-jp-theme-light', given)", theme)
        host.tab.run("new Promise((done) => requestAnimationFrame(done))")
        axes = host.tab.run("document.querySelector('.ns-chrome').toDataURL()")
        element = "getComputedStyle(document.querySelector('.ns-player:not(.ns-notice)'))"
        observed.append((axes, host.tab.run(f"{element}.backgroundColor")))
    assert observed[0] == observed[1] == observed[3]
    assert observed[1][1] == "rgb(255, 255, 255)"
    assert observed[2][1] == "rgb(21, 25, 29)"
    assert observed[2][0] != observed[1][0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_no_taller_than_it_was_asked_to_be(browser, tmp_path, scheme):
    settings = {"viewport": {"width": 1000, "height": 1600}, "color_scheme": scheme}
    with open_tab(browser, **settings) as tab:
        Host(tab, tmp_path).show(widget())
        assert 250 <= tab.page.locator(".ns-figure").bounding_box()["height"] <= 420


def test_panels_are_chosen_in_the_browser_and_known_to_python(host):
    shown = panels_of()
    host.show(shown)
    page = host.tab.page
    page.get_by_label("Panel", exact=True).select_option("Panel 2")
    page.get_by_label("Goal", exact=True).uncheck()
    page.get_by_label("Field", exact=True).uncheck()
    page.get_by_label("Lowest colour").focus()
    for _ in range(51):
        page.keyboard.press("ArrowRight")
    host.tab.until("host.model.get('limits')['2'][0] > 1.79")
    assert shown.limits == {"left": (0.0, 1.0), "2": (pytest.approx(9 * 51 / 255), 9.0)}
    assert (shown.vmin, shown.vmax) == (0.0, 1.0)
    hidden = {name for name, visible in shown.layers_visible.items() if not visible}
    assert hidden == {"2: Goal", "2: Field", "2: Feeder", "LFP"}
    page.get_by_label("Panel", exact=True).select_option("left")
    page.get_by_label("Lowest colour").press("ArrowRight")
    host.tab.until("host.model.get('vmin') > 0")
    assert shown.limits["left"] == (pytest.approx(1 / 255), 1.0)
    assert shown.vmin == pytest.approx(1 / 255)


def test_what_python_sets_of_a_panel_is_shown_in_that_panel(host):
    shown = panels_of()
    host.show(shown)
    before = [host.tab.pixels(f"player.panelPixels({number})") for number in range(2)]
    shown.limits = {"2": (0.5, 1.0)}
    shown.layers_visible = {"2: Goal": False, "Speed": False}
    host.deliver()
    after = [host.tab.pixels(f"player.panelPixels({number})") for number in range(2)]
    assert (before[0] == after[0]).all()
    assert (before[1] != after[1]).any()
    assert host.tab.page.locator(".ns-strip:visible").count() == 0
    assert host.tab.run("player.scales[0].limits") == [0, 1]
    assert host.tab.run("player.scales[1].limits") == pytest.approx([0.5, 1])
    shown.vmin = 0.25
    host.deliver()
    assert host.tab.run("player.scales[0].limits") == [0.25, 1]
    assert [message for message in host.sent() if message["method"] == "update"] == []
