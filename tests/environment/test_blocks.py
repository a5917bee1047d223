"""What is worked through in blocks comes out the same, wherever their edges lie."""

import numpy as np
import pytest
from scipy.sparse import csgraph

from neurospatial.environment import shortest_paths
from neurospatial.layouts import RegularGrid, blocks

GRID = RegularGrid((np.arange(7.0) + 40, np.arange(5.0) - 90), np.ones((6, 4), dtype=bool))


@pytest.mark.parametrize("sources_at_once", [1, 2, 5, 7, 24, 25])
def test_distances_of_pairs(monkeypatch: pytest.MonkeyPatch, sources_at_once: int) -> None:
    monkeypatch.setattr(shortest_paths, "_VALUES_AT_ONCE", sources_at_once * GRID.n_bins)
    start, stop = np.random.default_rng(0).integers(0, GRID.n_bins, (2, 90))
    expected = csgraph.dijkstra(GRID.adjacency)[start, stop]
    found = shortest_paths._compute_pairwise(GRID, start, stop)
    np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("size", [1, 3, 10, 11])
@pytest.mark.parametrize("n_points", [0, 1, 10, 11, 33])
def test_slices_hold_each_point_once(
    monkeypatch: pytest.MonkeyPatch, size: int, n_points: int
) -> None:
    monkeypatch.setattr(blocks, "_BLOCK", size)
    held = [np.arange(n_points)[block] for block in blocks.iter_blocks(n_points)]
    assert np.concatenate([*held, []]).tolist() == list(range(n_points))
    assert all(0 < len(part) <= size for part in held)
