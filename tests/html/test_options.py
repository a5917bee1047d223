"""What cannot be written is refused before the first frame, with a way out."""

from pathlib import Path

import pytest

from neurospatial.backends.options import make_options
from neurospatial.html import HTMLOptions, backend
from neurospatial.scene import LAYERS


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"max_html_frames": 0}, "max_html_frames is 0"),
        ({"max_html_frames": 2.5}, "max_html_frames is 2.5"),
        ({"max_mb": 0}, "max_mb is 0"),
        ({"max_mb": -5}, "max_mb is -5"),
        ({"max_mb": float("nan")}, "max_mb is nan"),
        ({"picture_quality": 0}, "picture_quality is 0"),
        ({"picture_quality": 101}, "picture_quality is 101"),
        ({"dpi": 0}, r"figsize \(8.0, 6.0\) at dpi 0 is 0 x 0 px"),
        ({"dpi": float("nan")}, "at dpi nan"),
        ({"figsize": (900, 600)}, "90000 x 60000 px"),
        ({"figsize": (8, -6)}, "800 x -600 px"),
        ({"save_path": Path("a.htm")}, "'a.htm' does not end in '.html'"),
        ({"save_path": Path("a.mp4")}, "Use 'a.html'"),
    ],
)
def test_values_that_cannot_be(options: dict[str, object], match: str) -> None:
    with pytest.raises(ValueError, match=match) as caught:
        HTMLOptions(**options)
    assert "WHY: " in str(caught.value)
    assert "HOW: " in str(caught.value)


def test_the_folder_is_looked_at_first(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="does not exist"):
        HTMLOptions(save_path=tmp_path / "nowhere" / "a.html")
    folder = tmp_path / "a.html"
    folder.mkdir()
    with pytest.raises(IsADirectoryError, match="is a folder"):
        HTMLOptions(save_path=folder)


def test_suffixes_are_read_in_any_case(tmp_path: Path) -> None:
    assert HTMLOptions(save_path=tmp_path / "A.HTML").save_path == tmp_path / "A.HTML"


def test_the_backend_is_what_core_expects(tmp_path: Path) -> None:
    assert (backend.name, backend.suffixes, backend.draws) == ("html", (".html",), LAYERS)
    assert backend.unavailable() is None
    with pytest.raises(TypeError, match="Did you mean 'max_html_frames'"):
        make_options(backend, {"dpi": 100, "progress": False}, {"max_frames_html": 3})
    made = make_options(backend, {"dpi": 200, "progress": False}, {"figsize": (1.5, 1.17)})
    assert made.figsize == (1.5, 1.17)
    assert HTMLOptions().figsize is None
    assert HTMLOptions().max_html_frames is HTMLOptions().max_mb is None
    assert HTMLOptions().embed_video is True
