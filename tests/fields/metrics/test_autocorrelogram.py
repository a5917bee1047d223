"""The autocorrelogram, against a loop over lags and a closed form."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neurospatial import Environment
from neurospatial.fields import compute_autocorrelogram
from neurospatial.fields.metrics.autocorrelogram import MIN_OVERLAP
from neurospatial.layouts import RegularGrid

seeds = st.integers(0, 10_000)


def make_env(active: np.ndarray, sizes: tuple[float, ...]) -> Environment:
    edges = tuple(size * np.arange(n + 1.0) for size, n in zip(sizes, active.shape, strict=True))
    return Environment(RegularGrid(edges, active))


def loop_over_lags(image: np.ndarray) -> np.ndarray:
    """Compute Pearson's correlation of what overlaps at each lag, one by one."""
    result = np.full([2 * n - 1 for n in image.shape], np.nan)
    for lag in product(*(range(1 - n, n) for n in image.shape)):
        steps = list(zip(lag, image.shape, strict=True))
        ahead = tuple(slice(max(k, 0), n + min(k, 0)) for k, n in steps)
        behind = tuple(slice(max(-k, 0), n - max(k, 0)) for k, n in steps)
        a, b = image[ahead], image[behind]
        both = np.isfinite(a) & np.isfinite(b)
        if both.sum() >= MIN_OVERLAP and np.ptp(a[both]) > 0 < np.ptp(b[both]):
            result[tuple(k + n - 1 for k, n in steps)] = np.corrcoef(a[both], b[both])[0, 1]
    return result


@settings(deadline=None, max_examples=40)
@given(seeds, st.sampled_from([(9, 7), (6, 6), (40,), (4, 4, 5)]), st.booleans())
def test_each_lag_is_the_correlation_of_what_overlaps(
    seed: int, shape: tuple[int, ...], is_shared: bool
) -> None:
    rng = np.random.default_rng(seed)
    active = rng.uniform(size=shape) < 0.9
    active.flat[0] = True
    env = make_env(active, (2.0, 3.0, 1.0)[: len(shape)])
    fields = rng.gamma(1, 5, (3, env.n_bins))
    fields[:, rng.uniform(size=env.n_bins) < 0.1] = np.nan
    if not is_shared:
        fields[1, rng.uniform(size=env.n_bins) < 0.2] = np.nan
    got = compute_autocorrelogram(env, fields)
    for field, one in zip(fields, got, strict=True):
        image = np.full(shape, np.nan)
        image[active] = field
        np.testing.assert_allclose(one, loop_over_lags(image), atol=1e-9)
        np.testing.assert_allclose(one, np.flip(one), atol=1e-9)
        np.testing.assert_allclose(compute_autocorrelogram(env, field), one, atol=1e-12)


def test_of_a_wave_it_is_the_wave() -> None:
    """Whole periods overlap where the lag leaves them: there it is the cosine of the lag."""
    env = make_env(np.ones((24, 30), bool), (0.5, 0.5))
    field = 3 + np.cos(2 * np.pi * env.bin_centers[:, 0] / 4 + 0.3)
    got = compute_autocorrelogram(env, field)
    lags = 0.5 * np.arange(-16, 17, 8)
    np.testing.assert_allclose(
        got[23 + np.arange(-16, 17, 8), 29], np.cos(2 * np.pi * lags / 4), atol=1e-12
    )
    np.testing.assert_allclose(got[23 + 4, :50], -1, atol=1e-9)


@pytest.mark.parametrize("scale", [1e-150, 1.0, 1e150])
def test_the_unit_of_the_rate_does_not_matter(scale: float) -> None:
    env = make_env(np.ones((8, 8), bool), (1.0, 1.0))
    field = np.random.default_rng(0).gamma(1, 2, 64)
    expected = compute_autocorrelogram(env, field)
    np.testing.assert_allclose(compute_autocorrelogram(env, field * scale), expected, atol=1e-9)


@pytest.mark.parametrize("value", [0.0, 0.1, np.nan])
def test_a_map_that_does_not_vary_resembles_nothing(value: float) -> None:
    env = make_env(np.ones((8, 8), bool), (1.0, 1.0))
    assert np.isnan(compute_autocorrelogram(env, np.full(64, value))).all()


def test_axes_before_the_bins_stay() -> None:
    env = make_env(np.ones((6, 5), bool), (1.0, 1.0))
    fields = np.random.default_rng(1).gamma(1, 2, (2, 3, 30))
    got = compute_autocorrelogram(env, fields)
    assert got.shape == (2, 3, 11, 9)
    np.testing.assert_allclose(got[1, 2], compute_autocorrelogram(env, fields[1, 2]), atol=1e-12)
    assert compute_autocorrelogram(env, fields[:0]).shape == (0, 3, 11, 9)


def test_mistakes() -> None:
    env = make_env(np.ones((6, 5), bool), (1.0, 1.0))
    hexagons = Environment.from_polygon([[0, 0], [9, 0], [9, 9], [0, 9]], 1.0, layout="hexagonal")
    uneven = Environment.from_grid_edges([[0, 1, 3], [0, 1, 2]])
    for space, field, found in (
        (env, np.ones(7), r"fields: found shape \(7,\), expected \(…, 30\)"),
        (env, 1.0, r"fields: found shape \(\)"),
        (env, np.full(30, np.inf), "fields: found infinite values"),
        (hexagons, np.ones(hexagons.n_bins), "those of HexagonalGrid"),
        (uneven, np.ones(4), "those of RegularGrid, and no cells of one size"),
    ):
        with pytest.raises(ValueError, match=rf"{found}[\s\S]*WHY[\s\S]*HOW"):
            compute_autocorrelogram(space, field)
