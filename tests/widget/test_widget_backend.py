"""The backend as it is chosen and refused."""

import subprocess
import sys

import numpy as np
import pytest

from neurospatial import animate_fields
from neurospatial.backends import get_backend
from neurospatial.html.read import ReadBundle
from neurospatial.install_hint import make_install_line
from neurospatial.scene import compile_scene
from neurospatial.widget import FieldsWidget, WidgetOptions, backend
from tests.html.pages import ParsedPage, bumps, room, track


def test_it_is_found_by_its_name():
    assert get_backend("widget") is backend
    assert backend.unavailable() is None


@pytest.mark.parametrize("missing", ["anywidget", "ipywidgets"])
def test_what_is_missing_is_named_with_its_pip_line(missing):
    code = (
        "import importlib.util, sys\n"
        "find = importlib.util.find_spec\n"
        f"importlib.util.find_spec = lambda name: None if name == {missing!r} else find(name)\n"
        "from neurospatial.widget import backend\n"
        "print(backend.unavailable())\n"
        "print('anywidget' in sys.modules, 'ipywidgets' in sys.modules)"
    )
    printed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert printed == [
        f"Widget backend requires ipywidgets. Missing: {missing}. "
        f"Install: {make_install_line('neurospatial[widget]')}",
        "False False",
    ]


def test_importing_the_room_loads_no_widgets():
    code = "import sys, neurospatial.widget; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"anywidget", "ipywidgets", "traitlets", "matplotlib", "IPython"} & set(loaded)


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        ({"max_html_frames": 5}, TypeError, r"widget backend has no option 'max_html_frames'"),
        ({"pictur_quality": 5}, TypeError, "Did you mean 'picture_quality'"),
        ({"figsize": (0.1, 0.1)}, ValueError, r"figsize \(0\.1, 0\.1\) at dpi 100 is 10 x 10 px"),
        ({"picture_quality": 0}, ValueError, r"picture_quality is 0.*1 … 100"),
        ({"static_mb": -1}, ValueError, "static_mb is -1"),
        ({"static_mb": float("nan")}, ValueError, "static_mb is nan"),
        ({"save_path": "x.html", "backend": "widget"}, ValueError, "writes no file"),
    ],
)
def test_wrong_options_are_refused(options, error, says):
    env = room()
    with pytest.raises(error, match=f"(?s){says}"):
        animate_fields(env, bumps(env, 3), **{"backend": "widget", **options})


def test_no_frames_are_refused():
    env = room()
    with pytest.raises(ValueError, match="fields is empty: there is no frame"):
        animate_fields(env, np.empty((0, env.n_bins)), backend="widget")


def test_save_writes_the_page(tmp_path):
    env = room()
    fields = bumps(env, 9)
    widget = animate_fields(
        env, fields, backend="widget", title="Bumps", figsize=(3.0, 2.0), progress=False
    )
    assert isinstance(widget, FieldsWidget)
    path = widget.save(tmp_path / "page.html")
    observed = ParsedPage(path.read_text("utf-8"))
    assert isinstance(observed.bundle, ReadBundle)
    assert observed.header["title"] == "Bumps"
    assert observed.header == widget._bundle.header
    with pytest.raises(ValueError, match=r"does not end in '\.html'"):
        widget.save(tmp_path / "page.pdf")


def test_a_track_is_a_line_too():
    widget = animate_fields(track(), np.linspace(0, 1, 20)[None], backend="widget")
    assert list(widget.layers_visible) == ["Field"]


def test_options_are_those_of_a_page():
    options = WidgetOptions(figsize=(4.0, 3.0), dpi=50, picture_quality=None, embed_video=False)
    bundle = options.make_bundle_options(compile_scene(room(), bumps(room(), 2)))
    assert bundle.size == (200, 150)
    assert bundle.picture_quality is None
    assert not bundle.embed_video
