"""Files of one frame: which one it is, what kind, and what is refused."""

import re

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.image import imread

from neurospatial import Environment, animate_fields
from neurospatial.figure.find_frame import find_frame
from neurospatial.scene import Timeline
from neurospatial.testing import LAYOUTS

TIMES = np.array([130.0, 130.2, 130.4, 130.6])
STARTS = {".png": b"\x89PNG", ".pdf": b"%PDF", ".svg": b"<?xml"}


@pytest.fixture
def env():
    return Environment(LAYOUTS["regular"](), units="cm")


@pytest.fixture
def fields(env):
    return np.arange(4.0)[:, np.newaxis] * np.ones(env.n_bins)


@pytest.mark.parametrize("suffix", sorted(STARTS))
def test_the_suffix_chooses_the_kind_of_file(env, fields, tmp_path, suffix):
    path = animate_fields(env, fields, save_path=tmp_path / f"cell{suffix}")
    assert path == tmp_path / f"cell{suffix}"
    assert path.read_bytes().startswith(STARTS[suffix])


@pytest.mark.parametrize("suffix", [".pdf", ".svg"])
def test_words_stay_words(env, fields, tmp_path, suffix):
    path = tmp_path / f"cell{suffix}"
    animate_fields(env, fields, save_path=path, title="Cell of $5 & more", frame_times=TIMES)
    content = path.read_bytes()
    if suffix == ".svg":
        assert b">Cell of $5 &amp; more<" in content
        assert b">t = 130.0 s<" in content
    else:
        assert b"/TrueType" in content or b"/CIDFontType2" in content
        assert b"/Type3" not in content


def test_a_file_has_the_size_that_is_asked_for(env, fields, tmp_path):
    path = tmp_path / "cell.png"
    animate_fields(env, fields, save_path=path, figsize=(5, 4), dpi=60)
    assert imread(path).shape[:2] == (240, 300)


def test_without_a_file_the_figure_is_given(env, fields):
    assert isinstance(animate_fields(env, fields, backend="figure"), Figure)


@pytest.mark.parametrize(
    ("at", "frame"),
    [(None, 0), (129.9, 0), (130.0, 0), (130.29, 1), (130.31, 2), (130.7, 3)],
)
def test_the_nearest_frame_is_drawn(at, frame):
    assert find_frame(Timeline(4, 30.0, TIMES), at) == frame


def test_without_a_clock_frames_are_counted():
    assert [find_frame(Timeline(4, 30.0), at) for at in (0.0, 3.0)] == [0, 3]


@pytest.mark.parametrize("at", [129.0, 129.89, 130.71, 1e9, -1.0])
def test_a_time_out_of_the_session_is_refused(env, fields, tmp_path, at):
    text = f"at={at:g} s is not in the session: its frames are from 130 to 130.6 s."
    with pytest.raises(ValueError, match=re.escape(text)) as caught:
        animate_fields(env, fields, save_path=tmp_path / "a.png", at=at, frame_times=TIMES)
    assert "within half a step (0.1 s)" in str(caught.value)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("at", [-1, 4, 1.5])
def test_a_number_of_no_frame_is_refused(env, fields, at):
    with pytest.raises(ValueError, match=r"there are 4, from 0 to 3\.(?s:.*)WHY(?s:.*)HOW"):
        animate_fields(env, fields, backend="figure", at=at)


def test_a_suffix_that_nobody_knows_is_refused(env, fields, tmp_path):
    with pytest.raises(ValueError, match=r"No backend writes '\.svgz' files"):
        animate_fields(env, fields, save_path=tmp_path / "a.svgz")
    with pytest.raises(ValueError, match=r"does not write '\.mp4' files"):
        animate_fields(env, fields, save_path=tmp_path / "a.mp4", backend="figure")


def test_a_figure_is_laid_out_as_the_film_is(env, fields, tmp_path):
    """What a field and its colour bar cover is the same to the pixel, whoever draws."""
    from neurospatial.scene import compile_scene
    from neurospatial.video import VideoOptions, render_frames

    scene = compile_scene(env, fields, title="A cell", scale_bar=True, vmin=0, vmax=3)
    drawn = imread(animate_fields(env, fields, save_path=tmp_path / "a.png", at=2, title="A cell",
                                  scale_bar=True, vmin=0, vmax=3))  # fmt: skip
    (film,) = list(render_frames(scene, VideoOptions(save_path=tmp_path / "a.mp4")))[2:3]
    picture = np.rint(drawn[..., :3] * 255).astype(int)
    field_color = (
        scene.panels[0].fields[0].color.table[scene.panels[0].fields[0].color.quantise(2)]
    )
    for color in (field_color, (224, 224, 224)):
        here, there = (np.all(one == color, axis=-1) for one in (picture, film))
        assert there.sum() > 1000
        assert (here & there).sum() > 0.99 * there.sum()
