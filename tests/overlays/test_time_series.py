import warnings

import numpy as np
import pytest

from neurospatial import Environment
from neurospatial.layouts import RegularGrid
from neurospatial.overlays.time_series import TimeSeriesOverlay
from neurospatial.scene import compile_scene

CLOCK = np.arange(100.0, 110.0, 0.5)
PLANE = RegularGrid((np.linspace(0, 40, 5), np.linspace(0, 20, 5)), np.ones((4, 4), bool))
LINE = RegularGrid((np.linspace(0, 40, 5),), np.ones(4, bool))


def traces(*overlays, layout=PLANE, clock=CLOCK):
    env = Environment(layout, units="cm")
    fields = np.zeros((len(clock), env.n_bins))
    scene = compile_scene(env, fields, vmin=0, vmax=1, overlays=overlays, frame_times=clock)
    return list(scene.strips)


def trace(*args, layout=PLANE, clock=CLOCK, **more):
    (found,) = traces(TimeSeriesOverlay(*args, **more), layout=layout, clock=clock)
    return found


TIMES = np.arange(90.0, 130.0, 0.02)
SPEED = 10 + 5 * np.sin(TIMES)


@pytest.mark.parametrize("layout", [PLANE, LINE], ids=["plane", "line"])
def test_signal_is_kept_at_its_own_rate(layout):
    found = trace(SPEED, TIMES, "speed [cm/s]", "red", 4.0, layout=layout)
    kept = np.isin(TIMES, found.times)
    np.testing.assert_array_equal(found.values, SPEED[kept])
    np.testing.assert_array_equal(found.times, TIMES[kept])
    assert (found.label, found.color, found.window) == ("speed [cm/s]", (1, 0, 0, 1), 4.0)
    assert (found.name, found.z) == ("Time series", 5.0)


def test_only_what_a_frame_shows_is_kept_and_one_sample_more_on_each_side():
    found = trace(SPEED, TIMES, window=4.0)
    shown = (TIMES >= 98) & (TIMES <= 111.5)
    assert found.times[0] < 98 <= found.times[1]
    assert found.times[-2] <= 111.5 < found.times[-1]
    assert len(found.times) == np.count_nonzero(shown) + 2


def test_without_times_there_is_one_sample_per_field():
    found = trace(np.arange(20.0))
    np.testing.assert_array_equal(found.times, CLOCK)


def test_limits_are_those_of_the_whole_signal_with_a_margin():
    values = SPEED.copy()
    values[-1] = 110.0
    assert trace(values, TIMES).limits == pytest.approx((5 - 5.25, 110 + 5.25), abs=1e-3)
    assert trace(values, TIMES, vmin=0.0).limits == pytest.approx((0, 115.25), abs=1e-3)
    assert trace(values, TIMES, vmin=-1, vmax=20).limits == (-1, 20)


@pytest.mark.parametrize("value", [0.0, 3.0, -1e20, 1e-9])
def test_constant_signal_lies_in_the_middle(value):
    low, high = trace(np.full(20, value)).limits
    assert low < value < high
    assert (low + high) / 2 == pytest.approx(value)


def test_nan_stays_a_gap_and_a_hole_becomes_one():
    times = np.concatenate([np.arange(98, 103, 0.1), np.arange(106, 113, 0.1)])
    values = np.ones(len(times))
    values[3] = np.nan
    found = trace(values, times, window=2.0)
    (missing,) = np.nonzero(np.isnan(found.values))
    assert len(missing) == 1
    assert 102.9 < found.times[missing[0]] < 106
    assert (np.diff(found.times) > 0).all()
    assert not np.isnan(trace(values, times, window=2.0, max_gap=5.0).values).any()
    assert np.isnan(trace(values, times, window=8.0, max_gap=5.0).values).sum() == 1


def test_several_signals_have_names():
    overlays = [TimeSeriesOverlay(SPEED, TIMES), TimeSeriesOverlay(-SPEED, TIMES)]
    assert [layer.name for layer in traces(*overlays)] == ["Time series 1", "Time series 2"]


@pytest.mark.parametrize(
    ("args", "options", "text"),
    [
        ((np.full(20, np.nan),), {}, r"shape \(20,\); 20 values are NaN, 0 are Inf"),
        ((np.array([1, np.inf] * 10),), {}, "0 values are NaN, 10 are Inf"),
        ((np.zeros((20, 2)),), {}, r"data have shape \(20, 2\)"),
        ((np.zeros(0),), {}, r"data have shape \(0,\)"),
        ((np.zeros(7),), {}, "7 samples without times, and there are 20 fields"),
        ((np.zeros(3), [100, 103, 102]), {}, r"not monotonically.*= 103 >= times\[2\] = 102"),
        ((np.zeros(3), [1, 2, 3]), {}, "No temporal overlap"),
        ((np.arange(20.0),), {"window": 0}, "window is 0 seconds"),
        ((np.arange(20.0),), {"max_gap": -1}, "max_gap is -1 seconds"),
        ((np.arange(20.0),), {"vmin": 30}, r"from 30 \(vmin=30\) to 19.95 \(vmax=None\)"),
        ((np.arange(20.0),), {"vmax": np.nan}, r"to nan \(vmax=nan\)"),
        ((np.arange(20.0),), {"color": "rde"}, "'rde' is not a colour"),
    ],
)
def test_mistakes_are_explained(args, options, text):
    with pytest.raises(ValueError, match=rf"(?s){text}.*WHY.*HOW"):
        trace(*args, **options)


def test_short_signal_is_warned_of():
    with pytest.warns(UserWarning, match="Limited temporal overlap"):
        assert len(trace([1, 2, 3], [100, 101, 102]).times) == 3


def test_nothing_is_said_of_a_long_one():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        trace(SPEED, TIMES)
