"""The grid score, against pictures turned by scipy, and of perfect grids."""

import numpy as np
import pytest
from scipy import ndimage

from neurospatial import Environment
from neurospatial.fields import compute_autocorrelogram, compute_grid_score
from neurospatial.layouts import RegularGrid


def make_env(n: int, size: float = 1.0) -> Environment:
    edges = size * np.arange(n + 1.0)
    return Environment(RegularGrid((edges, edges), np.ones((n, n), bool)))


def make_waves(
    env: Environment, spacing: float, angles: tuple[float, ...], turn: float = 0.2
) -> np.ndarray:
    """Sum plane waves, those of a grid cell at 0, 60 and 120 degrees (Solstad et al. 2006)."""
    ways = np.radians(angles) + turn
    number = 4 * np.pi / (np.sqrt(3) * spacing)
    waves = env.bin_centers @ np.array([np.cos(ways), np.sin(ways)]) * number
    total = np.cos(waves).sum(axis=1)
    return total - total.min()


def turn_pictures(env: Environment, field: np.ndarray) -> float:
    """Score as Sargolini et al. do: turn the picture, compare the pixels of an annulus."""
    image = compute_autocorrelogram(env, field)
    size = env.bin_size[0]
    middle = (np.array(image.shape) - 1) / 2
    away = size * np.hypot(*(np.indices(image.shape) - middle[:, None, None]))
    rings = [np.nanmean(image[np.abs(away - k * size) < size / 2]) for k in range(int(middle[0]))]
    inner = next(
        k
        for k in range(len(rings))
        if rings[k] < 0.2 or (k > 0 and rings[k] < rings[k - 1] and rings[k] <= rings[k + 1])
    )
    side = size * (middle[0] + 1)
    best = -np.inf
    for outer in np.arange(inner * size + 0.1 * side, 0.9 * side, size):
        annulus = (away >= inner * size) & (away <= outer)
        score = {}
        for degrees in (30, 60, 90, 120, 150):
            turned = ndimage.rotate(
                np.nan_to_num(image), degrees, reshape=False, order=1, cval=np.nan
            )
            both = annulus & np.isfinite(turned) & np.isfinite(image)
            score[degrees] = np.corrcoef(image[both], turned[both])[0, 1]
        best = max(best, min(score[60], score[120]) - max(score[30], score[90], score[150]))
    return best


@pytest.mark.parametrize("seed", range(6))
def test_it_is_that_of_turned_pictures(seed: int) -> None:
    env = make_env(40)
    rng = np.random.default_rng(seed)
    field = env.smooth(rng.gamma(1, 3, env.n_bins), 3.0)
    if seed % 2:
        field += 0.3 * make_waves(env, rng.uniform(14, 20), (0, 60, 120), rng.uniform(0, 1))
    assert float(compute_grid_score(env, field)) == pytest.approx(
        turn_pictures(env, field), abs=0.12
    )


def correlate_rings(a: np.ndarray, b: np.ndarray, radii: np.ndarray) -> float:
    """Correlate over the plane what is sampled along rings, which stand for their lengths."""
    weight = np.repeat(radii, a.shape[1])
    matrix = np.cov(a.ravel(), b.ravel(), aweights=weight)
    return matrix[0, 1] / np.sqrt(matrix[0, 0] * matrix[1, 1])


@pytest.mark.parametrize("turn", [0.0, 0.3, 0.5])
@pytest.mark.parametrize("spacing", [15.0, 22.0])
def test_a_perfect_grid_scores_as_its_closed_form(spacing: float, turn: float) -> None:
    """The autocorrelogram of three waves is three waves; turned by 60 degrees it is the same."""
    env = make_env(50)
    score = float(compute_grid_score(env, make_waves(env, spacing, (0, 60, 120), turn)))
    radii = np.linspace(0.1, 45, 150)
    angles = np.radians(np.arange(0, 360, 3))
    number = 4 * np.pi / (np.sqrt(3) * spacing)

    def evaluate(by: float) -> np.ndarray:
        ways = np.radians([0, 60, 120]) + turn - by
        along = radii[:, np.newaxis, np.newaxis] * np.cos(angles[:, np.newaxis] - ways)
        return np.cos(number * along).mean(axis=-1)

    wave, same, other = (evaluate(by) for by in np.radians([0, 60, 30]))
    np.testing.assert_allclose(wave, same, atol=1e-12)
    inner = int(np.argmax(wave.mean(axis=1) < 0.2))
    best = 1 - min(
        correlate_rings(wave[inner:outer], other[inner:outer], radii[inner:outer])
        for outer in range(inner + 17, 150)
    )
    assert 1.1 < score <= 2
    assert score == pytest.approx(best, abs=0.2)


def test_squares_stripes_and_noise_are_no_grids() -> None:
    env = make_env(40)
    rng = np.random.default_rng(3)
    assert compute_grid_score(env, make_waves(env, 15.0, (0, 90))) < 0
    assert compute_grid_score(env, make_waves(env, 15.0, (0,))) < 0.3
    noise = [env.smooth(rng.gamma(1, 3, env.n_bins), 3.0) for _ in range(40)]
    assert -0.3 < np.median(compute_grid_score(env, noise)) < 0.4


def test_bins_may_be_longer_than_wide() -> None:
    edges = np.linspace(0, 40, 41), np.linspace(0, 40, 28)
    env = Environment(RegularGrid(edges, np.ones((40, 27), bool)))
    assert compute_grid_score(env, make_waves(env, 14.0, (0, 60, 120))) > 1


@pytest.mark.parametrize("scale", [1e-50, 1e50])
def test_neither_unit_matters(scale: float) -> None:
    env, other = make_env(30), make_env(30, scale)
    field = make_waves(env, 12.0, (0, 60, 120))
    expected = compute_grid_score(env, field)
    np.testing.assert_allclose(compute_grid_score(env, field * scale), expected, atol=1e-6)
    np.testing.assert_allclose(compute_grid_score(other, field), expected, atol=1e-6)


def test_missing_bins_count_for_nothing() -> None:
    env = make_env(40)
    field = make_waves(env, 14.0, (0, 60, 120))
    field[np.random.default_rng(0).uniform(size=field.size) < 0.2] = np.nan
    assert compute_grid_score(env, field) > 1


def test_many_at_once_and_none() -> None:
    env = make_env(24)
    fields = [
        make_waves(env, 10.0, (0, 60, 120)),
        np.zeros(env.n_bins),
        np.full(env.n_bins, np.nan),
    ]
    scores = compute_grid_score(env, fields)
    assert scores.shape == (3,)
    assert scores[0] == compute_grid_score(env, fields[0])
    assert np.isnan(scores[1:]).all()
    small = make_env(2)
    assert np.isnan(compute_grid_score(small, np.arange(4.0)))


def test_a_line_is_refused() -> None:
    line = Environment.from_grid_edges([range(30)])
    with pytest.raises(ValueError, match=r"has 1 dimensions[\s\S]*WHY[\s\S]*HOW"):
        compute_grid_score(line, np.ones(29))
