"""Spatial coherence, against a loop over bins."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neurospatial import Environment
from neurospatial.fields import compute_coherence
from tests.environment.kinds import layout_of, seeds, some_kind


@settings(deadline=None, max_examples=60)
@given(some_kind, seeds)
def test_it_correlates_each_bin_with_the_mean_around_it(kind: str, seed: int) -> None:
    env = Environment(layout_of(kind, seed))
    rng = np.random.default_rng(seed)
    fields = rng.gamma(1, 5, (2, env.n_bins))
    fields[1, rng.uniform(size=env.n_bins) < 0.2] = np.nan
    got = compute_coherence(env, fields)
    for field, one in zip(fields, got, strict=True):
        pairs = []
        for bin in range(env.n_bins):
            around = field[env.neighbors(bin)]
            if np.isfinite(field[bin]) and np.isfinite(around).any():
                pairs.append((field[bin], np.nanmean(around)))
        x, y = np.reshape(pairs, (-1, 2)).T
        if len(pairs) > 1 and np.ptp(x) > 1e-9 and np.ptp(y) > 1e-9:
            assert one == pytest.approx(np.corrcoef(x, y)[0, 1], abs=1e-9)
        else:
            assert np.isnan(one)


def test_eight_neighbours_as_muller_and_kubie() -> None:
    env = Environment.from_mask(np.ones((3, 3), bool), [range(4), range(4)])
    assert env.neighbors(4).size == 8


@settings(deadline=None, max_examples=20)
@given(seeds, st.floats(1e-150, 1e150))
def test_the_unit_of_the_rate_does_not_matter(seed: int, scale: float) -> None:
    env = Environment.from_mask(np.ones((5, 5), bool), [range(6), range(6)])
    field = np.random.default_rng(seed).gamma(1, 5, 25)
    expected = compute_coherence(env, field)
    np.testing.assert_allclose(compute_coherence(env, field * scale), expected, atol=1e-9)


def test_a_smooth_map_is_coherent_and_noise_is_not() -> None:
    env = Environment.from_mask(np.ones((30, 30), bool), [range(31), range(31)])
    noise = np.random.default_rng(0).gamma(1, 5, (2, 3, 900))
    assert compute_coherence(env, noise).shape == (2, 3)
    assert (np.abs(compute_coherence(env, noise)) < 0.15).all()
    assert compute_coherence(env, env.smooth(noise[0, 0], 3.0)) > 0.95
    assert np.isnan(compute_coherence(env, np.full(900, 0.1)))
    with pytest.raises(ValueError, match=r"fields: found shape \(7,\)"):
        compute_coherence(env, np.ones(7))
