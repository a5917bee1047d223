"""What a notebook shows by itself: in a kernel that is started for real."""

import json
import subprocess
import sys

import pytest

from tests.widget.lab import environment, notebook

_SETUP = """
import numpy as np
from neurospatial import Environment
env = Environment.from_grid_edges([np.arange(9) * 5.0, np.arange(7) * 5.0], units="cm")
fields = np.add.outer(np.arange(20_000.0), np.arange(env.n_bins))
"""
CELLS = {
    "setup": _SETUP,
    "long": "env.animate_fields(fields)",
    "field": "env.plot_field(fields[0])",
    "kept field": "axes = env.plot_field(fields[0])\naxes.set_title('kept')\nNone",
    "given axes": (
        "from matplotlib import pyplot\n_, axes = pyplot.subplots()\n"
        "env.plot_field(fields[0], ax=axes)"
    ),
    "figures left": "pyplot.get_fignums()",
    "without the widget": (
        "import sys\nsys.modules['anywidget'] = None\n"
        "env.animate_fields(fields[:20], title='Page', progress=False)"
    ),
}


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """What each cell gave, by the cell's name."""
    pytest.importorskip("nbconvert", reason="nbconvert is not installed")
    folder = tmp_path_factory.mktemp("notebooks")
    notebook(folder / "run.ipynb", *CELLS.values())
    settings = environment(tmp_path_factory.mktemp("jupyter"))
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "MPLBACKEND"):
        settings.pop(name, None)
    command = [sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", "--inplace"]
    done = subprocess.run(
        [*command, "run.ipynb"],
        cwd=folder, env=settings, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert [path.name for path in folder.iterdir()] == ["run.ipynb"]
    cells = json.loads((folder / "run.ipynb").read_text("utf-8"))["cells"]
    return dict(zip(CELLS, (cell["outputs"] for cell in cells), strict=True))


def test_any_number_of_frames_is_a_widget(outputs):
    shown = outputs["long"][0]["data"]
    assert "application/vnd.jupyter.widget-view+json" in shown
    assert shown["text/plain"][0].startswith("FieldsWidget(20000 frames;")


@pytest.mark.parametrize("cell", ["field", "kept field", "given axes"])
def test_a_field_is_one_picture(outputs, cell):
    pictures = [one for one in outputs[cell] if "image/png" in one.get("data", {})]
    assert len(pictures) == 1
    assert {one["output_type"] for one in outputs[cell]} <= {"execute_result", "display_data"}


def test_no_figure_is_left(outputs):
    assert outputs["figures left"][0]["data"]["text/plain"] == ["[]"]


def test_without_the_widget_the_page_is_in_the_notebook(outputs):
    (shown,) = outputs["without the widget"]
    assert "".join(shown["data"]["text/html"]).startswith('<iframe title="Page"')
