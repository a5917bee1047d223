"""Many place fields at once are single ones, made one by one."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from neurospatial import Environment, compute_place_field, compute_place_fields
from neurospatial.environment.smoothing_kernels import Method
from neurospatial.environment.trajectory import bin_trajectory
from neurospatial.fields import place, sliding_windows
from neurospatial.samples import open_field

Session = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]
METHODS: tuple[Method, ...] = ("diffusion_kde", "gaussian_kde", "binned")


@pytest.fixture(scope="module")
def session() -> Session:
    """A rat's path, and spikes thrown over it at random."""
    times, positions = open_field()
    spikes = np.random.default_rng(1).uniform(times[0] - 5, times[-1] + 5, 4000)
    return times, positions, spikes


@pytest.fixture(scope="module")
def env(session: Session) -> Environment:
    return Environment.from_samples(session[1], 5.0, units="cm")


@pytest.mark.parametrize("method", METHODS)
def test_many_units_are_a_loop_of_single_ones(
    env: Environment, session: Session, method: Method
) -> None:
    times, positions, spikes = session
    units = {"a": spikes[:900], "b": spikes[900:1000], "c": spikes[:0]}
    options = {"method": method, "bandwidth": 6.0, "min_speed": 4.0, "min_occupancy_seconds": 0.2}
    together = compute_place_fields(env, units, times, positions, **options)
    assert together.shape == (3, 1, env.n_bins)
    for field, train in zip(together[:, 0], units.values(), strict=True):
        alone = compute_place_field(env, train, times, positions, **options)
        np.testing.assert_allclose(field, alone, rtol=1e-10, atol=1e-12)
    from_list = compute_place_fields(env, list(units.values()), times, positions, **options)
    np.testing.assert_array_equal(from_list, together)


@pytest.mark.parametrize("method", METHODS)
def test_windows_are_slices_taken_by_hand(
    env: Environment, session: Session, method: Method
) -> None:
    times, positions, spikes = session
    pairs = [(0, 3000), (1500, 4500), (29_000, 29_799)]
    windows = [(times[first], times[last]) for first, last in pairs]
    fields = compute_place_fields(
        env, [spikes], times, positions, windows=windows, method=method, bandwidth=6
    )
    assert fields.shape == (1, 3, env.n_bins)
    for field, (first, last) in zip(fields[0], pairs, strict=True):
        part = slice(first, last + 1)
        by_hand = compute_place_field(
            env, spikes, times[part], positions[part], method=method, bandwidth=6
        )
        np.testing.assert_allclose(field, by_hand, rtol=1e-9, atol=1e-9)


@settings(deadline=None, max_examples=20)
@given(st.lists(st.floats(0.2, 599), min_size=1, max_size=5, unique=True))
def test_windows_that_partition_the_session_add_up(cuts: list[float]) -> None:
    times, positions = open_field()
    env = Environment.from_samples(positions, 20)
    track = bin_trajectory(env.layout, times, positions)
    spikes = np.random.default_rng(0).uniform(times[0], times[-1], 500)
    edges = [0.0, *sorted(cuts), 600.0]
    windows = list(pairwise(edges))
    fields = compute_place_fields(
        env, [spikes], times, positions, windows=windows, method="binned"
    )
    counts = [f * track.compute_occupancy(*w) for f, w in zip(fields[0], windows, strict=True)]
    whole = compute_place_field(env, spikes, times, positions, method="binned")
    # A spike whose window saw too little of its bin to give it a rate is in no window's map.
    missing = np.nansum(whole * track.compute_occupancy()) - np.nansum(counts)
    assert -1e-6 < missing <= len(windows)


def test_a_spike_between_two_windows_is_in_the_second() -> None:
    env = Environment.from_mask([True], [[0, 1]])
    times = np.arange(5) / 4
    fields = compute_place_fields(
        env, [[0.5]], times, np.full(5, 0.5), windows=[(0, 0.5), (0.5, 1)], method="binned"
    )
    assert fields[0, :, 0].tolist() == [0, 2]


def test_maps_do_not_depend_on_how_many_are_made_at_once(
    env: Environment, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    times, positions, spikes = session
    windows = sliding_windows(0, 600, 100, 50)
    expected = compute_place_fields(env, [spikes], times, positions, windows=windows)
    monkeypatch.setattr(place, "_VALUES_AT_ONCE", 5 * env.n_bins)
    found = compute_place_fields(env, [spikes], times, positions, windows=windows)
    np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_the_type_of_the_result_can_be_chosen(env: Environment, session: Session) -> None:
    times, positions, spikes = session
    fields = compute_place_fields(env, [spikes], times, positions, dtype=np.float32)
    assert fields.dtype == np.float32
    assert compute_place_fields(env, [spikes], times, positions).dtype == np.float64


@pytest.mark.parametrize(
    ("options", "error", "found"),
    [
        ({"spike_times": [0.05, 0.1]}, TypeError, "hold 2 single numbers"),
        ({"dtype": np.int64}, TypeError, "dtype is int64"),
        ({"windows": [0, 1]}, ValueError, r"windows have shape \(2,\)"),
        ({"windows": np.empty((0, 2))}, ValueError, r"shape \(0, 2\)"),
        ({"windows": [[0, 1], [2, 2]]}, ValueError, "Window 1 runs from 2 s to 2 s"),
        ({"windows": [[0, np.nan]]}, ValueError, "Window 0"),
        ({"spike_times": {"u7": [np.inf]}}, ValueError, "Spike times of u7"),
    ],
)
def test_bad_batches(options: dict[str, object], error: type, found: str) -> None:
    good: dict[str, object] = {"spike_times": [[0.05]]}
    env = Environment.from_mask([True, True], [[0, 1, 2]])
    with pytest.raises(error, match=found):
        compute_place_fields(
            env,
            times=[0.0, 0.1, 0.2],
            positions=[0.5, 0.5, 1.5],
            **{**good, **options},
        )
