"""The units that spikes belong to, in whatever holds them."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pynapple
import pytest

from neurospatial import Environment, compute_place_field, compute_place_fields

GRID = Environment.from_grid_edges([np.arange(4.0)] * 2)
TIMES = np.arange(200) / 10
PLACES = np.random.default_rng(0).random((200, 2)) * 3
TRAINS = [np.sort(np.random.default_rng(n).uniform(0, 19, 30 + n)) for n in (3, 9)]
TABLE = pd.DataFrame({"spike_times": TRAINS}, index=[3, 9])

UNITS: dict[str, tuple[Callable[[], object], tuple[str, ...]]] = {
    "list": (lambda: TRAINS, ("unit 0", "unit 1")),
    "tuple": (lambda: tuple(TRAINS), ("unit 0", "unit 1")),
    "iterator": (lambda: iter(TRAINS), ("unit 0", "unit 1")),
    "mapping": (lambda: {"a": TRAINS[0], "b 2": TRAINS[1]}, ("a", "b 2")),
    "numbered": (lambda: dict(zip(np.array([3, 9]), TRAINS, strict=True)), ("unit 3", "unit 9")),
    "column": (lambda: TABLE["spike_times"], ("unit 3", "unit 9")),
    "group": (
        lambda: pynapple.TsGroup({3: pynapple.Ts(TRAINS[0]), 9: pynapple.Ts(TRAINS[1])}),
        ("unit 3", "unit 9"),
    ),
    "list of Ts": (lambda: [pynapple.Ts(train) for train in TRAINS], ("unit 0", "unit 1")),
    "amplitudes": (
        lambda: [pynapple.Tsd(train, np.ones(train.size)) for train in TRAINS],
        ("unit 0", "unit 1"),
    ),
    "columns": (
        lambda: [pd.Series(train, index=train[::-1]) for train in TRAINS],
        ("unit 0", "unit 1"),
    ),
}


@pytest.mark.parametrize("kind", UNITS)
def test_units_in_any_container(kind: str) -> None:
    make, names = UNITS[kind]
    found = compute_place_fields(
        GRID, make(), TIMES, PLACES, windows=[(0, 20)], method="binned", progress=False
    )
    expected = compute_place_fields(
        GRID, TRAINS, TIMES, PLACES, windows=[(0, 20)], method="binned", progress=False
    )
    assert found.names == names
    np.testing.assert_array_equal(found, expected)


def test_one_unit_is_not_several() -> None:
    for one in (TRAINS[0], list(TRAINS[0]), pd.Series(TRAINS[0])):
        with pytest.raises(TypeError, match=r"33 single numbers[\s\S]*np.repeat\(times, counts\)"):
            compute_place_fields(GRID, one, TIMES, PLACES)
    for kind in ("mapping", "group"):
        with pytest.raises(TypeError, match=r"those of 2 units[\s\S]*compute_place_fields"):
            compute_place_field(GRID, UNITS[kind][0](), TIMES, PLACES)
    with pytest.raises(ValueError, match=r"shape \(2, 33\)"):
        compute_place_field(GRID, [TRAINS[0], TRAINS[0]], TIMES, PLACES)


def test_every_sample_of_a_signal_is_no_spike() -> None:
    signal = pynapple.Tsd(TIMES, np.sin(TIMES))
    with pytest.warns(UserWarning, match=r"a signal: its 200 samples come every 0.1 s[\s\S]*Ts"):
        compute_place_field(GRID, signal, TIMES, PLACES)
    plain = compute_place_field(GRID, signal.threshold(0.9).t, TIMES, PLACES)
    found = compute_place_field(GRID, pynapple.Ts(signal.threshold(0.9).t), TIMES, PLACES)
    np.testing.assert_array_equal(found, plain)


def test_several_traces_are_said_once() -> None:
    traces = np.random.default_rng(0).normal(size=(5, 200))
    with pytest.warns(UserWarning, match="unit 0 and of 4 more come in no order") as told:
        compute_place_fields(GRID, traces, TIMES, PLACES)
    assert len(told) == 1
