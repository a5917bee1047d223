"""The visits of bins and regions, against counting by hand."""

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings

from neurospatial import Environment, compute_place_fields
from tests.environment.kinds import layout_of, seeds, some_kind, walk


@settings(deadline=None, max_examples=60)
@given(some_kind, seeds)
def test_visits_last_as_long_as_the_occupancy(kind: str, seed: int) -> None:
    env = Environment(layout_of(kind, seed))
    times, positions = walk(env, seed)
    visits = env.bin_sequence(times, positions)
    held = np.bincount(visits.bins, visits.leave - visits.enter, env.n_bins)
    np.testing.assert_allclose(held, env.occupancy(times, positions), atol=1e-9)
    assert (visits.leave[:-1] <= visits.enter[1:]).all()
    assert (visits.enter <= visits.leave).all()


@settings(deadline=None, max_examples=60)
@given(some_kind, seeds)
def test_transitions_are_counted_by_hand(kind: str, seed: int) -> None:
    env = Environment(layout_of(kind, seed))
    times, positions = walk(env, seed)
    bins = env.bin_at(positions)
    expected = np.zeros((env.n_bins, env.n_bins), dtype=int)
    for here, there, step in zip(bins[:-1], bins[1:], np.diff(times), strict=True):
        if step <= 0.5 and here >= 0 and there >= 0 and here != there:
            expected[here, there] += 1
    counts = env.transitions(times, positions, max_gap=0.5)
    assert counts.dtype == np.int64
    np.testing.assert_array_equal(counts.toarray(), expected)


def test_a_path_of_no_samples() -> None:
    env = Environment(layout_of("grid", 0))
    assert env.bin_sequence([], np.empty((0, 2))).bins.size == 0
    assert env.transitions([], np.empty((0, 2))).nnz == 0
    one = env.bin_sequence([3.0], env.bin_centers[:1])
    assert [part.tolist() for part in one] == [[0], [3.0], [3.0]]


def with_regions(kind: str, seed: int) -> Environment:
    """Two areas that overlap, where the layout is in the plane, and a point."""
    env = Environment(layout_of(kind, seed))
    env.regions.add("spot", point=env.bin_centers[0])
    if env.n_dims < 3:
        env.regions.add("left", polygon=shapely.box(-5, -5, 4, 9))
        env.regions.add("low", polygon=shapely.box(-5, -5, 30, 3))
    return env


@settings(deadline=None, max_examples=60)
@given(some_kind, seeds)
def test_visits_of_regions_are_followed_by_hand(kind: str, seed: int) -> None:
    env = with_regions(kind, seed)
    times, positions = walk(env, seed)
    found = env.region_visits(times, positions, max_gap=0.5)
    assert list(found) == list(env.regions)
    membership = env.region_membership(positions)
    for (name, visits), inside in zip(found.items(), membership.T, strict=True):
        expected: list[list[float]] = []
        going = False
        for number, (here, there) in enumerate(pairwise(times.tolist())):
            if inside[number] and not going:
                expected.append([here, here])
            held = bool(inside[number]) and there - here <= 0.5
            if held:
                expected[-1][1] = there
            going = held and bool(inside[number + 1])
        if inside[-1] and not going:
            expected.append([times[-1]] * 2)
        got = np.stack([visits.enter, visits.leave], axis=1)
        assert got.tolist() == expected
        lasted = [leave - enter for enter, leave in expected]
        np.testing.assert_allclose(visits.durations, lasted)
        steps = np.diff(times)
        counted = inside[:-1] & (steps <= 0.5)
        assert visits.durations.sum() == pytest.approx(steps[counted].sum())
        [alone] = env.region_visits(times, positions, name, max_gap=0.5).values()
        assert (alone.enter == visits.enter).all()
        whole = env.region_visits(times, positions, [name], max_gap=None)[name]
        assert whole.durations.sum() == pytest.approx(steps[inside[:-1]].sum())


def test_time_in_a_region_of_bins_is_their_occupancy() -> None:
    env = Environment(layout_of("grid", 3))
    env.regions.add("home", polygon=env.layout.bin_polygons[0])
    times, positions = walk(env, 3)
    seconds = env.region_visits(times, positions)["home"].durations.sum()
    assert seconds == pytest.approx(env.occupancy(times, positions)[0])


def test_visits_are_windows_for_place_fields() -> None:
    env = Environment.from_mask([True] * 3, [range(4)])
    env.regions.add("goal", point=[2.5])
    times = np.arange(6) / 10
    visits = env.region_visits(times, [0.5, 2.5, 2.5, 0.5, 2.5, 0.5])["goal"]
    windows = np.stack([visits.enter, visits.leave], axis=1)
    np.testing.assert_allclose(windows, [[0.1, 0.3], [0.4, 0.5]])
    positions = [0.5, 2.5, 2.5, 0.5, 2.5, 0.5]
    fields = compute_place_fields(
        env, [[0.15, 0.42]], times, positions, windows=windows, method="binned"
    )
    np.testing.assert_allclose(fields[0, :, 2], [5, 10])


def test_no_samples_and_no_regions() -> None:
    env = with_regions("grid", 0)
    visits = env.region_visits([], np.empty((0, 2)))["spot"]
    assert visits.durations.size == visits.enter.size == visits.leave.size == 0
    assert Environment(layout_of("grid", 0)).region_visits([0.0], [[0.0, 0.0]]) == {}


def test_mistakes_about_visits() -> None:
    env = with_regions("grid", 0)
    with pytest.raises(KeyError, match=r"spto[\s\S]*spot"):
        env.region_visits([0.0], [[0.0, 0.0]], "spto")
    with pytest.raises(ValueError, match=r"max_gap is -1 s"):
        env.region_visits([0.0], [[0.0, 0.0]], max_gap=-1)
    with pytest.raises(ValueError, match=r"times have shape \(2,\), and there are 1 samples"):
        env.region_visits([0.0, 1.0], [[0.0, 0.0]])
