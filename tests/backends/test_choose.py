import logging
import sys
from pathlib import Path
from types import ModuleType

import pytest

from neurospatial.backends import BackendUnavailable, choose_backend
from neurospatial.backends.choose import _choose_without_file, is_notebook


@pytest.fixture(autouse=True)
def no_wish(monkeypatch):
    monkeypatch.delenv("NEUROSPATIAL_BACKEND", raising=False)


@pytest.fixture
def shell(monkeypatch):
    """Be in a shell of IPython, given by its classes' names and the module of the last."""

    def enter(*names, module=__name__):
        kind = object
        for name in names:
            kind = type(name, () if kind is object else (kind,), {"__module__": module})
        ipython = ModuleType("IPython")
        ipython.get_ipython = kind
        monkeypatch.setitem(sys.modules, "IPython", ipython)

    return enter


@pytest.fixture
def here(monkeypatch):
    """Say which backends can run, and with which platform of Qt."""

    def say(*names, platform=""):
        monkeypatch.setenv("QT_QPA_PLATFORM", platform)
        monkeypatch.setattr("neurospatial.backends.choose.can_run", names.__contains__)

    return say


def test_suffix_decides(poster):
    for name in ("a.poster", "A.POSTER"):
        assert choose_backend("auto", Path(name)) is poster.backend


def test_suffix_goes_before_the_environment_variable(poster, wall, monkeypatch):
    monkeypatch.setenv("NEUROSPATIAL_BACKEND", "wall")
    assert choose_backend("auto", Path("a.poster")) is poster.backend
    assert choose_backend("auto", None).name == "wall"


@pytest.mark.usefixtures("wall", "poster")
def test_name_goes_before_everything(monkeypatch):
    monkeypatch.setenv("NEUROSPATIAL_BACKEND", "poster")
    assert choose_backend("wall", None).name == "wall"


def test_wrong_environment_variable_is_said(monkeypatch):
    monkeypatch.setenv("NEUROSPATIAL_BACKEND", "vide")
    with pytest.raises(ValueError, match=r"no backend 'vide'\. Did you mean 'video'"):
        choose_backend("auto", None)


def test_notebook_gets_the_widget_then_napari_then_a_page(shell, here):
    shell("ZMQInteractiveShell")
    here("widget", "napari")
    assert _choose_without_file() == ("widget", "this is a notebook")
    here("napari")
    assert _choose_without_file()[0] == "napari"
    here()
    assert _choose_without_file()[0] == "html"


@pytest.mark.parametrize(
    ("names", "module", "expected"),
    [
        (("ZMQInteractiveShell",), "ipykernel.zmqshell", True),
        (("ZMQInteractiveShell", "Shell"), "google.colab._shell", True),
        (("ZMQInteractiveShell", "SpyderShell"), "spyder_kernels.console.shell", False),
        (("TerminalInteractiveShell",), "IPython.terminal", False),
    ],
)
def test_what_is_a_notebook(shell, here, names, module, expected):
    here("widget", "napari")
    shell(*names, module=module)
    assert is_notebook() is expected
    assert _choose_without_file()[0] == ("widget" if expected else "napari")


def test_a_window_that_nobody_sees_is_not_chosen(here):
    here("napari", "widget")
    assert _choose_without_file() == ("napari", "it can open a window")
    for platform in ("offscreen", "minimal:enable_fonts", "minimalegl"):
        here("napari", "widget", platform=platform)
        assert _choose_without_file() == ("html", "no window can be opened")


def test_choice_is_logged_with_its_reason(poster, wall, monkeypatch, caplog):
    monkeypatch.setenv("NEUROSPATIAL_BACKEND", "wall")
    with caplog.at_level(logging.INFO, "neurospatial"):
        choose_backend("auto", Path("a.poster"))
        choose_backend("auto", None)
        choose_backend("poster", None)
    assert caplog.messages == [
        "Backend poster: save_path ends in .poster.",
        "Backend wall: NEUROSPATIAL_BACKEND names it.",
        "Backend poster: it was asked for.",
    ]


def test_one_that_cannot_run_says_how_to_mend_it(poster):
    poster.missing = "It needs paper: pip install paper"
    for caught in (BackendUnavailable, ImportError, RuntimeError):
        with pytest.raises(caught, match=r"poster backend cannot run here\. .*paper"):
            choose_backend("poster", None)


@pytest.mark.usefixtures("poster")
def test_foreign_suffix_is_refused():
    with pytest.raises(
        ValueError, match=r"(?s)poster backend does not write '\.mp4'.*WHY.*HOW.*\['\.poster'\]"
    ):
        choose_backend("poster", Path("a.mp4"))


@pytest.mark.usefixtures("wall")
def test_viewer_writes_no_file():
    with pytest.raises(ValueError, match=r"(?s)wall backend writes no file.*Leave save_path out"):
        choose_backend("wall", Path("a.mp4"))
