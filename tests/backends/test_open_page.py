"""What a script shows that asks for no file: a page, opened or its path said."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from neurospatial import animate_fields
from neurospatial.backends import open_page

SCRIPT = """
import numpy as np
from neurospatial import Environment

env = Environment.from_grid_edges([np.arange(4.0), np.arange(3.0)])
print(env.animate_fields(np.eye(6), progress=False))
"""


def run_script(folder, script=SCRIPT, **variables):
    """Run a script as a user without a display does, and give what it printed and said."""
    gone = {"DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "NEUROSPATIAL_BACKEND", "QT_QPA_PLATFORM"}
    kept = {name: value for name, value in os.environ.items() if name not in gone}
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder, env={**kept, **variables}, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip(), done.stderr


def make_browser(folder, status=0):
    """Write a program that keeps the address it was given."""
    browser = folder / "browser"
    browser.write_text(f'#!/bin/sh\necho "$@" >> "{folder}/addresses"\nexit {status}\n')
    browser.chmod(browser.stat().st_mode | stat.S_IXUSR)
    return str(browser)


def test_without_a_display_the_path_is_said(tmp_path):
    printed, said = run_script(tmp_path)
    page = tmp_path / "animation.html"
    assert printed == str(page)
    assert f"The animation is in {page} (0." in said
    assert "no browser was found" in said
    assert page.read_bytes().startswith(b"<!DOCTYPE html>")
    assert [path.name for path in tmp_path.iterdir()] == ["animation.html"]


def test_with_a_browser_it_is_opened(tmp_path):
    (tmp_path / "animation.html").write_text("mine")
    script = SCRIPT.replace(
        "print(env", "print(env.animate_fields(np.eye(6), progress=False))\nprint(env"
    )
    printed, said = run_script(tmp_path, script, BROWSER=make_browser(tmp_path))
    pages = [tmp_path / f"animation-{number}.html" for number in (2, 3)]
    assert printed.split() == list(map(str, pages))
    assert (tmp_path / "addresses").read_text().split() == [page.as_uri() for page in pages]
    assert (tmp_path / "animation.html").read_text() == "mine"
    assert said.count("it was given to the browser") == 2


@pytest.fixture
def screenless(monkeypatch, tmp_path):
    """Be in a folder of a machine without a display, where no window is seen."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "NEUROSPATIAL_BACKEND"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("screenless")
@pytest.mark.parametrize("why", ["fails", "is of text", "is not there"])
def test_a_browser_that_shows_nothing_is_none(env, monkeypatch, tmp_path, capsys, why):
    browsers = {
        "fails": make_browser(tmp_path, status=1),
        "is of text": "w3m",
        "is not there": str(tmp_path / "none"),
    }
    monkeypatch.setenv("BROWSER", browsers[why])
    monkeypatch.setattr("webbrowser._tryorder", None)
    monkeypatch.setattr("webbrowser._browsers", {})
    assert animate_fields(env, np.eye(1, 12), progress=False).exists()
    assert "no browser was found" in capsys.readouterr().err


@pytest.mark.usefixtures("screenless")
def test_where_nothing_can_be_written_it_is_a_temporary_file(env, monkeypatch, tmp_path):
    elsewhere = tmp_path / "temporary"
    elsewhere.mkdir()
    monkeypatch.setattr(open_page, "gettempdir", lambda: str(elsewhere))
    gone = tmp_path / "gone"
    gone.mkdir()
    os.chdir(gone)
    gone.rmdir()
    assert animate_fields(env, np.eye(1, 12), progress=False) == elsewhere / "animation.html"


@pytest.mark.usefixtures("screenless")
@pytest.mark.parametrize(
    "wrong", [{"fps": 0}, {"crf": 3}, {"progress": lambda done, total: 1 / 0}]
)
def test_nothing_is_left_where_it_fails(env, tmp_path, wrong):
    with pytest.raises((TypeError, ValueError, ZeroDivisionError)):
        animate_fields(env, np.eye(6, 12), **{"progress": False, **wrong})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("screenless")
def test_the_variable_that_names_pages_means_the_same(env, monkeypatch, tmp_path):
    monkeypatch.setenv("NEUROSPATIAL_BACKEND", "html")
    assert animate_fields(env, np.eye(1, 12), progress=False) == Path.cwd() / "animation.html"


@pytest.mark.usefixtures("screenless")
def test_a_page_asked_for_by_name_is_handed_over(env, tmp_path, capsys):
    page = animate_fields(env, np.eye(1, 12), backend="html", progress=False)
    assert "page.save(" in repr(page)
    assert (list(tmp_path.iterdir()), capsys.readouterr().err) == ([], "")
