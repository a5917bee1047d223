"""Fields that know their clock and names are taken wherever an array is."""

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from neurospatial import Environment, compute_place_fields
from neurospatial.fields import FieldSeries, compute_directional_fields
from neurospatial.scene import ArraySource

LINE = Environment.from_mask([True] * 3, [range(4)])
VALUES = np.random.default_rng(0).random((2, 5, 3))
TIMES = np.array([4.0, 1.0, 2.0, 8.0, 5.0])
WINDOWS = np.column_stack([TIMES - 1, TIMES + 1])

Series = FieldSeries[NDArray[np.float64]]


@pytest.fixture
def series() -> Series:
    return FieldSeries(VALUES.copy(), TIMES, LINE, ("a", "b"), WINDOWS, "Hz", "rates")


def test_it_is_taken_for_the_array_that_it_holds(series: Series) -> None:
    assert (series.shape, series.ndim, series.dtype, len(series)) == ((2, 5, 3), 3, "f8", 2)
    np.testing.assert_array_equal(series, VALUES)
    assert np.shares_memory(np.asarray(series), series.values)
    for other in (VALUES, series, 0.5):
        plain = np.asarray(other)
        np.testing.assert_array_equal(series + other, VALUES + plain)
        np.testing.assert_array_equal(other - series, plain - VALUES)
        np.testing.assert_array_equal(series < other, plain > VALUES)
    np.testing.assert_array_equal(-np.sqrt(series), -np.sqrt(VALUES))
    assert np.add.reduce(series, axis=None) == VALUES.sum()
    assert np.nanmax(series) == VALUES.max()
    assert np.array(series, np.float32).dtype == np.float32
    assert np.stack([series, series]).shape == (2, 2, 5, 3)
    series /= 2
    np.testing.assert_array_equal(series.values, VALUES / 2)
    assert isinstance(series, FieldSeries)


@given(st.data())
def test_an_index_is_that_of_the_array(data: st.DataObject) -> None:
    parts = st.slices(5) | st.integers(-2, 1) | st.just(Ellipsis)
    key = data.draw(st.tuples(parts) | st.tuples(parts, st.slices(5)) | st.slices(2))
    for values in (VALUES, ArraySource(VALUES)):
        series = FieldSeries(values, TIMES, LINE)
        np.testing.assert_array_equal(series[key], VALUES[key])
    np.testing.assert_array_equal(series[VALUES > 0.5], VALUES[VALUES > 0.5])


def test_one_unit_is_a_series_on_the_same_clock(series: Series) -> None:
    assert len(list(series)) == 2
    for one in (series["b"], series[1], series[-1], series[np.int64(1)], list(series)[1]):
        assert isinstance(one, FieldSeries)
        np.testing.assert_array_equal(one, VALUES[1])
        np.testing.assert_array_equal(one.times, TIMES)
        np.testing.assert_array_equal(one.windows, WINDOWS)
        assert (one.names, one.unit, one.description) == (("b",), "Hz", "rates")
        assert one.env is LINE
    assert one["b"] is one
    np.testing.assert_array_equal(one[2], VALUES[1, 2])
    assert repr(one) == "FieldSeries(5 frames × 3 bins, 1 … 8 s, in Hz)"


def test_values_are_read_where_they_are_asked_for() -> None:
    asked = []

    class Counted(ArraySource):
        def read(self, start: int, stop: int) -> NDArray[np.generic]:
            asked.append((start, stop))
            return super().read(start, stop)

    series = FieldSeries(Counted(VALUES[0]), TIMES, LINE, ["a"])
    assert (series.shape, series.dtype) == ((5, 3), "f8")
    assert asked == []
    np.testing.assert_array_equal(series[1:3], VALUES[0, 1:3])
    assert asked == [(1, 3)]
    np.testing.assert_array_equal(series, VALUES[0])


def test_it_travels_to_other_processes(series: Series) -> None:
    again = pickle.loads(pickle.dumps(series))
    np.testing.assert_array_equal(again, series)
    assert again.names == series.names


def test_windows_give_a_series_with_the_names_of_the_units() -> None:
    times, path = np.arange(100) / 10, np.linspace(0, 2.99, 100)
    units = {"cell a": times[::3], 7: times[::9]}
    windows = [(5, 10), (0, 5), (-np.inf, 2)]
    fields = compute_place_fields(LINE, units, times, path, windows=windows, method="binned")
    assert fields.names == ("cell a", "unit 7")
    assert fields.unit == "Hz"
    np.testing.assert_allclose(fields.times, [7.5, 2.5, 1.0])
    np.testing.assert_array_equal(fields.windows, windows)
    listed = compute_place_fields(
        LINE, list(units.values()), times, path, windows=windows, method="binned"
    )
    assert listed.names == ("unit 0", "unit 1")
    np.testing.assert_array_equal(listed, fields)
    there, back = compute_directional_fields(
        LINE, units, times, path, windows=windows, method="binned"
    )
    assert there.names == back.names == fields.names
    np.testing.assert_array_equal(there.times, fields.times)


def test_units_of_names_that_look_alike_stay_two() -> None:
    units = {1: [0.1, 0.2], "unit 1": [0.3]}
    fields = compute_place_fields(
        LINE, units, [0, 0.5], [0.5, 0.5], windows=[(0, 1)], method="binned"
    )
    assert fields[:, 0, 0].tolist() == [4, 2]
    with pytest.raises(KeyError, match="2 units are called 'unit 1'"):
        fields["unit 1"]


@pytest.mark.parametrize(
    ("change", "error", "found"),
    [
        ({"values": VALUES[0, 0]}, ValueError, r"values have shape \(3,\)"),
        ({"values": VALUES[..., :2]}, ValueError, r"expected \(n_frames, 3\)"),
        ({"values": VALUES.astype(str)}, TypeError, "expected real numbers"),
        ({"times": TIMES[1:]}, ValueError, r"times have shape \(4,\)"),
        ({"times": TIMES * np.nan}, ValueError, "finite"),
        ({"times": ["a"] * 5}, TypeError, "times"),
        ({"windows": WINDOWS[1:]}, ValueError, r"windows have shape \(4, 2\)"),
        ({"names": ["a"]}, ValueError, "1 names for 2 units"),
        ({"names": "ab"}, TypeError, "one label"),
    ],
)
def test_what_does_not_fit_is_refused(
    series: Series, change: dict[str, object], error: type, found: str
) -> None:
    good = {"values": series.values, "times": TIMES, "env": LINE, "names": ("a", "b")}
    with pytest.raises(error, match=found):
        FieldSeries(**{**good, **change})
    with pytest.raises(KeyError, match="no unit 'c'"):
        series["c"]
