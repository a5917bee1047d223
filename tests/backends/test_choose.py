import logging
import sys
from pathlib import Path
from types import ModuleType

import pytest

from neurospatial.backends import BackendUnavailable, backend_statuses, choose_backend
from neurospatial.backends.choose import MANY_FRAMES, _choose_without_file


@pytest.fixture(autouse=True)
def no_wish(monkeypatch):
    monkeypatch.delenv("NEUROSPATIAL_BACKEND", raising=False)


@pytest.fixture
def shell(monkeypatch):
    """Be in a shell of IPython of a given kind."""

    def enter(kind):
        ipython = ModuleType("IPython")
        ipython.get_ipython = type(kind, (), {})
        monkeypatch.setitem(sys.modules, "IPython", ipython)

    return enter


def test_suffix_decides(poster):
    for name in ("a.poster", "A.POSTER"):
        assert choose_backend("auto", Path(name), 5) is poster.backend


def test_suffix_goes_before_the_environment_variable(poster, wall, monkeypatch):
    monkeypatch.setenv("NEUROSPATIAL_BACKEND", "wall")
    assert choose_backend("auto", Path("a.poster"), 5) is poster.backend
    assert choose_backend("auto", None, 5).name == "wall"


@pytest.mark.usefixtures("wall", "poster")
def test_name_goes_before_everything(monkeypatch):
    monkeypatch.setenv("NEUROSPATIAL_BACKEND", "poster")
    assert choose_backend("wall", None, 10**6).name == "wall"


def test_wrong_environment_variable_is_said(monkeypatch):
    monkeypatch.setenv("NEUROSPATIAL_BACKEND", "vide")
    with pytest.raises(ValueError, match=r"no backend 'vide'\. Did you mean 'video'"):
        choose_backend("auto", None, 5)


def test_many_frames_go_to_napari():
    assert _choose_without_file(MANY_FRAMES + 1)[0] == "napari"
    assert MANY_FRAMES == 10_000


def test_notebook_gets_the_widget(shell):
    shell("ZMQInteractiveShell")
    assert _choose_without_file(5) == ("widget", "this is a notebook")
    assert _choose_without_file(MANY_FRAMES + 1)[0] == "napari"


def test_terminal_of_ipython_is_no_notebook(shell):
    shell("TerminalInteractiveShell")
    assert _choose_without_file(5)[0] != "widget"


def test_page_is_what_is_left_without_napari():
    runs = {status.name: status.available for status in backend_statuses()}["napari"]
    left = ("napari", "it is available") if runs else ("html", "napari is not available")
    assert _choose_without_file(5) == left


def test_choice_is_logged_with_its_reason(poster, wall, monkeypatch, caplog):
    monkeypatch.setenv("NEUROSPATIAL_BACKEND", "wall")
    with caplog.at_level(logging.INFO, "neurospatial"):
        choose_backend("auto", Path("a.poster"), 5)
        choose_backend("auto", None, 5)
        choose_backend("poster", None, 5)
    assert caplog.messages == [
        "Backend poster: save_path ends in .poster.",
        "Backend wall: NEUROSPATIAL_BACKEND names it.",
        "Backend poster: it was asked for.",
    ]


def test_one_that_cannot_run_says_how_to_mend_it(poster):
    poster.missing = "It needs paper: pip install paper"
    for caught in (BackendUnavailable, ImportError, RuntimeError):
        with pytest.raises(caught, match=r"poster backend cannot run here\. .*paper"):
            choose_backend("poster", None, 5)


@pytest.mark.usefixtures("poster")
def test_foreign_suffix_is_refused():
    with pytest.raises(
        ValueError, match=r"(?s)poster backend does not write '\.mp4'.*WHY.*HOW.*\['\.poster'\]"
    ):
        choose_backend("poster", Path("a.mp4"), 5)


@pytest.mark.usefixtures("wall")
def test_viewer_writes_no_file():
    with pytest.raises(ValueError, match=r"(?s)wall backend writes no file.*Leave save_path out"):
        choose_backend("wall", Path("a.mp4"), 5)
