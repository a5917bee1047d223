"""What is shown where no kernel runs."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from neurospatial.widget import WidgetOptions
from neurospatial.widget.static_page import count_bytes, make_static_html
from tests.html.pages import bumps, every_layer, room, scene_in
from tests.waiting import HANGS, wait_until
from tests.widget.lab import environment, notebook

_SETUP = """
import numpy as np
from neurospatial import Environment
edges = [np.arange(9) * 5.0, np.arange(7) * 5.0]
env = Environment.from_mask(np.ones((8, 6), bool), edges, units="cm")
fields = np.add.outer(np.arange(20.0), np.arange(env.n_bins))
"""
_SMALL = "env.animate_fields(fields, backend='widget', title='Small', figsize=(4, 3))"
_LARGE = "env.animate_fields(fields, backend='widget', title='Large', static_mb=0.0005)"


def scene(n_frames: int = 20):
    env = room()
    return scene_in(env, bumps(env, n_frames), *every_layer(n_frames), title="Bumps")


def test_size_is_known_without_reading():
    header = {
        "labels": {"n": 10, "rows": 4096, "name": "t0"},
        "panels": [
            {"layers": [
                {"values": {"dtype": "uint8", "shape": [10, 6], "rows": 9, "name": "a1"}},
                {"xy": {"dtype": "float32", "shape": [10, 1, 2], "rows": 9, "name": "a2"}},
                {"xy": {"dtype": "float32", "shape": [10, 1, 2], "rows": 9, "name": "a2"}},
                {"index_map": {"dtype": "int32", "shape": [9, 9], "rows": 9, "name": "a4"}},
                {"size": [4, 3], "pictures": {"name": "i3", "n": 5, "mime": "image/jpeg"}},
            ]},
        ],
    }  # fmt: skip
    assert count_bytes(header) == 60 + 80 + 5 * 12 * 3


def test_a_small_animation_is_kept_as_a_page():
    html = make_static_html(scene(), WidgetOptions(), "abc")
    assert 'data-ns-static="abc"' in html
    assert html.count("<iframe ") == 1
    assert "srcdoc=" in html


def test_of_a_large_one_the_way_to_a_page_is_said_and_nothing_read():
    class Unread:
        shape, dtype = (1_000_000, 48), np.dtype(np.float32)

        def __getitem__(self, key):
            raise AssertionError("a field has been read")

    large = scene_in(room(), Unread())
    html = make_static_html(large, WidgetOptions(), "abc")
    assert "<iframe" not in html
    assert "The 1000000 frames of this animation are 5" in html
    assert "more than the 5 MB (static_mb)" in html
    assert "widget.save(&#x27;animation.html&#x27;) writes a page" in html


def test_none_is_kept_where_none_is_wanted():
    assert "<iframe" not in make_static_html(scene(), WidgetOptions(static_mb=0), "abc")


def test_in_a_terminal_it_is_plain_text(tmp_path):
    code = f"{_SETUP}\ndisplay({_SMALL})"
    settings = environment(tmp_path)
    command = [sys.executable, "-m", "IPython", "--no-banner", "--colors=NoColor", "-c", code]
    done = subprocess.run(command, env=settings, capture_output=True, text=True, timeout=60)
    words = "FieldsWidget(20 frames; widget.save('animation.html') writes a page)"
    assert done.stdout.strip() == words, done.stderr


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A notebook that was run and exported, by Jupyter's own command."""
    pytest.importorskip("nbconvert", reason="nbconvert is not installed")
    folder = tmp_path_factory.mktemp("notebooks")
    notebook(folder / "run.ipynb", _SETUP, _SMALL, _LARGE)
    settings = environment(tmp_path_factory.mktemp("jupyter"))
    for form in ("notebook", "html"):
        given = ["--execute", "--inplace"] if form == "notebook" else []
        command = [sys.executable, "-m", "nbconvert", "--to", form, *given, "run.ipynb"]
        done = subprocess.run(
            command, cwd=folder, env=settings, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stderr
    return folder


def test_a_notebook_keeps_the_widget_and_the_page(folder: Path):
    cells = json.loads((folder / "run.ipynb").read_text("utf-8"))["cells"]
    shown, kept = cells[1]["outputs"]
    assert "application/vnd.jupyter.widget-view+json" in shown["data"]
    assert shown["data"]["text/plain"][0].startswith("FieldsWidget(20 frames;")
    assert "text/html" not in shown["data"]
    assert "<iframe" in "".join(kept["data"]["text/html"])
    text = "".join(cells[2]["outputs"][1]["data"]["text/html"])
    assert "static_mb" in text
    assert "<iframe" not in text


def test_an_exported_notebook_shows_the_page_without_a_network(browser, folder: Path):
    context = browser.new_context(offline=True, viewport={"width": 1000, "height": 1400})
    page = context.new_page()
    page.goto((folder / "run.html").as_uri())
    frame = page.frame_locator("[data-ns-static] iframe").first
    frame.locator(".ns-title").wait_for(timeout=1000 * HANGS)
    assert frame.locator(".ns-title").inner_text() == "Small"
    assert frame.locator(".ns-counter").inner_text() == "1 / 20"
    frame.locator(".ns-view").wait_for()
    frame.locator("[aria-label='Next frame']").click()
    wait_until(lambda: frame.locator(".ns-counter").inner_text() == "2 / 20")
    large = page.locator("[data-ns-static]").nth(1)
    large.get_by_text("static_mb").wait_for()
    context.close()
