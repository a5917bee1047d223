"""Distances along the graph of any layout are distances."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csgraph

from neurospatial import Environment
from neurospatial.layouts import Layout, RegularGrid
from neurospatial.layouts.track.from_graph import build_track_from_graph
from tests.layouts.kinds import of_kind
from tests.layouts.tracks import graphs

N = 12


def check_metric(layout: Layout, rng: np.random.Generator) -> None:
    env = Environment(layout)
    bins = rng.integers(0, layout.n_bins, N)
    one, two = np.repeat(bins, N), np.tile(bins, N)
    away = env.distance_between(one, two).reshape(N, N)
    same = bins[:, np.newaxis] == bins
    assert (away[same] == 0).all()
    assert (away[~same] > 0).all()
    np.testing.assert_allclose(away, away.T, rtol=1e-12)
    # Each way round by a third bin, all at once.
    detour = away[:, :, np.newaxis] + away
    assert (away[:, np.newaxis] <= detour * (1 + 1e-12)).all()
    _, piece = csgraph.connected_components(layout.adjacency, directed=False)
    together = piece[bins][:, np.newaxis] == piece[bins]
    np.testing.assert_array_equal(np.isfinite(away), together)
    links = layout.adjacency.tocoo()
    if links.nnz:
        # From a bin to one beside it, no way leads around that is shorter than the step.
        some = rng.integers(0, links.nnz, 20)
        steps = env.distance_between(links.row[some], links.col[some])
        np.testing.assert_allclose(steps, links.data[some], rtol=1e-12)


@of_kind
def test_distances_in_the_plane(layout: Layout, rng: np.random.Generator) -> None:
    check_metric(layout, rng)
    straight = np.linalg.norm(layout.bin_centers[0] - layout.bin_centers, axis=1)
    away = Environment(layout).distance_between(0, np.arange(layout.n_bins))
    assert (away >= straight * (1 - 1e-12)).all()


@settings(deadline=None, max_examples=60)
@given(graphs(), st.floats(0.5, 9), st.integers(0, 99))
def test_distances_along_a_track(drawn: tuple, bin_size: float, seed: int) -> None:
    nodes, _, order, gaps = drawn
    track = build_track_from_graph(nodes, order, gaps, bin_size)
    rng = np.random.default_rng(seed)
    check_metric(track, rng)
    check_metric(track.ribbon(1.0), rng)
    kept = np.flatnonzero(rng.random(track.n_bins) < 0.8)
    if kept.size:
        check_metric(Environment(track).subset(kept).layout, rng)


@pytest.mark.parametrize("diagonal", [True, False])
@pytest.mark.parametrize("n_dims", [1, 3, 4])
def test_distances_in_other_dimensions(n_dims: int, diagonal: bool) -> None:
    for seed in range(20):
        rng = np.random.default_rng(seed)
        active = rng.random((4,) * n_dims) < 0.7
        active.flat[0] = True
        edges = tuple(rng.uniform(0.5, 2, 5).cumsum() for _ in range(n_dims))
        check_metric(RegularGrid(edges, active, diagonal), rng)
