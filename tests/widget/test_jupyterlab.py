"""The widget in JupyterLab, which is started for real."""

import pytest

from tests.waiting import HANGS, wait_until
from tests.widget.lab import LabTab, notebook, running_lab

_MAKE = """
import ipywidgets, tempfile
import numpy as np
from neurospatial import Environment
from neurospatial.animation import PositionOverlay

edges = [np.arange(31) * 2.0, np.arange(46) * 2.0]
env = Environment.from_mask(np.ones((30, 45), bool), edges, units="cm")
times = np.arange(100_000) / 20
path = np.column_stack([30 + 25 * np.cos(times / 3), 45 + 38 * np.sin(times / 4.7)])
fields = np.memmap(tempfile.mkstemp()[1], np.float32, "w+", shape=(100_000, env.n_bins))
for start in (0, 77_500):
    part = slice(start, start + 500)
    away = np.linalg.norm(env.bin_centers - path[part, np.newaxis], axis=-1)
    fields[part] = 8 * np.exp(-((away / 12) ** 2))
"""
_SHOW = """
widget = env.animate_fields(
    fields, backend="widget", vmin=0, vmax=8, frame_times=times, title="Place field",
    overlays=[PositionOverlay(path, times, trail_length=20)], colorbar_label="rate [Hz]",
)
seen = []
widget.observe(lambda change: seen.append(change["new"]), "frame")
widget
"""
_LINKED = """
slider = ipywidgets.IntSlider(max=99_999)
_ = ipywidgets.jslink((slider, "value"), (widget, "frame"))
slider
"""
CELLS = [
    _MAKE,
    _SHOW,
    "widget.frame, widget.playing, len(seen)",
    "widget.frame = 77_777\nwidget.vmax = 4.0\nwidget.layers_visible = {'Position': False}",
    "widget.frame, widget.speed, widget.vmin",
    _LINKED,
    "widget",
    "widget.close()\nwidget",
]


@pytest.fixture(scope="module")
def lab(browser, tmp_path_factory):
    root = tmp_path_factory.mktemp("notebooks")
    path = notebook(root / "fields.ipynb", *CELLS)
    with running_lab(tmp_path_factory.mktemp("jupyter"), root) as address:
        context = browser.new_context(viewport={"width": 1200, "height": 1800})
        context.set_default_timeout(1000 * HANGS)
        lab = LabTab(context.new_page(), address)
        lab.open(path)
        yield lab
        context.close()


def ask(lab, cell, frame):
    """Run a cell until it says a frame, of which Python is told a moment later; give the rest."""
    said = []

    def is_told():
        said[:] = lab.run(cell).strip("()").split(", ")
        return int(said[0]) == frame

    wait_until(is_told, f"that Python is told of frame {frame}")
    return said[1:]


def test_everything_in_one_sitting(lab):
    lab.run(0)
    lab.run(1)
    lab.until("player && player.ready.then(() => true)")
    assert lab.player("player.frame") == 0
    assert lab.page.inner_text(".ns-title") == "Place field"
    assert lab.page.inner_text(".ns-counter") == "1 / 100000"
    first = lab.page.locator(".ns-view").first.screenshot()

    begun = lab.player("performance.now()")
    lab.page.click(".ns-play")
    lab.until("player.frame > 20")
    lab.page.click(".ns-play")
    frame = lab.player("player.frame")
    playing, n_seen = ask(lab, 2, frame)
    tenths = (lab.player("performance.now()") - begun) / 100
    assert playing == "False"
    assert 2 <= int(n_seen) <= tenths + 2, "Python is told ten times a second at most"

    lab.run(3)
    lab.until("player.frame === 77777 && document.querySelector('.ns-label')")
    lab.until("document.querySelector('.ns-counter').textContent === '77778 / 100000'")
    assert lab.player("player.limits") == [0, 4]
    assert lab.player("player.layersVisible") == {"Field": True, "Position": False}
    assert lab.page.locator(".ns-view").first.screenshot() != first

    # To a frame that nobody has asked for, by the slider; then with keys, which
    # are the notebook's own while the cell is selected.
    box = lab.page.locator(".ns-slider").first.bounding_box()
    lab.page.mouse.click(box["x"] + box["width"] / 3, box["y"] + box["height"] / 2)
    lab.until("Math.abs(player.frame - 33_333) < 1500")
    lab.until(
        "document.querySelector('.ns-counter').textContent === `${player.frame + 1} / 100000`"
    )
    frame = lab.player("player.frame")
    for key in ("ArrowRight", "ArrowRight", "+"):
        lab.page.keyboard.press(key)
    lab.page.get_by_label("Lowest colour").first.fill("51")
    lab.until("player.frame === given", frame + 2)
    speed, vmin = ask(lab, 4, frame + 2)
    assert float(speed) == 2.0
    assert float(vmin) == pytest.approx(51 / 255 * 8)

    lab.run(5)
    lab.cell(5).locator(".widget-readout").fill("1234")
    lab.page.keyboard.press("Enter")
    lab.until("player.frame === 1234")

    lab.run(6)
    lab.until("document.querySelectorAll('.ns-figure').length === 2")
    lab.until(
        "[...document.querySelectorAll('.ns-counter')]"
        ".every((it) => it.textContent === '1235 / 100000')"
    )
    assert not lab.page.locator("[data-ns-static]").first.is_visible()
    assert not lab.page.locator(".ns-notice").first.is_visible()
    assert "closed" in lab.run(7)
    lab.until("document.querySelectorAll('.ns-figure').length === 0")
    ours = [message for message in lab.messages if "WebSocket" not in message]
    assert ours == []
