"""Values between and across bins."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import linalg, ndimage

from neurospatial import Environment
from neurospatial.layouts import GraphTrack, HexagonalGrid, Layout, RegularGrid
from neurospatial.layouts.track.from_graph import build_track_from_graph
from neurospatial.layouts.triangular.mesh import mesh_polygon

KINDS = ["grid", "solid", "pointy", "flat", "triangles", "track", "ribbon"]
WIDE = shapely.Polygon(
    [(0, 0), (9, 0), (9, 5), (6, 5), (5, 8), (0, 8)], [[(2, 2), (4, 2), (3, 4)]]
)
T = {0: (0, 0), 1: (0, 8), 2: (-5, 8), 3: (5, 8)}

seeds = st.integers(0, 10_000)


def layout_of(kind: str, seed: int, full: float = 0.4) -> Layout:
    rng = np.random.default_rng(seed)
    if kind == "triangles":
        return mesh_polygon(WIDE, rng.uniform(1, 2))
    if kind in ("track", "ribbon"):
        track = build_track_from_graph(T, [(0, 1), (1, 2), (1, 3)], 2.0, rng.uniform(0.4, 1.5))
        return track.ribbon(1.0) if kind == "ribbon" else track
    active = rng.uniform(size=(4, 3, 3) if kind == "solid" else (7, 6)) < rng.uniform(full, 1)
    active.flat[0] = True
    if kind in ("pointy", "flat"):
        return HexagonalGrid((1.0, -2.0), 1.5, active, kind)  # type: ignore[arg-type]
    edges = tuple(np.cumsum(rng.uniform(0.5, 2, size + 1)) for size in active.shape)
    return RegularGrid(edges, active, diagonal=bool(seed % 2))


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(KINDS), seeds)
def test_linear_fields_are_interpolated_exactly(kind: str, seed: int) -> None:
    env = Environment(layout_of(kind, seed, full=1.0))
    rng = np.random.default_rng(seed)
    slope = rng.normal(size=env.n_dims)
    if kind == "ribbon":
        slope[:] = 0  # across the ribbon nothing tells the slope
    field = env.bin_centers @ slope + 3
    low, high = np.array(env.dimension_ranges).T
    points = rng.uniform(low - 0.2, high + 0.2, (200, env.n_dims))
    points[0] = np.nan
    inside = env.contains(points)
    exact = inside.copy()
    if kind == "triangles":  # in a corner one neighbour alone does not tell a slope in the plane
        two = np.diff(env.connectivity.indptr) >= 2
        exact[inside] = two[env.bin_at(points[inside])]
    got = env.interpolate(field, points)
    np.testing.assert_allclose(got[exact], points[exact] @ slope + 3, atol=1e-8)
    assert np.isnan(got[~inside]).all()
    nearest = env.interpolate(field, points, "nearest")
    np.testing.assert_array_equal(nearest[inside], field[env.bin_at(points[inside])])
    assert np.isnan(nearest[~inside]).all()


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(KINDS), seeds)
def test_at_the_centre_the_value_is_the_bins(kind: str, seed: int) -> None:
    env = Environment(layout_of(kind, seed))
    field = np.random.default_rng(seed).normal(size=env.n_bins)
    field[::4] = np.nan
    np.testing.assert_allclose(env.interpolate(field, env.bin_centers), field, atol=1e-9)


def test_a_lost_bin_does_not_bend_the_others() -> None:
    env = Environment(RegularGrid((np.arange(8.0),), np.ones(7, bool)))
    field = 2 * env.bin_centers[:, 0]
    field[3] = np.nan
    points = np.array([[2.75], [3.2], [4.1]])
    np.testing.assert_allclose(env.interpolate(field, points), [5.5, np.nan, 8.2])


def test_a_wall_hides_what_is_behind_it() -> None:
    active = np.array([[True, True, False, True, True]])
    env = Environment(RegularGrid((np.arange(2.0), np.arange(6.0)), active))
    point = [[0.5, 1.9]]
    near = env.interpolate([1, 2, 0, 0], point)
    assert near == env.interpolate([1, 2, 1e9, -1e9], point) == pytest.approx(2.4)
    spread = env.smooth([1, 2, 1e9, -1e9], 2.0)
    assert 1 < spread[:2].min() < spread[:2].max() < 2


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(KINDS), seeds, st.floats(0.1, 5))
def test_smoothing_is_the_mean_under_the_heat_kernel(
    kind: str, seed: int, bandwidth: float
) -> None:
    env = Environment(layout_of(kind, seed))
    field = np.random.default_rng(seed).normal(size=env.n_bins)
    links, volume = env.layout.conductances.toarray(), env.layout.bin_measures
    generator = (np.diag(links.sum(axis=1)) - links) / volume
    spread = linalg.expm(-(bandwidth**2) / 2 * generator)
    np.testing.assert_allclose(
        env.smooth(field, bandwidth), spread @ (volume * field) / volume, atol=1e-9
    )
    np.testing.assert_allclose(env.smooth(np.full(env.n_bins, -3.5), bandwidth), -3.5)
    field[::3] = np.nan
    known = ~np.isnan(field)
    weights = (spread * volume)[np.ix_(known, known)]
    got = env.smooth(field, bandwidth)
    np.testing.assert_array_equal(np.isnan(got), ~known)
    expected = weights @ field[known] / weights.sum(axis=1)
    np.testing.assert_allclose(got[known], expected, atol=1e-9)


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(KINDS), seeds, st.floats(0.5, 5))
def test_gaussian_smoothing_is_the_mean_by_straight_distance(
    kind: str, seed: int, bandwidth: float
) -> None:
    layout = layout_of(kind, seed)
    env = Environment(layout)
    field = np.random.default_rng(seed).normal(size=env.n_bins)
    field[1::3] = np.nan
    known = ~np.isnan(field)
    places = layout.centers_2d if isinstance(layout, GraphTrack) else layout.bin_centers
    apart = np.linalg.norm(places[:, None] - places, axis=-1) / bandwidth
    # The kernel ends at four deviations.
    weights = np.where(apart <= 4, np.exp(-(apart**2) / 2), 0) * layout.bin_measures * known
    got = env.smooth(field, bandwidth, "gaussian_kde")
    np.testing.assert_array_equal(np.isnan(got), ~known)
    weights = weights[known]
    expected = weights @ np.nan_to_num(field) / weights.sum(axis=1)
    np.testing.assert_allclose(got[known], expected, atol=1e-9)


def test_gaussian_smoothing_on_even_squares_is_that_of_scipy() -> None:
    env = Environment.from_grid_edges([np.arange(0, 41, 2)] * 2)
    field = np.random.default_rng(0).normal(size=(20, 20))
    blurred, weight = (
        ndimage.gaussian_filter(values, 2.0, mode="constant")
        for values in (field, np.ones_like(field))
    )
    got = env.smooth(field.ravel(), 4.0, "gaussian_kde")
    np.testing.assert_allclose(got, (blurred / weight).ravel())


def test_bad_fields() -> None:
    env = Environment.from_mask(np.ones((3, 3), bool), [np.arange(4.0)] * 2)
    for use in (lambda f: env.smooth(f, 1.0), lambda f: env.interpolate(f, [[1.0, 1.0]])):
        with pytest.raises(ValueError, match=r"shape \(8,\), expected \(9,\)"):
            use(np.zeros(8))
    for bandwidth in (0.0, -1.0, np.nan, np.inf):
        with pytest.raises(ValueError, match=f"bandwidth is {bandwidth}"):
            env.smooth(np.zeros(9), bandwidth)
    with pytest.raises(ValueError, match="Did you mean 'linear'"):
        env.interpolate(np.zeros(9), [[1.0, 1.0]], "linaer")
    with pytest.raises(ValueError, match="Did you mean 'gaussian_kde'"):
        env.smooth(np.zeros(9), 1.0, "gausian_kde")
