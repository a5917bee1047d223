import re
import subprocess
import sys
import warnings
from textwrap import dedent

import pytest

from neurospatial.backends import (
    BackendUnavailable,
    backend_names,
    backend_statuses,
    get_backend,
)
from neurospatial.backends.registry import OURS, explain_missing_backend, find_backend_for_suffix
from neurospatial.install_hint import make_install_line

BROKEN = "raise RuntimeError('no such screen')"


@pytest.mark.usefixtures("wall", "poster")
def test_third_parties_come_through_the_same_door():
    assert {"wall", "poster"} <= set(backend_names())
    assert backend_names() == tuple(sorted(backend_names()))
    assert get_backend("wall").name == "wall"
    assert find_backend_for_suffix(".poster").name == "poster"


def test_listing_imports_none(install, tmp_path):
    install("broken", BROKEN)
    code = f"""
        import sys
        sys.path.insert(0, {str(tmp_path / "installed")!r})
        from neurospatial.backends import backend_names
        assert "broken" in backend_names(), backend_names()
        rooms = ["broken_for_neurospatial", "neurospatial.video", "neurospatial.html",
                 "neurospatial.widget", "neurospatial.napari", "av", "cv2", "napari", "IPython"]
        loaded = [room for room in rooms if room in sys.modules]
        assert not loaded, loaded
    """
    done = subprocess.run(
        [sys.executable, "-c", dedent(code)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_broken_one_is_warned_about_and_skipped(install, poster):
    install("broken", BROKEN)
    with pytest.warns(
        UserWarning, match="'broken' cannot be loaded and is skipped: no such screen"
    ):
        assert find_backend_for_suffix(".poster") is poster.backend


def test_only_the_chosen_one_is_loaded(install, poster):
    install("broken", BROKEN)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert get_backend("poster") is poster.backend


def test_broken_one_says_why_when_it_is_asked_for(install):
    install("broken", BROKEN)
    with pytest.raises(RuntimeError, match="no such screen"):
        get_backend("broken")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (BROKEN, "no such screen"),
        ("raise ValueError", "ValueError"),
        ("raise ImportError('first\\nsecond')", "first"),
    ],
    ids=["a line", "no text", "two lines"],
)
def test_status_of_a_broken_one(install, source, reason):
    install("broken", source)
    (status,) = [status for status in backend_statuses() if status.name == "broken"]
    assert status.reason == reason
    assert not status.available


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("class backend: pass", "which is a class"),
        ("import math as backend", "a module without name, suffixes, draws, Options"),
        (
            "from types import SimpleNamespace\n"
            "backend = SimpleNamespace(name='odd', suffixes=(), draws=frozenset(), Options=dict,"
            " unavailable=lambda: None, present=print)",
            r"whose Options, <class 'dict'>, is no dataclass",
        ),
    ],
    ids=["class", "module", "options"],
)
def test_what_is_no_backend_is_refused(install, source, problem):
    module = install("odd", source)
    with pytest.raises(TypeError, match=rf"(?s)'odd' leads to {module}:backend, {problem}.*HOW"):
        get_backend("odd")
    (status,) = [status for status in backend_statuses() if status.name == "odd"]
    assert "'odd' leads to" in status.reason


def test_statuses_name_all_of_ours_and_every_third_party(poster):
    statuses = {status.name: status for status in backend_statuses()}
    assert {*OURS, "poster"} <= set(statuses)
    assert statuses["poster"].available
    poster.missing = "It needs paper: buy some."
    statuses = {status.name: status for status in backend_statuses()}
    assert not statuses["poster"].available
    assert statuses["poster"].reason == "It needs paper: buy some."


@pytest.mark.usefixtures("poster")
def test_unknown_backend_names_the_nearest():
    with pytest.raises(
        ValueError, match=r"(?s)no backend 'postre'\. Did you mean 'poster'\?.*WHY.*HOW.*'video'"
    ):
        get_backend("postre")


def test_missing_one_of_ours_has_its_pip_line(monkeypatch):
    monkeypatch.setitem(OURS, "hologram", (".holo",))
    line = make_install_line("neurospatial[hologram]")
    text = re.escape(f"The hologram backend is not installed. Install it: {line}")
    for wanted in (lambda: get_backend("hologram"), lambda: find_backend_for_suffix(".holo")):
        with pytest.raises(BackendUnavailable, match=text):
            wanted()
    (status,) = [status for status in backend_statuses() if status.name == "hologram"]
    assert line in status.reason


def test_pip_line_is_for_the_extra():
    assert make_install_line("neurospatial[nowhere]") in explain_missing_backend("nowhere")


def test_unknown_suffix_lists_the_known_ones():
    with pytest.raises(
        ValueError, match=r"(?s)No backend writes '\.mp5'.*'\.mp4'.*WHY.*HOW.*'\.webm'"
    ):
        find_backend_for_suffix(".mp5")
