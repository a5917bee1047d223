"""What is decoded is what Bayes' rule says, and what others decode."""

import pickle
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neurospatial import Environment, compute_place_fields, decode_positions
from neurospatial.decoding import Decoded, decode
from neurospatial.fields import FieldSeries
from neurospatial.samples import open_field, simulate_place_cells
from tests.decoding.worlds import decode_plainly, make_box, make_maze, make_world

ENVIRONMENTS = {
    "grid": make_box(),
    "hexagonal": Environment.from_polygon(
        [(0, 0), (30, 0), (30, 20), (0, 20)], 5, layout="hexagonal"
    ),
    "line": Environment.from_mask(np.ones(9, bool), [np.arange(10) * 3.0]),
    "box of three dimensions": Environment.from_grid_edges([[0, 1, 2], [0, 1, 2, 3], [0, 2, 3]]),
    "track": make_maze(),
}


@pytest.mark.parametrize("name", sorted(ENVIRONMENTS))
def test_the_posterior_is_that_of_the_formula(name: str) -> None:
    world = make_world(ENVIRONMENTS[name])
    env, n_bins = world.env, world.env.n_bins
    weights = np.arange(n_bins) % 3 + 1.0
    edges = np.cumsum([1.0, *np.random.default_rng(1).uniform(0.05, 2, 40)])
    decoded = decode_positions(env, world.fields, world.spikes, time_bins=edges, prior=weights)
    plain = decode_plainly(world.fields, world.spikes, edges, weights / weights.sum())
    assert decoded.posterior.dtype == np.float32
    np.testing.assert_allclose(decoded.posterior, plain, rtol=1e-5, atol=1e-30)
    np.testing.assert_allclose(decoded.times, (edges[1:] + edges[:-1]) / 2)
    np.testing.assert_array_equal(decoded.windows, np.column_stack([edges[:-1], edges[1:]]))
    np.testing.assert_array_equal(decoded.map_position, env.bin_centers[np.argmax(plain, axis=1)])


@settings(max_examples=25)
@given(seed=st.integers(0, 1000), width=st.floats(0.01, 5), shift=st.sampled_from([0, 1e3, 1.7e9]))
def test_it_is_a_probability_wherever_the_clock_begins(
    seed: int, width: float, shift: float
) -> None:
    world = make_world(ENVIRONMENTS["grid"], n_units=3, seed=seed)
    spikes = [train + shift for train in world.spikes]
    decoded = decode_positions(
        world.env, world.fields, spikes, time_bins=(shift, shift + 20, width), progress=False
    )
    assert len(decoded) == int(20 / width + 1e-9)
    np.testing.assert_allclose(decoded.posterior.sum(axis=1), 1, rtol=1e-5)
    assert (decoded.entropy >= -1e-9).all()
    assert (decoded.entropy <= np.log2(world.env.n_bins) + 1e-9).all()
    assert (decoded.credible_radius >= 2.5).all()


def test_it_is_what_pynapple_decodes() -> None:
    nap = pytest.importorskip("pynapple")
    xr = pytest.importorskip("xarray")
    world = make_world(ENVIRONMENTS["grid"], n_units=12, seed=4)
    curves = xr.DataArray(
        world.fields.reshape(12, 6, 6), dims=("unit", "x", "y"),
        coords={"unit": np.arange(12), "x": np.arange(6), "y": np.arange(6)},
        attrs={"occupancy": np.arange(1.0, 37).reshape(6, 6)},
    )  # fmt: skip
    group = nap.TsGroup({number: nap.Ts(train) for number, train in enumerate(world.spikes)})
    epoch = nap.IntervalSet(2, 58)
    for uniform, prior in ((True, "uniform"), (False, np.arange(1.0, 37))):
        _, theirs = nap.decode_bayes(curves, group, epoch, 0.25, uniform_prior=uniform)
        ours = decode_positions(
            world.env, world.fields, group, time_bins=(2, 58, 0.25), prior=prior
        )
        np.testing.assert_allclose(ours.times, theirs.t)
        np.testing.assert_allclose(
            ours.posterior, theirs.d.reshape(len(ours), -1), rtol=1e-4, atol=1e-12
        )


def test_blocks_threads_and_out_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_world(ENVIRONMENTS["track"])
    given = (world.env, world.fields, world.spikes)
    whole = decode_positions(*given, time_bins=(0, 60, 0.1))
    monkeypatch.setattr(decode, "_VALUES_AT_ONCE", 500)
    shape, done = (600, world.env.n_bins), []
    out = np.lib.format.open_memmap(tmp_path / "out.npy", "w+", np.float32, shape)
    parts = decode_positions(
        *given, time_bins=(0, 60, 0.1), out=out, n_jobs=2, progress=lambda n, of: done.append(n)
    )
    assert parts.posterior is out
    assert len(done) > 20
    assert done[-1] == 600
    # A product of other rows is summed in another order.
    np.testing.assert_allclose(np.load(tmp_path / "out.npy"), whole.posterior, rtol=1e-5)
    for name in ("map_position", "mean_position", "credible_radius", "entropy"):
        np.testing.assert_allclose(getattr(parts, name), getattr(whole, name), atol=1e-7)


def test_a_rat_is_found_where_it_was() -> None:
    times, positions = open_field()
    cells = simulate_place_cells(times, positions, n_cells=60, seed=6).spike_times
    env = Environment.from_samples(positions, bin_size=5, units="cm")
    fields = compute_place_fields(env, cells, times, positions, progress=False)
    occupancy = env.occupancy(times, positions)
    options = {"time_bins": (0, 596, 0.25), "times": times, "positions": positions}
    decoded = decode_positions(env, fields, cells, prior="occupancy", **options)
    assert decoded.error is not None
    assert np.nanmedian(decoded.error) < 6.5
    assert np.nanmean(decoded.error <= decoded.credible_radius) > 0.95
    np.testing.assert_array_equal(
        decode_positions(env, fields, cells, prior=occupancy, **options).posterior,
        decoded.posterior,
    )


def test_units_are_matched_by_name_or_in_order() -> None:
    world = make_world(ENVIRONMENTS["grid"], n_units=3)
    env, maps, trains = world.env, world.fields, world.spikes
    by_row = decode_positions(env, maps, trains, time_bins=(0, 60, 1))
    named_spikes = {9: trains[1], 7: trains[0], 8: trains[2]}
    series = FieldSeries(maps[:, np.newaxis], [30.0], env, ["unit 7", "unit 9", "unit 8"])
    for fields, spikes in (
        ({7: maps[0], 9: maps[1], 8: maps[2]}, named_spikes),
        (series, named_spikes),
        (series, trains),
        (maps[:, np.newaxis], dict(enumerate(trains))),
    ):
        decoded = decode_positions(env, fields, spikes, time_bins=(0, 60, 1))
        np.testing.assert_array_equal(decoded.posterior, by_row.posterior)


def test_it_is_a_series_that_is_animated_as_it_is(tmp_path: Path) -> None:
    world = make_world(ENVIRONMENTS["grid"])
    decoded = decode_positions(world.env, world.fields, world.spikes, time_bins=(0, 5, 0.5))
    assert isinstance(decoded, FieldSeries)
    np.testing.assert_array_equal(np.asarray(decoded), decoded.posterior)
    page = world.env.animate_fields(decoded, save_path=tmp_path / "decoded.html", progress=False)
    assert "probability" in page.read_text(encoding="utf-8")


def test_silence_says_where_units_do_not_fire() -> None:
    env = ENVIRONMENTS["line"]
    fields = np.zeros((1, 9))
    fields[0, :3] = 10.0
    decoded = decode_positions(env, fields, [[3.9, 5.0, 6.1]], time_bins=(4, 6, 0.5))
    silent, spike = decoded.posterior[0], decoded.posterior[2]
    assert silent[:3].sum() < 0.01 < 0.95 < spike[:3].sum()
    # Where units fire the same everywhere, silence says nothing: the posterior is the prior.
    weights = np.arange(1.0, 10)
    even = decode_positions(
        env, fields * 0 + 3, [[3.9, 5.0, 6.1]], time_bins=(4, 6, 0.5), prior=weights
    )
    np.testing.assert_allclose(even.posterior, np.tile(weights / 45, (4, 1)), rtol=1e-6)


def test_thousands_of_spikes_in_a_time_bin_are_no_overflow() -> None:
    world = make_world(ENVIRONMENTS["grid"], n_units=20)
    spikes = [np.linspace(0, 1, 20_000, endpoint=False)] * 20
    decoded = decode_positions(world.env, world.fields, spikes, time_bins=(0, 1, 0.5))
    np.testing.assert_allclose(decoded.posterior.sum(axis=1), 1, rtol=1e-6)
    assert np.isfinite(decoded.entropy).all()


@pytest.mark.parametrize("transition", [None, "random walk"])
def test_in_another_unit_of_length_it_is_the_same(transition: str | None) -> None:
    world = make_world(ENVIRONMENTS["grid"])
    metres = Environment.from_mask(np.ones((6, 6), bool), [np.arange(7) * 0.05 + 3] * 2)
    one, other = (
        decode_positions(
            env, world.fields, world.spikes, time_bins=(0, 20, 0.25), transition=transition
        )
        for env in (world.env, metres)
    )
    np.testing.assert_allclose(one.posterior, other.posterior, rtol=1e-4, atol=1e-12)
    np.testing.assert_allclose(other.mean_position, one.mean_position / 100 + 3, rtol=1e-5)
    np.testing.assert_allclose(other.credible_radius, one.credible_radius / 100, rtol=1e-5)


def test_dates_are_times() -> None:
    world = make_world(ENVIRONMENTS["line"])
    start = np.datetime64("2026-01-05T10:00")
    dates = [start + (train * 1e6).astype("timedelta64[us]") for train in world.spikes]
    step, span = np.timedelta64(500, "ms"), np.timedelta64(20, "s")
    by_date = decode_positions(
        world.env, world.fields, dates, time_bins=(start, start + span, step)
    )
    plain = decode_positions(world.env, world.fields, world.spikes, time_bins=(0, 20, 0.5))
    np.testing.assert_allclose(by_date.posterior, plain.posterior, rtol=1e-5, atol=1e-12)


def test_it_is_pickled_whole() -> None:
    world = make_world(ENVIRONMENTS["track"])
    decoded = decode_positions(world.env, world.fields, world.spikes, time_bins=(0, 9, 0.5))
    again = pickle.loads(pickle.dumps(decoded))
    np.testing.assert_array_equal(again.posterior, decoded.posterior)
    np.testing.assert_array_equal(again.map_position, decoded.map_position)
    assert again.env == decoded.env


def test_a_place_where_the_animal_never_was_is_impossible() -> None:
    world = make_world(ENVIRONMENTS["grid"])
    fields = world.fields.copy()
    fields[:, 7] = np.nan
    decoded = decode_positions(world.env, fields, world.spikes, time_bins=(0, 60, 0.5))
    assert not decoded.posterior[:, 7].any()
    np.testing.assert_allclose(decoded.posterior.sum(axis=1), 1, rtol=1e-6)
    others = np.delete(fields, 7, axis=1)
    expected = decode_plainly(others, world.spikes, np.arange(0, 60.5, 0.5), np.ones(35) / 35)
    np.testing.assert_allclose(np.delete(decoded.posterior, 7, axis=1), expected, rtol=1e-5)


def test_decoded_is_exported() -> None:
    import neurospatial

    assert neurospatial.Decoded is Decoded
