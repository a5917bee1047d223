"""One value of an option has one answer at every backend, and no answer is raw."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from neurospatial import Environment
from neurospatial.backends.options import make_options
from neurospatial.backends.registry import get_backend
from neurospatial.scene import SceneOptions, compile_scene

BACKENDS = ("video", "html", "widget", "napari", "figure")
INCHES = 4, 3

GOOD = {
    "at": [0, 2.0, np.int64(1), Fraction(3), Decimal(2), np.array(1.0), None],
    "dpi": [100, 72.5, np.int64(90), np.float32(120), Fraction(150), Decimal(90), np.array(100)],
    "figsize": [INCHES, [4.0, 3], np.array(INCHES), (Fraction(9, 2), Decimal(3))],
    "n_workers": [1, 2.0, np.int64(2), None],
    "crf": [23, np.uint8(23), Fraction(23), None],
    "bitrate": [5000, np.int64(5000), 5e3],
    "loop": [True, False, np.True_],
    "dry_run": [True, np.False_],
    "max_html_frames": [5, np.int64(5), 5.0, None],
    "max_mb": [5, 0.5, Fraction(1, 2), Decimal("0.5"), None],
    "picture_quality": [85, np.int64(85), 85.0, None],
    "embed_video": [True, np.False_],
    "static_mb": [0, 5.0, Decimal(5), np.float32(2)],
    "chunk_size": [10, np.int64(10), 10.0, None],
    "max_chunks": [10, np.int64(10), Fraction(10), None],
    "progress": [True, False, np.True_, print],
}
BAD = {
    "at": ["x", (1,), float("nan"), float("inf"), True, 1 + 1j, np.array([1, 2])],
    "dpi": ["x", None, (100,), float("nan"), -3, True, 1 + 1j, np.array([100, 100])],
    "figsize": [(4, 3, 2), (4,), 4, "43", ("a", "b"), (4, None), (np.nan, 3), np.eye(2)],
    "n_workers": ["x", 0, 1.5, float("inf"), [2], True],
    "crf": ["x", -1, 999, 2.5, float("nan"), [23]],
    "bitrate": ["5M", 0, float("inf"), [5000]],
    "loop": ["x", None, [1]],
    "dry_run": ["no", None, 2],
    "max_html_frames": ["x", 0, 1.5, float("nan"), [5]],
    "max_mb": ["x", 0, float("nan"), [5]],
    "picture_quality": ["high", 0, 101, 50.5, [85]],
    "embed_video": ["no", None, 2],
    "static_mb": ["x", -1, float("nan"), [5], None],
    "chunk_size": ["x", 0, 1.5, float("inf"), [5]],
    "max_chunks": ["x", 0, 1.5, float("inf"), [5]],
    "codec": ["h999", 5, ["h264"]],
    "preset": ["fast", 5, ["small"], None],
    "viewer": ["mine", 5],
    "progress": ["no", None, 2],
}


def make(backend, option, folder, value):
    """Make the options with one value; None where the backend has no such option."""
    suffix = {"video": ".mp4", "html": ".html"}.get(backend)
    if option not in get_backend(backend).Options.__dataclass_fields__:
        return None
    common = {} if suffix is None else {"save_path": folder / f"a{suffix}"}
    return make_options(get_backend(backend), common, {option: value})


@pytest.mark.parametrize("option", GOOD)
def test_numbers_of_any_type_are_taken(option, tmp_path):
    for value in GOOD[option]:
        for backend in BACKENDS:
            made = make(backend, option, tmp_path, value)
            if made is not None and value is not None and option not in ("loop", "progress"):
                found = np.ravel(np.asarray(getattr(made, option), dtype=float))
                wanted = [float(x) for x in np.ravel(np.asarray(value, dtype=object))]
                np.testing.assert_allclose(found, wanted)


@pytest.mark.parametrize("option", BAD)
def test_what_is_no_such_value_is_explained_alike(option, tmp_path):
    for value in BAD[option]:
        raised = set()
        for backend in BACKENDS:
            if option in get_backend(backend).Options.__dataclass_fields__:
                with pytest.raises((TypeError, ValueError), match=r"(?s)WHY.*HOW") as error:
                    make(backend, option, tmp_path, value)
                raised.add(error.type)
        assert len(raised) == 1, (value, raised)


def test_true_is_for_ever_in_a_file_as_in_a_viewer(tmp_path):
    made = [make("video", "loop", tmp_path, value).loop for value in (True, False, 0, 3)]
    assert made == [0, 1, 0, 3]


RATES = [30, Fraction(30000, 1001), Decimal("29.97"), np.float32(25), np.array(20), 0.01, 1000]
NOWHERE = ["x", float("nan"), [0]]

SCENE_GOOD = {
    "fps": RATES,
    "speed": [1, Fraction(1, 2), Decimal("0.5"), np.int64(2)],
    "vmin": [0, Fraction(-1, 2), Decimal("-0.5"), np.float32(-1), None],
    "title": ["a", b"a", 5, np.str_("a"), 0.5, None],
    "colorbar_label": ["rate [Hz]", b"rate", 5, None],
    "scale_bar": [True, False, np.True_, 2, Fraction(1, 2), np.float32(1)],
    "show_regions": [True, np.False_, "nest", b"nest", ["nest"], np.array(["nest"]), [b"nest"]],
    "region_alpha": [0, 0.5, Fraction(1, 2), np.float32(0.5)],
}
SCENE_BAD = {
    "fps": ["30", None, 0, -1, 0.009, 1001, float("nan"), float("inf"), True, [30], 30j],
    "speed": [*NOWHERE, 0, -1, float("inf")],
    "vmin": [*NOWHERE, float("inf"), 1j],
    "vmax": [*NOWHERE, float("inf"), 1j],
    "title": [["a"], object(), {"a": 1}],
    "colorbar_label": [["a"]],
    "scale_bar": [*NOWHERE, 0, -1, None, 5.0],
    "show_regions": [5, None, "nowhere", ["nowhere"], [None]],
    "region_alpha": [*NOWHERE, 2, None],
    "overlays": [5, "path", [5]],
    "track": [5, None, ["line"], "ribbons"],
    "cmap": [5, None, "virdis", ["hot"]],
    "frame_labels": ["abc", 5, [None] * 3, ["a"]],
    "frame_times": ["abc", 5, [0, 1], [0, 0, 1], [0, 1, np.nan], np.zeros((3, 2, 2)), ["a"] * 3],
}


@pytest.fixture
def env():
    env = Environment.from_mask(np.ones((4, 4), bool), [np.arange(5.0)] * 2, units="cm")
    env.regions.add("nest", point=(1.0, 1.0))
    return env


@pytest.mark.parametrize("option", SCENE_GOOD)
def test_options_of_a_scene_are_taken(env, option):
    fields = np.random.default_rng(0).random((3, 16))
    for value in SCENE_GOOD[option]:
        times = {"frame_times": np.arange(3.0)} if option == "speed" else {}
        scene = compile_scene(env, fields, **{option: value}, **times)
        if option == "title":
            text = value.decode() if isinstance(value, bytes) else value
            assert scene.title == ("" if value is None else str(text))
        if option == "fps":
            assert scene.timeline.fps == pytest.approx(float(value))


@pytest.mark.parametrize("option", SCENE_BAD)
def test_options_of_a_scene_are_explained(env, option):
    for value in SCENE_BAD[option]:
        with pytest.raises((TypeError, ValueError), match=r"(?s)WHY.*HOW"):
            compile_scene(env, np.random.default_rng(0).random((3, 16)), **{option: value})


def test_options_keep_what_was_given():
    assert isinstance(SceneOptions(fps=20).fps, int)


@pytest.mark.parametrize("path", [5, 5.0, ["a.mp4"], object()])
def test_what_is_no_path_is_explained(env, path):
    with pytest.raises(TypeError, match=r"(?s)save_path is .*WHY.*HOW"):
        env.animate_fields(np.zeros((3, 16)), save_path=path)
