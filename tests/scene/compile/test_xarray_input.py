"""Fields that name their axes and carry their own clock."""

import logging
from itertools import permutations

import numpy as np
import pynapple
import pytest
import xarray

from neurospatial import Environment
from neurospatial.scene import compile_scene
from neurospatial.scene.source import ArraySource

TIMES = np.array([2.0, 2.5, 4.0, 4.25, 6.0])


@pytest.fixture
def env():
    active = np.ones((4, 3), dtype=bool)
    active[3, 0] = active[0, 2] = False
    return Environment.from_mask(active, [10 + 2 * np.arange(5.0), np.arange(4.0)], units="cm")


@pytest.fixture
def cells():
    return np.random.default_rng(3).uniform(size=(5, 4, 3))


def labelled(env, cells, **coords):
    x, y = env.layout.axes
    coordinates = {"time": TIMES, "x_position": x.centers, "y_position": y.centers, **coords}
    return xarray.DataArray(cells, coordinates, ("time", "x_position", "y_position"))


def values(scene):
    source = scene.panels[0].layers[0].values
    return source.read(0, source.shape[0])


def test_posterior_over_the_axes_of_a_grid(env, cells):
    scene = compile_scene(env, labelled(env, cells))
    np.testing.assert_array_equal(scene.timeline.times, TIMES)
    where = env.layout.locate(env.bin_centers)
    for number, (x, y) in enumerate(env.bin_centers):
        assert where[number] == number
        expected = cells[:, int((x - 10) // 2), int(y)]
        np.testing.assert_array_equal(values(scene)[:, number], expected)


def test_axis_of_time_may_stand_anywhere(env, cells):
    turned = labelled(env, cells).transpose("x_position", "y_position", "time")
    np.testing.assert_array_equal(
        values(compile_scene(env, turned)), values(compile_scene(env, labelled(env, cells)))
    )
    flat = xarray.DataArray(cells.reshape(5, -1)[:, : env.n_bins].T, dims=("bin", "time"))
    scene = compile_scene(env, flat)
    np.testing.assert_array_equal(values(scene), flat.values.T)
    assert scene.timeline.times is None


def test_given_times_win(env, cells):
    scene = compile_scene(env, labelled(env, cells), frame_times=np.arange(5.0))
    np.testing.assert_array_equal(scene.timeline.times, np.arange(5.0))


def test_dates_count_from_the_first(env, cells, caplog):
    dates = np.datetime64("2026-03-01T10:00:00", "ns") + (TIMES * 1e9).astype("timedelta64[ns]")
    with caplog.at_level(logging.INFO, "neurospatial"):
        scene = compile_scene(env, labelled(env, cells, time=dates))
    np.testing.assert_allclose(scene.timeline.times, TIMES - 2, atol=1e-6)
    assert "0 s is 2026-03-01 10:00:02 UTC" in caplog.text
    assert scene.timeline.zero == "2026-03-01 10:00:02 UTC"


def test_durations_are_seconds(env, cells):
    lasting = (TIMES * 1e9).astype("timedelta64[ns]")
    scene = compile_scene(env, labelled(env, cells, time=lasting))
    np.testing.assert_allclose(scene.timeline.times, TIMES)


def test_only_frames_shown_are_read(env, cells):
    asked = []

    class Counted(ArraySource):
        def read(self, start, stop):
            asked.append((start, stop))
            return super().read(start, stop)

    from neurospatial.scene.compile.fields.xarray_input import select_bins

    source = select_bins(Counted(cells), labelled(env, cells), env.layout, ("x", "y"))
    assert source.shape == (5, env.n_bins)
    assert source.read(2, 3).shape == (1, env.n_bins)
    assert asked == [(2, 3)]


def test_pynapple_frames_bring_their_clock(env):
    frames = np.random.default_rng(0).uniform(size=(5, env.n_bins))
    scene = compile_scene(env, pynapple.TsdFrame(t=TIMES, d=frames))
    np.testing.assert_array_equal(scene.timeline.times, TIMES)
    np.testing.assert_array_equal(values(scene), frames)


def test_panels_share_one_clock_or_the_union_of_theirs(env, cells):
    one, late = labelled(env, cells), labelled(env, cells, time=TIMES + 1)
    scene = compile_scene(env, {"a": one, "b": cells.reshape(5, -1)[:, : env.n_bins]})
    np.testing.assert_array_equal(scene.timeline.times, TIMES)
    both = compile_scene(env, {"a": one, "b": late})
    first, second = (panel.fields[0].shown for panel in both.panels)
    np.testing.assert_array_equal(both.timeline.times, np.arange(2.0, 8.0))
    assert np.isnan(second.read(0, 1)).all()
    np.testing.assert_array_equal(first.read(0, 1), second.read(1, 2))


def test_axes_that_are_no_positions_are_explained(env, cells):
    states = xarray.DataArray(
        np.stack([cells, cells], axis=1), dims=("time", "state", "x_position", "y_position")
    )
    with pytest.raises(ValueError, match=r"(?s)\(2, 4, 3\) values a frame.*sum\('state'"):
        compile_scene(env, states)


@pytest.fixture
def square():
    """As many bins along x as along y, so that only names and places tell them apart."""
    return Environment.from_mask(np.ones((3, 3), bool), [np.arange(4.0), 5 + np.arange(4.0)])


@pytest.mark.parametrize("frames", ["time", "frame", "unit"])
@pytest.mark.parametrize("names", [("x", "y"), ("x_position", "y_position"), ("X", "Y"), None])
@pytest.mark.parametrize("downward", [(), ("x",), ("y",), ("x", "y")])
def test_axes_are_matched_by_name_then_by_place_in_any_order(square, frames, names, downward):
    cells = np.random.default_rng(0).random((4, 3, 3))
    centers = dict(zip("xy", (axis.centers for axis in square.layout.axes), strict=True))
    array = xarray.DataArray(cells, centers, (frames, "x", "y"))
    if names != ("X", "Y"):
        array = array.isel({name: slice(None, None, -1) for name in downward})
    else:  # No coordinates: names alone.
        array = xarray.DataArray(cells, dims=(frames, "x", "y"))
    array = array.rename(dict(zip("xy", names or ("across", "upward"), strict=True)))
    orders = permutations(array.dims) if names else [array.dims, (frames, "upward", "across")]
    for dims in orders:
        scene = compile_scene(square, array.transpose(*dims), vmin=0, vmax=1)
        np.testing.assert_array_equal(values(scene), cells.reshape(4, -1))


def test_other_places_are_explained(square):
    off = xarray.DataArray(np.zeros((2, 3, 3)), {"y": [0.5, 1.5, 2.5]}, ("time", "y", "x"))
    with pytest.raises(ValueError, match=r"(?s)y\[0\] of the fields is 0.5.*is 5.5.*WHY.*HOW"):
        compile_scene(square, off)


def test_axes_that_fit_in_two_ways_are_explained(square):
    bare = xarray.DataArray(np.zeros((2, 3, 3)), dims=("time", "row", "column"))
    with pytest.raises(ValueError, match=r"(?s)\('row', 'column'\).*more than one.*rename"):
        compile_scene(square, bare)


def test_a_line_that_runs_downward():
    line = Environment.from_mask(np.ones(4, bool), [2 * np.arange(5.0)])
    rates = np.arange(8.0).reshape(2, 4)
    array = xarray.DataArray(rates, {"position": [1, 3, 5, 7]}, ("time", "position"))
    for given in (array, array[:, ::-1], array.T):
        np.testing.assert_array_equal(values(compile_scene(line, given)), rates)
