"""A page needs nothing, reaches nothing, and stays within the notebook that shows it."""

import re

import numpy as np
import pytest

from neurospatial.html import HTMLOptions, backend
from tests.html.browser import open_tab
from tests.html.pages import bumps, every_layer, room, scene_in, write

REFUSED = """(async () => {
    // What a third party's script would try; each is to be refused by the page's own policy.
    const refused = [];
    document.addEventListener("securitypolicyviolation", (event) => {
        refused.push(event.effectiveDirective);
    });
    const here = document.body;
    const added = (tag, more) => here.append(Object.assign(document.createElement(tag), more));
    await fetch("https://example.org/").catch(() => null);
    added("img", { src: "https://example.org/a.png" });
    added("script", { textContent: "window.hurt = 1" });
    added("style", { textContent: "body { color: red }" });
    added("iframe", { src: "https://example.org/" });
    here.setAttribute("onclick", "window.hurt = 1");
    here.click();
    window.refused = refused;
})()"""


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    env = room()
    scene = scene_in(env, bumps(env, 9000), *every_layer(9000), title="Bumps", scale_bar=10.0)
    return write(scene, tmp_path_factory.mktemp("page") / "page.html", figsize=(4.0, 3.0))


def test_all_of_it_works_within_its_policy(tab, page):
    tab.page.add_init_script(
        "window.refused = [];"
        "document.addEventListener('securitypolicyviolation', (event) => refused.push(event));"
    )
    tab.open(page)
    assert tab.page.url.startswith("file://")
    for frame in (8999, 4000):
        tab.show(frame)
    tab.page.keyboard.press("Space")
    tab.until("player.frame > 4010")
    tab.page.keyboard.press("Space")
    for name in ("Goal", "Animal", "Field", "Camera"):
        tab.page.get_by_label(name, exact=True).uncheck()
    tab.run("(player.limits = [0.2, 0.7])")
    with tab.page.expect_download():
        tab.page.click("[aria-label='Save frame as PNG']")
    assert tab.run("refused.length") == 0


def test_policy_refuses_what_is_not_the_players(tab, page):
    tab.open(page)
    failed = []
    tab.page.on("requestfailed", lambda request: failed.append(request.failure))
    tab.run(REFUSED)
    wanted = {"connect-src", "img-src", "script-src-elem", "script-src-attr", "style-src-elem"}
    wanted |= {"frame-src"}
    tab.until(f"new Set(refused).size >= {len(wanted)}")
    assert set(tab.run("refused")) == wanted
    assert tab.run("window.hurt") is None
    assert tab.run("player.frame") == 0
    assert set(failed) == {"csp"}
    tab.asked.clear()  # None of them got as far as the network.
    tab.messages.clear()  # The browser names each in its console.


def test_notebook_shows_the_page_in_a_frame_that_is_shut_in(browser, tmp_path):
    env = room()
    scene = scene_in(env, bumps(env, 50), title='"Bumps" & <more>')
    shown = backend.present(scene, HTMLOptions(progress=False, figsize=(4.0, 3.0)))
    host = tmp_path / "notebook.html"
    host.write_text(f"<!DOCTYPE html><p>In a notebook</p>{shown._repr_html_()}", "utf-8")
    with open_tab(browser) as tab:
        tab.page.goto(host.as_uri())
        frame = tab.page.frame_locator("iframe")
        frame.locator(".ns-counter", has_text="1 / 50").wait_for()
        assert frame.locator(".ns-title").inner_text() == '"Bumps" & <more>'
        box = tab.page.locator("iframe").bounding_box()
        controls = frame.locator(".ns-controls").bounding_box()
        assert controls["y"] + controls["height"] <= box["y"] + box["height"]
        frame.locator("[aria-label=Play]").click()
        frame.locator(".ns-counter", has_text="50 / 50").wait_for()
        with tab.page.expect_download() as download:
            frame.locator("[aria-label='Save frame as PNG']").click()
        assert download.value.suggested_filename == "frame-50.png"
        frame.locator("[aria-label='Copy frame as PNG']").click()
        frame.locator(".ns-readout", has_text="Frame 50 is on the clipboard").wait_for()
        inner = tab.page.frames[1]
        assert inner.evaluate("window.origin") == "null"


def test_frames_that_are_here_are_marked_on_the_slider(tab, page):
    tab.open(page)
    painted = "getComputedStyle(document.querySelector('.ns-buffered')).backgroundImage"
    edges = [float(edge) for edge in re.findall(r"([0-9.]+)%", tab.run(painted))]
    assert edges == pytest.approx([0, 0, *[100 * 4096 / 9000] * 2], abs=0.01)
    tab.show(8999)
    tab.until(f"{painted}.includes(' 100%')")


def test_focus_is_seen(tab, page):
    tab.open(page)
    found = set()
    for _ in range(40):
        tab.page.keyboard.press("Tab")
        name = tab.run(
            "document.activeElement.getAttribute('aria-label')"
            "|| document.activeElement.labels?.[0]?.textContent"
        )
        if name is None:
            break
        found.add(name)
        focused = tab.page.screenshot()
        tab.run("(window.was = document.activeElement).blur()")
        assert tab.page.screenshot() != focused, f"{name} looks alike without the focus"
        tab.run("was.focus()")
    assert {"Play", "Frame", "Loop", "Copy frame as PNG", "Goal", "Lowest colour"} <= found


@pytest.mark.parametrize("given", [np.zeros((0, 48)), []])
def test_no_frames_are_no_page(tmp_path, given):
    with pytest.raises(ValueError, match=r"0 frames|no frames|empty"):
        write(scene_in(room(), given), tmp_path / "page.html")
    assert not list(tmp_path.iterdir())
