import subprocess
import sys

import matplotlib
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from matplotlib.colors import LinearSegmentedColormap, ListedColormap, Normalize

from neurospatial.scene import NOTHING, ColorScale, rgba
from neurospatial.scene.color import STORED

ends = st.floats(-1e6, 1e6, allow_subnormal=False)
ranges = st.tuples(ends, st.floats(1e-3, 1e6)).map(lambda t: (t[0], t[0] + t[1]))


def as_matplotlib(values, scale, cmap="viridis"):
    """Indices and colours that matplotlib gives, through its own Normalize and Colormap."""
    colormap = matplotlib.colormaps[cmap].resampled(255)
    return colormap(Normalize(scale.vmin, scale.vmax)(values), bytes=True)[..., :3]


def assert_like_matplotlib(values, scale, cmap="viridis"):
    codes = scale.quantise(values)
    number = np.asarray(values, dtype=np.float64)
    valid = ~np.isnan(number)
    assert (codes[~valid] == NOTHING).all()
    assert (codes[valid] != NOTHING).all()
    ours, theirs = scale.table[codes[valid]], as_matplotlib(number, scale, cmap)[valid]
    # Where two roundings differ, the value lies on the border between two entries.
    place = (np.clip(number[valid], scale.vmin, scale.vmax) - scale.vmin) / (
        scale.vmax - scale.vmin
    )
    tolerance = 255 * (1 if np.asarray(values).dtype == np.float32 else 1e-9)
    magnitude = 1 + (abs(scale.vmin) + abs(scale.vmax)) / (scale.vmax - scale.vmin)
    border = np.abs(place * 255 - np.rint(place * 255)) <= tolerance * 1e-6 * magnitude
    assert np.array_equal(ours[~border], theirs[~border])


@given(ranges, st.data())
def test_colors_are_matplotlibs(limits, data):
    scale = ColorScale.from_cmap("viridis", *limits)
    around = st.floats(limits[0] - 1, limits[1] + 1)
    special = st.sampled_from([np.nan, np.inf, -np.inf, *limits, sum(limits) / 2])
    values = data.draw(arrays(np.float64, 30, elements=around | special))
    assert_like_matplotlib(values, scale)


@given(arrays(np.float32, 50, elements=st.floats(-2, 12, width=32) | st.just(np.nan)))
def test_single_precision(values):
    assert_like_matplotlib(values, ColorScale.from_cmap("magma", 0.0, 10.0), "magma")


@given(arrays(np.int16, 30), st.integers(-40_000, 40_000), st.integers(1, 70_000))
def test_whole_numbers(values, vmin, span):
    assert_like_matplotlib(values, ColorScale.from_cmap("viridis", vmin, vmin + span))


@pytest.mark.parametrize("dtype", [np.uint8, np.int64, np.float16, np.float32, np.float64])
def test_ramp_meets_every_code_in_order(dtype):
    top = 255 if np.dtype(dtype).kind in "ui" else 1
    values = np.linspace(0, top, 2048).astype(dtype)
    codes = ColorScale.from_cmap("gray", 0, top).quantise(values)
    assert codes[0] == 0
    assert codes[-1] == 254
    assert (np.diff(codes.astype(int)) >= 0).all()
    assert len(np.unique(codes)) > 250


def test_ends_and_beyond():
    scale = ColorScale.from_cmap("viridis", -2.0, 3.0)
    values = [-np.inf, -1e300, -2, 3, 1e300, np.inf, np.nan]
    assert scale.quantise(values).tolist() == [0, 0, 0, 254, 254, 254, NOTHING]


@pytest.mark.parametrize(
    "value",
    [0.25, np.float32(0.25), np.array(0.25), [0.25], [[0.25]]],
    ids=["float", "float32", "array", "list", "nested list"],
)
def test_any_shape(value):
    codes = ColorScale.from_cmap("viridis", 0, 1).quantise(value)
    assert codes.shape == np.shape(value)
    assert codes.dtype == np.uint8
    assert (codes == 63).all()


def test_caller_keeps_its_values():
    values = np.array([0.0, np.nan, 5.0])
    ColorScale.from_cmap("viridis", 0, 1).quantise(values)
    np.testing.assert_array_equal(values, [0.0, np.nan, 5.0])


@pytest.mark.parametrize("name", [*STORED, "twilight", "tab10"])
def test_table_is_matplotlibs(name):
    table = ColorScale.from_cmap(name, 0, 1).table
    colors = matplotlib.colormaps[name].resampled(255)(np.linspace(0, 1, 255), bytes=True)
    assert np.array_equal(table, colors[:, :3])


@pytest.mark.parametrize(
    "cmap",
    [
        ListedColormap(["red", "#00ff00", (0, 0, 1)], name="three"),
        LinearSegmentedColormap.from_list("own", ["white", "black"]),
    ],
)
def test_colormap_objects(cmap):
    scale = ColorScale.from_cmap(cmap, 0, 1)
    assert scale.name == cmap.name
    assert scale.table.shape == (255, 3)
    assert np.array_equal(scale.table[[0, -1]], cmap([0.0, 1.0], bytes=True)[:, :3])


def test_lut_has_the_table_and_nothing():
    scale = ColorScale.from_cmap("viridis", 0, 1)
    assert scale.rgba_lut.shape == (256, 4)
    assert np.array_equal(scale.rgba_lut[:255, :3], scale.table)
    assert (scale.rgba_lut[:255, 3] == 255).all()
    assert scale.rgba_lut[NOTHING].tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize("limits", [(1, 1), (2, 1), (np.nan, 1), (0, np.inf), (-np.inf, 0)])
def test_limits_out_of_order_are_refused(limits):
    with pytest.raises(ValueError, match=r"(?s)vmin must be below vmax.*WHY.*HOW"):
        ColorScale.from_cmap("viridis", *limits)


def test_unknown_colormap_names_the_nearest():
    with pytest.raises(ValueError, match=r"(?s)'virdis' is not a colormap.*'viridis'.*WHY.*HOW"):
        ColorScale.from_cmap("virdis", 0, 1)


def test_colors_of_marks():
    assert rgba("red") == (1, 0, 0, 1)
    assert rgba("#00ff0080") == (0, 1, 0, 128 / 255)
    assert rgba((0.5, 0.5, 0.5), 0.25) == (0.5, 0.5, 0.5, 0.25)
    with pytest.raises(ValueError, match=r"(?s)'redd' is not a colour.*'red'.*WHY.*HOW"):
        rgba("redd")


def test_usual_colormaps_need_no_matplotlib():
    code = (
        "import sys\n"
        "from neurospatial.scene import ColorScale\n"
        "ColorScale.from_cmap('viridis', 0, 1)\n"
        "assert 'matplotlib' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
