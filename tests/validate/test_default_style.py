"""Drawing without matplotlib, where it would draw by its defaults."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from matplotlib import rc_context, rcParamsDefault
from matplotlib.colors import to_rgb
from matplotlib.font_manager import FontProperties, findfont
from matplotlib.ft2font import FT2Font

from neurospatial.validate import glyphs
from neurospatial.validate.default_style import find_default_font, has_default_style
from neurospatial.video.figure.style import FigureStyle

DRAW = """
import sys
{first}
import numpy as np
from neurospatial.scene import ColorScale, Panel, Scene, Timeline, View
from neurospatial.video.figure.chrome import draw_chrome

panel = Panel(View((-1.0, 0.0, 1.0, 2.0), "µm"), (), "é β", ColorScale.from_cmap("hot", 0, 1e9))
picture = draw_chrome(Scene((panel,), Timeline(1, 30.0), "A title"), (400, 300), 100).picture
np.save(sys.argv[1], picture)
print("matplotlib" in sys.modules)
"""


def draw_in(folder: Path, first: str = "", **environment: str) -> tuple[bytes, bool]:
    """Draw in a process of its own: the picture, and whether matplotlib was imported."""
    done = subprocess.run(
        [sys.executable, "-c", DRAW.format(first=first), "picture.npy"],
        cwd=folder,
        env={**os.environ, "HOME": str(folder), **environment},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return (folder / "picture.npy").read_bytes(), done.stdout.strip() == "True"


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    picture, imported = draw_in(tmp_path_factory.mktemp("plain"))
    assert not imported
    return picture


def test_a_picture_is_the_same_with_matplotlib(tmp_path: Path, plain: bytes) -> None:
    assert draw_in(tmp_path, "import matplotlib") == (plain, True)


@pytest.mark.parametrize("variable", ["", "MPLCONFIGDIR", "MATPLOTLIBRC", "XDG_CONFIG_HOME"])
def test_settings_of_a_user_are_followed(tmp_path: Path, plain: bytes, variable: str) -> None:
    folder = tmp_path / "matplotlib" if variable == "XDG_CONFIG_HOME" else tmp_path / "settings"
    folder.mkdir()
    given = {variable: str(tmp_path if variable == "XDG_CONFIG_HOME" else folder)}
    where = folder if variable else tmp_path
    (where / "matplotlibrc").write_text("text.color: red\n")
    picture, imported = draw_in(tmp_path, **(given if variable else {}))
    assert imported
    assert picture != plain


def test_the_defaults_are_those_of_matplotlib() -> None:
    names = (
        "figure.facecolor", "axes.facecolor", "text.color", "axes.labelcolor", "axes.edgecolor",
        "xtick.color", "ytick.color",
    )  # fmt: skip
    style = FigureStyle()
    own = (
        style.background, style.strip, style.ink, style.label, style.edge, style.x_tick,
        style.y_tick,
    )  # fmt: skip
    colors = [tuple(round(255 * part) for part in to_rgb(rcParamsDefault[x])) for x in names]  # type: ignore[index]
    assert list(own) == colors
    with rc_context(rcParamsDefault):
        font = findfont(FontProperties())
    assert Path(find_default_font() or "").name == Path(font).name
    assert not has_default_style()


def test_the_font_has_what_is_taken_for_granted() -> None:
    font = FT2Font(find_default_font() or "")
    assert all(font.get_char_index(ord(character)) for character in glyphs._HELD)
