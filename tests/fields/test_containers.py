"""Whatever holds the numbers, and whatever tells the time, the answer is that of plain arrays."""

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from numpy.typing import NDArray

from neurospatial import Environment, compute_place_field, compute_place_fields
from neurospatial.fields import (
    compute_directional_fields,
    detect_fields,
    lap_windows,
    running_velocity,
    sliding_windows,
    sparsity,
    spatial_information,
)
from neurospatial.samples import simulate_place_cells

Floats = NDArray[np.float64]

RNG = np.random.default_rng(0)
PLANE = Environment.from_grid_edges([np.arange(9.0), np.arange(9.0)], units="cm")
PLANE.regions.add("low", polygon=[[0, 0], [8, 0], [8, 3], [0, 3]])
PLANE.regions.add("high", polygon=[[0, 5], [8, 5], [8, 8], [0, 8]])
LINE = Environment.from_grid_edges([np.arange(9.0)])

# Whole or halves, so that every type of number holds them exactly.
TIMES = np.arange(60.0) / 2
PLACES = np.clip(4 + RNG.integers(-1, 2, (60, 2)).cumsum(axis=0), 0, 8).astype(float)
SPIKES = np.sort(RNG.choice(59, 25, replace=False)) / 2
SPEED = RNG.integers(0, 9, 60).astype(float)
FIELD = RNG.integers(1, 9, 64).astype(float)
WINDOWS = np.array([[0.0, 10.0], [10.0, 20.0], [5.0, 29.0]])

QUIET = {"progress": False, "method": "binned"}

TIMED: dict[str, Callable[[object], object]] = {
    "occupancy": lambda times: PLANE.occupancy(times, PLACES),
    "occupancy(min_speed)": lambda times: PLANE.occupancy(times, PLACES, min_speed=1),
    "region_visits": lambda times: [
        one.durations for one in PLANE.region_visits(times, PLACES).values()
    ],
    "transitions": lambda times: PLANE.transitions(times, PLACES).toarray(),
    "running_velocity": lambda times: running_velocity(LINE, times, PLACES[:, 0]),
}
PLACED: dict[str, Callable[[object], object]] = {
    "from_samples": lambda places: Environment.from_samples(places, 1.0).bin_centers,
    "occupancy": lambda places: PLANE.occupancy(TIMES, places),
    "region_visits": lambda places: list(PLANE.region_visits(TIMES, places).values()),
    "bin_sequence": lambda places: PLANE.bin_sequence(TIMES, places),
    "transitions": lambda places: PLANE.transitions(TIMES, places).toarray(),
    "lap_windows": lambda places: lap_windows(PLANE, TIMES, places, "low", "high"),
    "compute_place_field": lambda places: compute_place_field(PLANE, SPIKES, TIMES, places),
    "compute_place_fields": lambda places: np.asarray(
        compute_place_fields(PLANE, [SPIKES], TIMES, places, windows=WINDOWS, progress=False)
    ),
    "bin_at": PLANE.bin_at,
    "contains": PLANE.contains,
    "region_membership": PLANE.region_membership,
    "interpolate(points)": lambda places: PLANE.interpolate(FIELD, places),
    "distance_between": lambda places: PLANE.distance_between(places, PLACES),
    "simulate_place_cells": lambda places: simulate_place_cells(TIMES, places, 2).spike_times,
}
EVENTS: dict[str, Callable[[object], object]] = {
    "compute_place_field": lambda spikes: compute_place_field(PLANE, spikes, TIMES, PLACES),
    "compute_place_fields": lambda spikes: compute_place_fields(
        PLANE, {"a": spikes, "b": SPIKES}, TIMES, PLACES, **QUIET
    ),
    "compute_directional_fields": lambda spikes: compute_directional_fields(
        LINE, [spikes], TIMES, PLACES[:, 0], **QUIET
    ),
}
VALUED: dict[str, Callable[[object], object]] = {
    "smooth": lambda field: PLANE.smooth(field, 2.0),
    "interpolate(field)": lambda field: PLANE.interpolate(field, PLACES + 0.3),
    "detect_fields": lambda field: [one.bins for one in detect_fields(PLANE, field)],
    "sparsity": lambda field: sparsity(field, FIELD),
    "spatial_information": lambda field: spatial_information(field, FIELD),
    "plot_field": lambda field: (
        PLANE.plot_field(field, ax=Figure().add_subplot()).collections[-1].get_array().filled(-1)
    ),
}
SPEEDS: dict[str, Callable[[object], object]] = {
    "occupancy": lambda speed: PLANE.occupancy(TIMES, PLACES, speed=speed, min_speed=3),
    "compute_place_field": lambda speed: compute_place_field(
        PLANE, SPIKES, TIMES, PLACES, speed=speed, min_speed=3
    ),
}


def in_file(array: Floats) -> object:
    import h5py

    return h5py.File(io.BytesIO(), "w").create_dataset("data", data=array)


def in_dask(array: Floats) -> object:
    import dask.array

    return dask.array.from_array(array, chunks=7)


def in_zarr(array: Floats) -> object:
    import zarr

    return zarr.array(array)


def in_xarray(array: Floats) -> object:
    import xarray

    return xarray.DataArray(array, coords={"dim_0": np.arange(len(array))[::-1]})


def in_pandas(array: Floats, dtype: str = "float64") -> object:
    import pandas

    table = pandas.DataFrame(array, index=np.arange(len(array))[::-1]).astype(dtype)
    return table[0] if array.ndim == 1 else table


def in_polars(array: Floats) -> object:
    import polars

    return polars.Series(array) if array.ndim == 1 else polars.DataFrame(array)


def in_objects(kind: type) -> Callable[[Floats], object]:
    return lambda array: np.vectorize(lambda x: kind(float(x)), otypes=[object])(array)


KINDS: dict[str, Callable[[Floats], object]] = {
    "list": lambda array: array.tolist(),
    "tuple": lambda array: tuple(array.tolist()),
    "list of arrays": lambda array: list(array),
    "float16": lambda array: array.astype(np.float16),
    "big-endian": lambda array: array.astype(">f8"),
    "integers": lambda array: array.astype(np.int16) if (array % 1 == 0).all() else array,
    "strided": lambda array: np.repeat(array, 2, axis=0)[::2],
    "not masked": lambda array: np.ma.masked_array(array, mask=False),
    "pandas": in_pandas,
    "nullable": lambda array: in_pandas(array, "Float64"),
    "polars": in_polars,
    "xarray": in_xarray,
    "dask": in_dask,
    "zarr": in_zarr,
    "h5py": in_file,
    "Decimal": in_objects(Decimal),
    "Fraction": in_objects(Fraction),
}

DOORS = {
    **{f"{name}: times": (hand, TIMES) for name, hand in TIMED.items()},
    **{f"{name}: positions": (hand, PLACES) for name, hand in PLACED.items()},
    **{f"{name}: spikes": (hand, SPIKES) for name, hand in EVENTS.items()},
    **{f"{name}: field": (hand, FIELD) for name, hand in VALUED.items()},
    **{f"{name}: speed": (hand, SPEED) for name, hand in SPEEDS.items()},
    "compute_place_fields: windows": (
        lambda windows: compute_place_fields(
            PLANE, [SPIKES], TIMES, PLACES, windows=windows, **QUIET
        ),
        WINDOWS,
    ),
    "sparsity: occupancy": (lambda occupancy: sparsity(FIELD, occupancy), FIELD),
}


def same(one: object, other: object) -> None:
    if isinstance(one, (list, tuple)):
        assert isinstance(other, (list, tuple))
        assert len(one) == len(other)
        for part, counterpart in zip(one, other, strict=True):
            same(part, counterpart)
    else:
        np.testing.assert_array_equal(np.asarray(one), np.asarray(other))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("door", DOORS)
def test_the_container_changes_nothing(door: str, kind: str) -> None:
    hand, plain = DOORS[door]
    same(hand(KINDS[kind](plain)), hand(plain))


@settings(deadline=None, max_examples=25)
@given(st.data())
@pytest.mark.parametrize("door", [one for one in DOORS if one.endswith(("ons", "field", "speed"))])
def test_what_is_masked_is_missing(door: str, data: st.DataObject) -> None:
    hand, plain = DOORS[door]
    chosen = data.draw(st.lists(st.integers(0, len(plain) - 1), min_size=1, max_size=20))
    mask = np.zeros(plain.shape, bool)
    mask[chosen] = True
    missing = np.where(mask, np.nan, plain)
    behind = np.where(mask, data.draw(st.sampled_from([0.0, 1e9, np.inf])), plain)
    expected = hand(missing)
    same(hand(np.ma.masked_array(behind, mask)), expected)
    same(hand([np.ma.masked_array(*row) for row in zip(behind, mask, strict=True)]), expected)
    if plain.ndim == 1:
        table = in_pandas(plain, "Float64")
        table[mask[::-1]] = None
        same(hand(table), hand(np.where(mask[::-1], np.nan, plain)))


BEGIN = np.datetime64("2024-01-01T12:00:00", "us")


def to_dates(seconds: Floats) -> NDArray[np.datetime64]:
    return BEGIN + (seconds * 1e6).astype("timedelta64[us]")


def to_datetimes(seconds: Floats) -> list[datetime]:
    return [BEGIN.item().replace(tzinfo=UTC) + timedelta(seconds=s) for s in seconds.tolist()]


def to_pandas(seconds: Floats) -> object:
    import pandas

    return pandas.Series(pandas.to_datetime(to_dates(seconds))).dt.tz_localize("UTC")


CLOCKS: dict[str, Callable[[Floats], object]] = {
    "dates": to_dates,
    "datetimes": to_datetimes,
    "pandas": to_pandas,
    "durations": lambda seconds: (seconds * 1e3).astype("timedelta64[ms]"),
    "timedeltas": lambda seconds: [timedelta(seconds=s) for s in seconds.tolist()],
}
ON_CLOCKS: dict[str, Callable[[Callable[[Floats], object]], object]] = {
    **{name: lambda to, hand=hand: hand(to(TIMES)) for name, hand in TIMED.items()},
    "bin_sequence": lambda to: PLANE.bin_sequence(to(TIMES), PLACES).bins,
    "compute_place_field": lambda to: compute_place_field(PLANE, to(SPIKES), to(TIMES), PLACES),
    "compute_place_fields": lambda to: compute_place_fields(
        PLANE,
        [to(SPIKES)],
        to(TIMES),
        PLACES,
        windows=[list(to(pair)) for pair in WINDOWS],
        **QUIET,
    ),
    "compute_directional_fields": lambda to: compute_directional_fields(
        LINE, [to(SPIKES)], to(TIMES), PLACES[:, 0], **QUIET
    ),
    "lap_windows": lambda to: np.diff(lap_windows(PLANE, to(TIMES), PLACES, "low", "high")),
    "sliding_windows": lambda to: (
        sliding_windows(to(TIMES)[0], to(TIMES)[59], timedelta(seconds=10), np.timedelta64(5, "s"))
        - sliding_windows(to(TIMES)[0], to(TIMES)[59], 10, 5)[0, 0]
    ),
    "simulate_place_cells": lambda to: simulate_place_cells(to(TIMES), PLACES, 2).centers,
}


@pytest.mark.parametrize("clock", CLOCKS)
@pytest.mark.parametrize("door", ON_CLOCKS)
def test_dates_and_durations_are_seconds(door: str, clock: str) -> None:
    found, expected = (ON_CLOCKS[door](to) for to in (CLOCKS[clock], np.asarray))
    for one, other in zip(np.atleast_1d(found), np.atleast_1d(expected), strict=True):
        np.testing.assert_allclose(np.asarray(one), np.asarray(other), atol=1e-6)
