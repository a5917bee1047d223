"""What is refused, and what is said when it cannot run."""

import os
import subprocess
import sys
from importlib.util import find_spec

import pytest

from neurospatial import Environment
from neurospatial.install_hint import make_install_line
from neurospatial.napari import NapariOptions, backend
from neurospatial.napari.display import explain_missing_display, find_qt_conflict


def hide_modules(monkeypatch, *names):
    module = sys.modules["neurospatial.napari.backend"]
    monkeypatch.setattr(module, "find_spec", lambda n: None if n in names else find_spec(n))


@pytest.mark.parametrize("name", ["chunk_size", "max_chunks"])
@pytest.mark.parametrize("value", [0, -3, 2.5])
def test_counts_are_whole_and_positive(name, value):
    with pytest.raises(ValueError, match=f"{name} is {value}"):
        NapariOptions(**{name: value})


def test_a_viewer_is_a_viewer():
    with pytest.raises(TypeError, match="viewer is a str"):
        NapariOptions(viewer="mine")


def test_without_a_display_other_backends_are_offered(monkeypatch):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    said = explain_missing_display()
    assert ".html" in said
    assert ".mp4" in said
    assert "\n" not in said
    assert backend.unavailable() == said
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert explain_missing_display() is None


def test_without_napari_the_pip_line_is_said(monkeypatch):
    hide_modules(monkeypatch, "napari")
    assert make_install_line("neurospatial[napari]") in backend.unavailable()


def test_without_qt_the_pip_line_is_said(monkeypatch):
    hide_modules(monkeypatch, "PyQt6", "PySide6", "PyQt5")
    assert "without a Qt" in backend.unavailable()


def test_opencv_with_windows_is_named(monkeypatch, tmp_path):
    (tmp_path / "cv2" / "qt").mkdir(parents=True)
    (tmp_path / "cv2" / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "cv2", raising=False)
    assert "opencv-python-headless" in find_qt_conflict()


def test_two_qt_bindings_are_named(monkeypatch, tmp_path):
    """One is installed here; of another the folder is enough."""
    there = find_spec("PyQt6") is not None
    other = tmp_path / ("PySide6" if there else "PyQt6")
    other.mkdir()
    (other / "__init__.py").touch()
    assert find_qt_conflict() is None
    monkeypatch.syspath_prepend(tmp_path)
    said = find_qt_conflict()
    assert "PyQt6, PySide6" in said
    assert said.endswith("pip uninstall PySide6")


OPENS = """
import numpy as np
from neurospatial import Environment
env = Environment.from_mask(np.ones((3, 3), dtype=bool), [np.arange(4.0)] * 2)
env.animate_fields(np.zeros((2, 9)), backend="napari")
"""


def test_a_qt_that_does_not_start_is_explained(tmp_path):
    """Of two bindings the one that is asked for lacks a library."""
    broken = "PySide6" if find_spec("PyQt6") is not None else "PyQt6"
    (tmp_path / f"{broken}.py").write_text("raise ImportError('libEGL.so.1: cannot open')")
    asked = {**os.environ, "QT_API": broken.lower(), "PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-c", OPENS]
    done = subprocess.run(command, env=asked, capture_output=True, text=True, check=False)
    *before, said = done.stderr.splitlines()
    assert done.returncode == 1
    assert said.startswith("RuntimeError: napari could not open a window. Several Qt bindings")
    assert any("Qt bindings could be found" in line for line in before)


def test_looking_whether_it_can_run_imports_nothing_heavy():
    code = (
        "import sys; from neurospatial.napari import backend; backend.unavailable();"
        "print({'napari', 'qtpy', 'vispy', 'matplotlib'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_animate_fields_takes_its_options(viewer):
    import numpy as np

    env = Environment.from_samples(np.random.default_rng(0).uniform(0, 40, (900, 2)), bin_size=5)
    fields = np.zeros((7, env.n_bins))
    given = env.animate_fields(
        fields, backend="napari", viewer=viewer, chunk_size=10, max_chunks=3
    )
    assert given is viewer
