"""What the front end is given to run."""

import re
from pathlib import Path

import pytest

from neurospatial.widget.script import make_widget_script, make_widget_style
from tests.html.test_player import node


def test_parts_join_into_one_module(tmp_path):
    joined = tmp_path / "joined.mjs"
    joined.write_text(make_widget_script(), encoding="utf-8")
    node("--check", joined)
    assert not re.search(r"^import ", make_widget_script(), re.M)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|eval\(", make_widget_script())


@pytest.mark.parametrize("name", ["kernel_chunks"])
def test_parts(name, tmp_path):
    (tmp_path / "widget.mjs").write_text(make_widget_script(), encoding="utf-8")
    test = tmp_path / f"{name}.test.mjs"
    test.write_bytes((Path(__file__).parent / "js" / test.name).read_bytes())
    node("--test", test)


def test_anywidget_finds_what_it_calls_and_warns_of_nothing():
    script = make_widget_script()
    assert script.count("export default") == 1
    # Whoever exports `render` by name is told that this will go.
    assert not re.search(r"^export .*\brender\b(?! })", script, re.M)


def test_style_holds_the_player_s_and_the_notebook_s_themes():
    assert ".ns-player {" in make_widget_style()
    assert '[data-jp-theme-light="false"] .ns-player' in make_widget_style()
