"""The Gaussian of the straight distance, on bins that are no even grid."""

import numpy as np
import pytest
import shapely

from neurospatial import Environment, compute_place_field
from neurospatial.environment.smoothing_kernels import make_smoother
from neurospatial.layouts import GraphTrack, Layout, RegularGrid
from tests.layouts.tracks import w_track

ROOM = shapely.box(0, 0, 30, 24) - shapely.box(9, 8, 20, 15)


def _uneven() -> Layout:
    rng = np.random.default_rng(3)
    edges = tuple(np.concatenate([[0], rng.uniform(0.5, 2, n).cumsum()]) for n in (9, 7))
    return RegularGrid(edges, rng.uniform(size=(9, 7)) < 0.8)


LAYOUTS = {
    "hexagons": lambda: Environment.from_polygon(ROOM, 2.0, layout="hexagonal").layout,
    "triangles": lambda: Environment.from_polygon(ROOM, 3.0, layout="triangular").layout,
    "uneven": _uneven,
    "track": w_track,
    "ribbon": lambda: w_track().ribbon(6.0),
}


@pytest.mark.parametrize("kind", LAYOUTS)
def test_each_bin_receives_the_density_at_its_centre_times_its_measure(kind: str) -> None:
    layout = LAYOUTS[kind]()
    places = layout.centers_2d if isinstance(layout, GraphTrack) else layout.bin_centers
    apart = np.linalg.norm(places[:, None] - places[None], axis=2)
    height = (2 * np.pi * 9.0) ** (-layout.n_dims / 2)
    density = np.where(apart <= 12, height * np.exp(-(apart**2) / 18), 0)
    masses = np.random.default_rng(0).uniform(size=(3, layout.n_bins))
    found = make_smoother(Environment(layout), "gaussian_kde", 3.0)(masses)
    np.testing.assert_allclose(found, (masses @ density.T) * layout.bin_measures, atol=1e-12)


def test_mass_far_from_the_rim_is_kept() -> None:
    env = Environment.from_polygon(shapely.box(0, 0, 60, 60), 1.0, layout="hexagonal")
    mass = np.zeros((1, env.n_bins))
    mass[0, env.bin_at([[30.0, 30.0]])] = 1
    assert make_smoother(env, "gaussian_kde", 3.0)(mass).sum() == pytest.approx(1, abs=1e-3)


def test_on_a_fine_grid_it_is_the_even_grid_s() -> None:
    edges = np.linspace(0, 40, 41)
    even = Environment(RegularGrid((edges,) * 2, np.ones((40, 40), bool)))
    moved = edges.copy()
    moved[1:-1] += 1e-3 * np.sin(np.arange(39))
    uneven = Environment(RegularGrid((moved,) * 2, np.ones((40, 40), bool)))
    masses = np.random.default_rng(0).uniform(size=(2, 1600))
    one, other = (make_smoother(env, "gaussian_kde", 3.0)(masses) for env in (even, uneven))
    np.testing.assert_allclose(one, other, rtol=0.02)


def test_a_place_field_by_distance_on_triangles_and_the_kernel_kept() -> None:
    env = Environment.from_polygon(ROOM, 3.0, layout="triangular")
    rng = np.random.default_rng(0)
    times, positions = np.arange(4000) / 50, rng.uniform([0, 0], [30, 24], (4000, 2))
    rate = compute_place_field(
        env, times[:-1] + 1e-4, times, positions, method="gaussian_kde", bandwidth=3.0
    )
    # A spike with every sample: the rate is that of the samples, wherever the animal was.
    np.testing.assert_allclose(rate[np.isfinite(rate)], 50, rtol=0.02)
    kept = env.cached("kernels", ("gaussian", 3.0), dict)
    assert kept.shape == (env.n_bins,) * 2
    env.clear_cache(kernels=True)
    assert env.cached("kernels", ("gaussian", 3.0), dict) == {}
