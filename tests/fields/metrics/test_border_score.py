"""The border score, in closed form and against a loop over bins."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage

from neurospatial import Environment
from neurospatial.fields import compute_border_score
from neurospatial.layouts import RegularGrid

seeds = st.integers(0, 10_000)


def make_env(shape: tuple[int, int], sizes: tuple[float, float] = (1.0, 1.0)) -> Environment:
    edges = tuple(size * np.arange(n + 1.0) for size, n in zip(sizes, shape, strict=True))
    return Environment(RegularGrid(edges, np.ones(shape, bool)))


@pytest.mark.parametrize("side", range(4))
@pytest.mark.parametrize("shape", [(20, 20), (20, 30), (12, 20)])
def test_a_perfect_border_cell(side: int, shape: tuple[int, int]) -> None:
    """It covers the wall, and fires half a bin from it: (1 - d) / (1 + d)."""
    env = make_env(shape, (2.0, 2.0))
    image = np.zeros(shape)
    along = np.moveaxis(image, side // 2, 0)
    along[-1 if side % 2 else 0] = 7.0
    distance = 1 / min(shape)
    expected = (1 - distance) / (1 + distance)
    assert compute_border_score(env, image.ravel()) == pytest.approx(expected)


def test_a_cell_in_the_middle_scores_minus_one() -> None:
    image = np.zeros((21, 21))
    image[10, 10] = 5.0
    assert compute_border_score(make_env((21, 21)), image.ravel()) == -1


def loop_over_bins(image: np.ndarray, sizes: tuple[float, float]) -> float:
    """Score a picture without missing bins, following the words of Solstad et al. (2008)."""
    labels, n = ndimage.label(image >= 0.3 * image.max(), np.ones((3, 3)))
    walls = [labels[0], labels[-1], labels[:, 0], labels[:, -1]]
    coverage = max((wall == k).mean() for wall in walls for k in range(1, n + 1))
    away, weight = [], []
    for (x, y), label in np.ndenumerate(labels):
        if label:
            right, up = image.shape[0] - x, image.shape[1] - y
            steps = (x + 0.5) * sizes[0], (right - 0.5) * sizes[0]
            away.append(min(*steps, (y + 0.5) * sizes[1], (up - 0.5) * sizes[1]))
            weight.append(image[x, y])
    half = min(n * size for n, size in zip(image.shape, sizes, strict=True)) / 2
    distance = np.dot(away, weight) / np.sum(weight) / half
    return (coverage - distance) / (coverage + distance)


@settings(deadline=None, max_examples=60)
@given(seeds, st.floats(1e-100, 1e100))
def test_it_is_what_the_paper_says(seed: int, hz: float) -> None:
    rng = np.random.default_rng(seed)
    shape = tuple(int(n) for n in rng.integers(3, 14, 2))
    sizes = tuple(rng.uniform(0.5, 3, 2).tolist())
    images = rng.gamma(0.5, 5, (3, *shape))
    got = compute_border_score(make_env(shape, sizes), hz * images.reshape(3, -1))
    expected = [loop_over_bins(image, sizes) for image in images]
    np.testing.assert_allclose(got, expected, atol=1e-9)


def test_walls_are_the_outermost_bins_with_a_rate() -> None:
    """Missing rows move the wall inward: the map is that of a smaller box."""
    image = np.full((14, 12), np.nan)
    image[2:12, 1:11] = np.random.default_rng(4).gamma(0.5, 5, (10, 10))
    smaller = image[2:12, 1:11]
    got = compute_border_score(make_env((14, 12)), [image.ravel(), image.ravel()])
    np.testing.assert_allclose(got, loop_over_bins(smaller, (1.0, 1.0)))


def test_a_round_arena_has_walls_too() -> None:
    x, y = np.indices((21, 21)) - 10.0
    env = Environment.from_mask(np.hypot(x, y) <= 10.2, [range(22), range(22)])
    away = 10.2 - np.hypot(*(env.bin_centers - 10.5).T)
    edge, middle = compute_border_score(env, [(away < 2) * 5.0, (away > 7) * 5.0])
    assert edge > 0.7
    assert middle < -0.9


def test_small_firing_fields_count_where_they_may() -> None:
    env = make_env((20, 20))
    image = np.zeros((20, 20))
    image[0], image[10, 10] = 8.0, 8.0
    both, larger = (compute_border_score(env, image.ravel(), min_size=s) for s in (0.0, 2.0))
    assert both < larger == pytest.approx((1 - 0.05) / 1.05)
    assert np.isnan(compute_border_score(env, image.ravel(), min_size=21.0))


def test_none_and_mistakes() -> None:
    env = make_env((5, 5))
    silent = compute_border_score(env, [np.zeros(25), np.full(25, np.nan)])
    assert np.isnan(silent).all()
    assert compute_border_score(env, np.ones((2, 3, 25))).shape == (2, 3)
    with pytest.raises(ValueError, match="min_size is -1"):
        compute_border_score(env, np.ones(25), min_size=-1)
    with pytest.raises(ValueError, match="has 1 dimensions"):
        compute_border_score(Environment.from_grid_edges([range(4)]), np.ones(3))
