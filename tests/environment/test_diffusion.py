"""The heat kernel against scipy's matrix exponential and against physics."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import linalg, sparse, special

from neurospatial import Environment
from neurospatial.environment import diffusion
from neurospatial.environment.diffusion import HeatKernel
from neurospatial.environment.smoothing_kernels import make_smoother
from neurospatial.layouts import RegularGrid


def grid(seed: int, even: bool = False) -> RegularGrid:
    rng = np.random.default_rng(seed)
    shape = (7, 6)
    edges = tuple(
        np.concatenate([[0], np.cumsum(np.ones(n) if even else rng.uniform(0.5, 2, n))])
        for n in shape
    )
    active = rng.uniform(size=shape) < 0.8
    active[0, 0] = True
    return RegularGrid(edges, active)


def open_grid(n: int, size: float = 1.0) -> RegularGrid:
    return RegularGrid((size * np.arange(n + 1),) * 2, np.ones((n, n), bool))


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 1000), st.floats(0.01, 60))
def test_it_is_the_exponential_of_the_generator(seed: int, bandwidth: float) -> None:
    layout = grid(seed)
    links = layout.conductances.toarray()
    generator = (np.diag(links.sum(axis=1)) - links) / layout.bin_measures
    assert abs(generator.sum(axis=0)).max() < 1e-12
    expected = linalg.expm(-(bandwidth**2) / 2 * generator)
    found = HeatKernel(layout, bandwidth).apply(np.eye(layout.n_bins)).T
    np.testing.assert_allclose(found, expected, atol=1e-11)


def test_it_agrees_with_scipy_s_expm_multiply() -> None:
    layout = open_grid(40, 2.5)
    links = layout.conductances
    generator = (sparse.diags_array(links.sum(axis=1)) - links) / layout.bin_measures[0]
    mass = np.random.default_rng(0).uniform(size=layout.n_bins)
    expected = sparse.linalg.expm_multiply(sparse.csr_array(-12.5 * generator), mass)
    np.testing.assert_allclose(HeatKernel(layout, 5.0).apply(mass[None])[0], expected, rtol=1e-10)


@settings(deadline=None)
@given(st.integers(0, 1000), st.floats(0.01, 60))
def test_mass_is_kept_and_stays_positive(seed: int, bandwidth: float) -> None:
    layout = grid(seed)
    masses = np.random.default_rng(seed).uniform(0, 9, (3, layout.n_bins))
    masses[1] = 0
    smooth = HeatKernel(layout, bandwidth).apply(masses)
    np.testing.assert_allclose(smooth.sum(axis=1), masses.sum(axis=1), rtol=1e-10)
    assert (smooth >= 0).all()


def test_away_from_walls_it_is_a_gaussian_of_the_bandwidth() -> None:
    layout, bandwidth = open_grid(81), 6.0
    mass = np.zeros((1, layout.n_bins))
    center = layout.locate(np.array([[40.5, 40.5]]))[0]
    mass[0, center] = 1
    spread = HeatKernel(layout, bandwidth).apply(mass)[0]
    offsets = layout.bin_centers - layout.bin_centers[center]
    np.testing.assert_allclose((spread * offsets.T**2).sum(axis=1), bandwidth**2, rtol=1e-6)
    gaussian = np.exp(-(offsets**2).sum(axis=1) / (2 * bandwidth**2)) / (2 * np.pi * bandwidth**2)
    np.testing.assert_allclose(spread, gaussian, atol=0.02 * gaussian.max())


def test_walls_reflect() -> None:
    """In a corner, mass at rest stays even; a point heaps up to four times the Gaussian."""
    layout = open_grid(30)
    even = np.ones((1, layout.n_bins))
    np.testing.assert_allclose(HeatKernel(layout, 4.0).apply(even), even, rtol=1e-12)
    corner = np.zeros((1, layout.n_bins))
    corner[0, 0] = 1
    peak = HeatKernel(layout, 4.0).apply(corner)[0, 0]
    assert peak == pytest.approx(4 / (2 * np.pi * 16), rel=0.05)


def test_nothing_leaks_through_a_wall() -> None:
    active = np.ones((21, 15), bool)
    active[10] = False
    layout = RegularGrid((np.arange(22.0), np.arange(16.0)), active)
    left = layout.bin_centers[:, 0] < 10
    mass = np.where(left, 1.0, 0.0)[None]
    assert HeatKernel(layout, 25.0).apply(mass)[0, ~left].sum() == 0

    active[10, 7] = True  # a door
    layout = RegularGrid((np.arange(22.0), np.arange(16.0)), active)
    centers = layout.bin_centers
    mass = np.zeros((1, layout.n_bins))
    mass[0, layout.locate(np.array([[9.5, 0.5]]))] = 1
    spread = HeatKernel(layout, 5.0).apply(mass)[0]
    here = spread[layout.locate(np.array([[9.5, 1.5]]))[0]]
    behind = spread[layout.locate(np.array([[11.5, 1.5]]))[0]]
    assert 0 < behind < here / 20
    assert spread[centers[:, 0] > 10].sum() < 0.1


def test_diagonal_cells_do_not_touch() -> None:
    layout = RegularGrid((np.arange(3.0),) * 2, np.eye(2, dtype=bool))
    assert layout.adjacency.nnz == 2
    np.testing.assert_array_equal(HeatKernel(layout, 9.0).apply(np.array([[1.0, 0.0]])), [[1, 0]])


def test_uneven_bins_come_to_even_density() -> None:
    layout = RegularGrid((np.array([0.0, 1.0, 4.0, 5.0]),), np.ones(3, bool))
    spread = HeatKernel(layout, 100.0).apply(np.array([[1.0, 0.0, 0.0]]))[0]
    np.testing.assert_allclose(spread, layout.bin_measures / 5, rtol=1e-9)


@pytest.mark.parametrize("spread", [1e-12, 1e-3, 0.1, 1, 5, 30, 1e3, 1e6])
def test_the_series_ends_below_rounding(spread: float) -> None:
    """The first term that could be left out is below what a double can tell from one."""
    count = int(20 + 9 * np.sqrt(spread))
    assert 2 * special.ive(count, spread) < 1e-16


def test_how_many_are_diffused_at_once_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    layout = grid(3)
    masses: NDArray[np.float64] = np.random.default_rng(0).uniform(size=(70, layout.n_bins))
    expected = np.concatenate([HeatKernel(layout, 2.0).apply(row[None]) for row in masses])
    np.testing.assert_allclose(HeatKernel(layout, 2.0).apply(masses), expected, rtol=1e-13)
    monkeypatch.setattr(diffusion, "_VALUES_AT_ONCE", 7 * layout.n_bins)
    np.testing.assert_allclose(HeatKernel(layout, 2.0).apply(masses), expected, rtol=1e-13)


def test_the_environment_keeps_the_kernel_until_told() -> None:
    env = Environment(grid(0))

    def kernel() -> object:
        return make_smoother(env, "diffusion_kde", 2.0).__self__

    first = kernel()
    assert kernel() is first
    env.clear_cache(kernels=False)
    assert kernel() is first
    env.clear_cache(kernels=True)
    assert kernel() is not first


def test_a_hundred_thousand_bins_are_smoothed_without_a_dense_kernel() -> None:
    layout = open_grid(317)
    mass = np.zeros((1, layout.n_bins))
    mass[0, layout.n_bins // 2] = 1
    assert HeatKernel(layout, 3.0).apply(mass).sum() == pytest.approx(1)
