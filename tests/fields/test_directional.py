"""Fields of the two directions of running, and laps."""

import numpy as np
import pytest

from neurospatial import Environment, compute_place_fields
from neurospatial.environment.trajectory import bin_trajectory
from neurospatial.fields import compute_directional_fields, lap_windows, running_velocity
from tests.layouts.tracks import W_NODES, w_track

LINE = Environment.from_mask(np.ones(20, bool), [np.arange(0, 101, 5.0)])


def shuttle(n_laps: int = 8) -> tuple[np.ndarray, np.ndarray]:
    """To and fro between 0 and 100 in four seconds each way, resting at both ends."""
    one = np.concatenate([np.zeros(25), np.linspace(0, 100, 200), np.full(25, 100.0)])
    position = np.concatenate([one, one[::-1]] * n_laps)
    return np.arange(position.size) / 50, position


def test_a_unit_that_fires_one_way_has_a_field_one_way() -> None:
    times, position = shuttle()
    velocity = running_velocity(LINE, times, position)
    out = (velocity > 0) & (np.abs(position - 62) < 4)
    back = (velocity < 0) & (np.abs(position - 22) < 4)
    trains = [times[out] + 1e-3, times[back] + 1e-3]
    there, fro = compute_directional_fields(
        LINE, trains, times, position, method="binned", min_speed=5.0
    )
    assert there.shape == fro.shape == (2, 1, 20)
    assert np.nansum(fro[0]) == np.nansum(there[1]) == 0
    assert np.nanargmax(there[0, 0]) == 12
    assert np.nanargmax(fro[1, 0]) == 4


def test_both_directions_make_up_the_whole() -> None:
    """Spikes and seconds of the two directions are those of every running sample."""
    times, position = shuttle()
    spikes = np.random.default_rng(0).uniform(times[0], times[-1], 900)
    options = {"method": "binned", "max_gap": None}
    parts = compute_directional_fields(LINE, [spikes], times, position, min_speed=3.0, **options)
    velocity = running_velocity(LINE, times, position)
    seconds = [
        bin_trajectory(
            LINE.layout, times, position, speed=v, min_speed=3.0, max_gap=None
        ).compute_occupancy()
        for v in (velocity, -velocity)
    ]
    whole = compute_place_fields(
        LINE, [spikes], times, position, speed=np.abs(velocity), min_speed=3.0, **options
    )
    counts = sum(np.nan_to_num(f[0, 0]) * s for f, s in zip(parts, seconds, strict=True))
    np.testing.assert_allclose(counts, whole[0, 0] * sum(seconds), atol=1e-9)


def test_velocity_is_the_gradient_on_one_edge() -> None:
    rng = np.random.default_rng(0)
    times = rng.uniform(0.01, 0.1, 200).cumsum()
    position = np.abs(rng.normal(0, 1, 200).cumsum())
    found = running_velocity(LINE, times, position)
    wide = (position[2:] - position[:-2]) / (times[2:] - times[:-2])
    np.testing.assert_allclose(found[1:-1], wide)
    assert found[0] == pytest.approx((position[1] - position[0]) / (times[1] - times[0]))
    position[50] = np.nan
    broken = running_velocity(LINE, times, position)
    assert np.isnan(broken[50])
    assert broken[49] == pytest.approx((position[49] - position[48]) / (times[49] - times[48]))
    assert np.isnan(running_velocity(LINE, [1.0], [5.0]))


def test_on_a_branching_track_jumps_of_distance_are_no_running() -> None:
    env = Environment(w_track(spacing=50.0))
    nodes = np.array([W_NODES[k] for k in (2, 3, 1, 0)], dtype=float)
    lengths = np.append(0, np.hypot(*np.diff(nodes, axis=0).T).cumsum())
    way = np.linspace(0, lengths[-1], 1000)
    plane = np.stack([np.interp(way, lengths, nodes[:, k]) for k in (0, 1)], axis=1)
    distance, times = env.linearize(plane), np.arange(1000) / 50
    velocity = running_velocity(env, times, distance)
    speed = lengths[-1] / way.size * 50
    np.testing.assert_allclose(velocity, speed, rtol=0.01)
    np.testing.assert_allclose(running_velocity(env, times, distance[::-1]), -speed, rtol=0.01)
    there, back = compute_directional_fields(env, [[1.0]], times, distance, method="binned")
    assert np.isfinite(there).sum() > 20
    assert np.isnan(back).all()


def test_laps_lead_from_one_region_to_another() -> None:
    times, position = shuttle(3)
    env = LINE.copy()
    env.regions.add("home", point=[2.0])
    env.regions.add("goal", point=[98.0])
    out = lap_windows(env, times, position, "home", "goal")
    back = lap_windows(env, times, position, "goal", "home")
    assert len(out) == len(back) == 3
    for windows, first, last in ((out, 0, 19), (back, 19, 0)):
        at = [env.bin_at(position[np.searchsorted(times, moment)]) for moment in windows.T]
        assert set(at[0]) == {first}
        assert set(at[1]) == {last}
        for begin, end in windows:
            between = position[(times > begin) & (times < end)]
            assert ((between > 5) & (between < 95)).all()
    assert (out[:, 1] < back[:, 0]).all()
    fields = compute_place_fields(env, [times[::9]], times, position, windows=out, method="binned")
    assert fields.shape == (1, 3, 20)


def test_an_animal_that_turns_back_has_not_run_a_lap() -> None:
    env = Environment.from_mask([True] * 4, [range(5)])
    env.regions.add("home", point=[0.5])
    env.regions.add("goal", point=[3.5])
    path = [1.5, 0.5, 1.5, np.nan, 0.5, 1.5, 2.5, 3.5, 2.5, 3.5, 1.5]
    times = np.arange(len(path), dtype=float)
    assert lap_windows(env, times, path, "home", "goal").tolist() == [[4, 7]]
    assert lap_windows(env, times, path, "goal", "home").shape == (0, 2)


@pytest.mark.parametrize(
    ("use", "error", "found"),
    [
        (
            lambda: running_velocity(Environment.from_mask([[True]], [[0, 1]] * 2), [0], [[0, 0]]),
            ValueError,
            r"has 2 dimensions[\s\S]*linearize",
        ),
        (lambda: running_velocity(LINE, [0, 1], [1.0]), ValueError, "times have shape"),
        (
            lambda: compute_directional_fields(LINE, [[]], [0, 1], [1, 2], min_speed=-1),
            ValueError,
            "min_speed is -1",
        ),
        (lambda: lap_windows(LINE, [0, 1], [1, 2], "a", "a"), ValueError, "from 'a' to itself"),
        (lambda: lap_windows(LINE, [0, 1], [1, 2], "a", "b"), KeyError, "no region 'a'"),
    ],
)
def test_bad_questions(use: object, error: type, found: str) -> None:
    with pytest.raises(error, match=found):
        use()
