"""What counts for nothing is said where it is a fault, and nothing is said of good data."""

import warnings
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from neurospatial import Environment, compute_place_field, compute_place_fields
from neurospatial.fields import compute_directional_fields, lap_windows
from neurospatial.samples import open_field, simulate_place_cells

Floats = NDArray[np.float64]

TIMES, PLACES = open_field()
PLANE = Environment.from_samples(PLACES, 5.0, units="cm")
PLANE.regions.add("low", polygon=[[0, 0], [100, 0], [100, 30], [0, 30]])
PLANE.regions.add("high", polygon=[[0, 70], [100, 70], [100, 100], [0, 100]])
TRAINS = simulate_place_cells(TIMES, PLACES, n_cells=4, seed=2).spike_times
SPIKES = TRAINS[0]
LASTS = float(TIMES[-1])

DOORS: dict[str, Callable[[Floats, Floats], object]] = {
    "occupancy": PLANE.occupancy,
    "bin_sequence": PLANE.bin_sequence,
    "transitions": PLANE.transitions,
    "region_visits": PLANE.region_visits,
    "lap_windows": lambda times, places: lap_windows(PLANE, times, places, "low", "high"),
    "compute_place_field": lambda times, places: compute_place_field(PLANE, [], times, places),
    "compute_place_fields": lambda times, places: compute_place_fields(
        PLANE, [[]], times, places, progress=False
    ),
}
every_door = pytest.mark.parametrize("door", DOORS)


def place(spikes: object, times: object = TIMES, places: object = PLACES) -> Floats:
    return compute_place_field(PLANE, spikes, times, places)


@every_door
@pytest.mark.parametrize(
    ("factor", "unit"), [(1e3, "milliseconds"), (1e6, "microseconds"), (1e9, "nanoseconds")]
)
def test_times_that_tick_too_slowly_for_seconds(door: str, factor: float, unit: str) -> None:
    with pytest.warns(UserWarning, match=rf"times tick every .*\n.*look like {unit}: pass times"):
        DOORS[door](TIMES * factor, PLACES)


@pytest.mark.parametrize("rate", [10, 30, 120, 500])
def test_frame_rates_in_milliseconds(rate: int) -> None:
    times = np.arange(rate * 100.0) / rate * 1000
    with pytest.warns(UserWarning, match="milliseconds"):
        PLANE.occupancy(times, np.resize(PLACES, (times.size, 2)))


@every_door
def test_positions_in_another_unit(door: str) -> None:
    with pytest.warns(UserWarning, match=r"in a corner .*\n.*metres: pass positions \* 100"):
        DOORS[door](TIMES, PLACES / 100)
    with pytest.warns(UserWarning, match=r"outside the environment: .*\n.*millimetres: pass"):
        DOORS[door](TIMES, PLACES * 10)
    with pytest.warns(UserWarning, match=r"\(..\.. %\) lie outside the environment"):
        DOORS[door](TIMES, PLACES + np.array([75.0, 0.0]))
    with pytest.raises(ValueError, match=r"\(100 %\) lie outside[\s\S]*same origin"):
        DOORS[door](TIMES, PLACES + 500.0)
    with pytest.raises(ValueError, match="All 29,800 positions are NaN"):
        DOORS[door](TIMES, np.full_like(PLACES, np.nan))


def test_limits_that_leave_nothing() -> None:
    with pytest.raises(ValueError, match=r"29,799 of 29,799 steps .* max_gap=0.01 s; .* 0.02 s"):
        PLANE.occupancy(TIMES, PLACES, max_gap=0.01)
    uneven = np.arange(100.0) / 50 + np.repeat(np.arange(10.0), 10)
    steps = np.append(np.tile([0.02, 0.2, 0.2], 33), 0.02).cumsum()
    with pytest.warns(UserWarning, match=r"66 of 99 steps .*\n.*Leave max_gap out"):
        PLANE.occupancy(steps, PLACES[:100], max_gap=0.1)
    assert PLANE.occupancy(uneven, PLACES[:100]).sum() > 1.7
    with pytest.raises(
        ValueError, match=r"No sample is as fast as min_speed=200; [\s\S]*0.025 m/s"
    ):
        PLANE.occupancy(TIMES, PLACES, min_speed=200)
    message = r"No bin was visited for min_occupancy_seconds=1000 s: the longest .* is"
    with pytest.warns(UserWarning, match=message):
        compute_place_field(PLANE, SPIKES, TIMES, PLACES, min_occupancy_seconds=1000)
    with pytest.warns(UserWarning, match=message):
        compute_place_fields(PLANE, [SPIKES], TIMES, PLACES, min_occupancy_seconds=1000)


@pytest.mark.parametrize(
    ("factor", "guess"),
    [
        (1e3, "look like milliseconds: pass spike_times / 1000"),
        (1e6, "look like microseconds"),
        (30_000.0, r"look like sample numbers: pass spike_times / 30000"),
        (24_414.0625, "look like sample numbers"),
    ],
)
def test_spikes_in_another_unit(factor: float, guess: str) -> None:
    inside = np.append(5.0, np.floor(SPIKES * factor))
    with pytest.warns(
        UserWarning, match=rf"spike_times \(.* lie outside the session: .*\n.*{guess}"
    ):
        place(inside)
    with pytest.raises(ValueError, match=rf"\(100 %\) lie outside[\s\S]*{guess}"):
        place(np.floor(SPIKES[SPIKES > 1] * factor))
    with pytest.warns(UserWarning, match=guess):
        compute_place_fields(
            PLANE, [inside, *(np.floor(one * factor) for one in TRAINS)], TIMES, PLACES
        )


def test_clocks_of_another_zero() -> None:
    with pytest.raises(ValueError, match=r"they run from 2024-01-01 .*[\s\S]*same zero"):
        place(SPIKES + 1704067200.0)
    with pytest.raises(ValueError, match=r"lie outside the session"):
        compute_place_fields(PLANE, [one + 5000 for one in TRAINS], TIMES, PLACES)
    with pytest.warns(UserWarning, match=r"\(100 %\) lie outside the session"):
        place(SPIKES + 5000)
    dates = np.datetime64("2024-01-01") + (TIMES * 1e9).astype("timedelta64[ns]")
    with pytest.raises(ValueError, match=r"times from 2024-01-01 00:00"):
        place(SPIKES, dates)


def test_frame_numbers_for_seconds() -> None:
    numbers = np.arange(TIMES.size, dtype=float)
    with pytest.warns(UserWarning, match=r"times are 0, 1, 2, … 29799.*\n.*frame numbers"):
        place(SPIKES, numbers)
    with pytest.warns(UserWarning, match="frame numbers"):
        compute_place_fields(PLANE, TRAINS, numbers + 1, PLACES)


@pytest.mark.parametrize("dense", [0.02, 0.5, 3.0])
def test_counts_for_times(dense: float) -> None:
    counts = np.random.default_rng(0).poisson(dense, TIMES.size)
    for n in (TIMES.size, TIMES.size // 3):
        with pytest.warns(UserWarning, match=r"no order: .*\n.*counts per sample: pass np.repeat"):
            place(counts[:n])


@pytest.mark.parametrize("n", [TIMES.size, TIMES.size // 2])
def test_a_trace_for_times(n: int) -> None:
    rng = np.random.default_rng(0)
    decay = np.convolve(rng.random(n) < 0.01, np.exp(-np.arange(60) / 15))[:n]
    for trace in (decay + rng.normal(0, 0.1, n), rng.normal(0, 1, n)):
        with pytest.warns(UserWarning, match=r"Spike times of unit 0 .*\n.*look like a trace"):
            compute_place_fields(PLANE, trace[np.newaxis], TIMES, PLACES)


def test_windows_outside_the_session() -> None:
    rest = [(-300, -200), (-200, -100), (-100, 0), (0, 100)]
    with pytest.warns(UserWarning, match="3 of 4 windows lie outside the session"):
        compute_place_fields(PLANE, [SPIKES], TIMES, PLACES, windows=rest)
    in_ms = np.array([(1e5, 2e5), (2e5, 6e5)])
    with pytest.raises(ValueError, match=r"2 of 2 windows lie[\s\S]*pass windows / 1000\."):
        compute_place_fields(PLANE, [SPIKES], TIMES, PLACES, windows=in_ms)
    with pytest.warns(UserWarning, match="2 of 3 windows lie outside the session") as caught:
        compute_place_fields(
            PLANE, [SPIKES], TIMES, PLACES, windows=[(0, 60), (700, 800), (900, 1000)]
        )
    assert "milliseconds" not in str(caught[0].message)


GOOD: dict[str, Callable[[], object]] = {
    "a silent unit": lambda: place([]),
    "one that fired before and after": lambda: place([-900.0, -30.0, 700.0, 2000.0]),
    "one that fired after": lambda: place([700.0, 900.0]),
    "one that fell silent before a short part": lambda: place(
        SPIKES[SPIKES < 590], TIMES[TIMES > 598], PLACES[TIMES > 598]
    ),
    "several that did": lambda: compute_place_fields(
        PLANE, [one[one < 590] for one in TRAINS], TIMES[TIMES > 598], PLACES[TIMES > 598]
    ),
    "spikes of a whole day": lambda: place(np.arange(-20_000.0, 60_000.0, 0.7)),
    "silent units among others": lambda: compute_place_fields(
        PLANE, [[], [9e4], *TRAINS], TIMES, PLACES
    ),
    "a short part": lambda: place(np.arange(0, 3600, 0.9), TIMES[1000:1100], PLACES[1000:1100]),
    "trains put together": lambda: place(np.concatenate(TRAINS)),
    "spikes rounded to frames": lambda: place(np.round(np.concatenate(TRAINS[:2]) * 30) / 30),
    "unsorted spikes": lambda: place(np.random.default_rng(0).permutation(SPIKES)),
    "one sample a second": lambda: place(SPIKES, np.arange(596.0), PLACES[::50]),
    "a sample each 4 s": lambda: place(SPIKES, TIMES[::200], PLACES[::200]),
    "frames counted, with spikes": lambda: place(SPIKES * 49, np.arange(29800.0), PLACES),
    "long pauses": lambda: place(SPIKES, TIMES + 900.0 * (TIMES // 60), PLACES),
    "lost for most of the time": lambda: PLANE.occupancy(
        TIMES, np.where(TIMES[:, np.newaxis] % 10 < 8, np.nan, PLACES)
    ),
    "at rest": lambda: PLANE.occupancy(TIMES, np.full_like(PLACES, 50.0) + PLACES / 90),
    "few samples in many bins": lambda: Environment.from_samples(PLACES * 100, 163.5).occupancy(
        TIMES[2761:5940:25], PLACES[2761:5940:25] * 100
    ),
    "at rest in another box": lambda: PLANE.occupancy(
        TIMES, PLACES + np.where(TIMES[:, np.newaxis] > 200, 400.0, 0.0)
    ),
    "slow most of the time": lambda: PLANE.occupancy(TIMES, PLACES, min_speed=40),
    "an arm of all": lambda: PLANE.subset(region="low").occupancy(TIMES, PLACES),
    "an arm never entered": lambda: PLANE.subset(region="low").occupancy(
        TIMES[PLACES[:, 1] > 40], PLACES[PLACES[:, 1] > 40]
    ),
    "dates": lambda: place(
        np.datetime64("2024-01-01") + (SPIKES * 1e9).astype("timedelta64[ns]"),
        np.datetime64("2024-01-01") + (TIMES * 1e9).astype("timedelta64[ns]"),
    ),
    "microseconds as durations": lambda: place(
        (SPIKES * 1e6).astype("timedelta64[us]"), (TIMES * 1e6).astype("timedelta64[us]")
    ),
    "one way only": lambda: compute_directional_fields(
        Environment.from_grid_edges([np.arange(0, 101, 5.0)]),
        [SPIKES],
        TIMES,
        TIMES / 6,
    ),
    "some trials of a day": lambda: compute_place_fields(
        PLANE, [SPIKES], TIMES, PLACES, windows=[(-60, 0), (0, 60), (60, 120)]
    ),
    "windows in pauses": lambda: compute_place_fields(
        PLANE,
        [SPIKES],
        TIMES + 900.0 * (TIMES // 60),
        PLACES,
        windows=[(100, 200), (200, 300), (1000, 1100)],
    ),
}


@pytest.mark.parametrize("data", GOOD)
def test_of_good_data_nothing_is_said(data: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        GOOD[data]()


@given(
    st.floats(0.002, 1.4),
    st.integers(2, 400),
    st.floats(-1e5, 2e9),
    st.lists(st.floats(0, 1), max_size=60),
)
def test_any_recording_in_seconds_is_good(
    interval: float, n: int, begin: float, spikes: list[float]
) -> None:
    times = begin + interval * np.arange(n)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        place(begin + interval * n * np.sort(spikes), times, PLACES[:n])


def test_a_warning_points_at_the_line_of_the_user() -> None:
    with pytest.warns(UserWarning, match="tick") as caught:
        compute_place_fields(PLANE, [SPIKES], TIMES * 1000, PLACES)
    assert caught[0].filename == __file__
