"""Which old bins make up a new one, counted out bin by bin."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neurospatial import Environment
from neurospatial.layouts import HexagonalGrid, RegularGrid
from neurospatial.layouts.track.from_graph import build_track_from_graph
from tests.environment.kinds import ARMS, W, seeds

factors = st.integers(2, 5)


@settings(deadline=None, max_examples=100)
@given(seeds, factors, st.floats(0.3, 6), st.sampled_from([0.0, 3.0]))
def test_edges_of_a_track_are_cut_into_fewer_bins(
    seed: int, factor: int, bin_size: float, gap: float
) -> None:
    env = Environment(build_track_from_graph(W, ARMS, gap, bin_size))
    kept = np.random.default_rng(seed).uniform(size=env.n_bins) < 0.5
    kept[seed % env.n_bins] = True
    env = env.subset(kept)
    coarse = env.rebin(factor)
    track, larger = env.layout, coarse.layout
    into = coarse.bin_at(env.bin_centers)
    assert set(into) == set(range(coarse.n_bins))
    for cell, number in zip(track.cell_of_bin, into, strict=True):
        edge = track.cells.edge[cell]
        assert larger.edge_of_bin[number] == edge
        n, fewer = int(track.cells.count[edge]), int(larger.cells.count[edge])
        assert fewer == -(-n // factor)
        rank = int(larger.cell_of_bin[number] - larger.cells.first[edge])
        middle = Fraction(2 * int(cell - track.cells.first[edge]) + 1, 2 * n)
        # One in the very middle between two of the new bins may be in either.
        assert Fraction(rank, fewer) <= middle <= Fraction(rank + 1, fewer)
        begin, length = track.path.starts[edge], track.path.lengths[edge]
        ends = begin + np.array([rank, rank + 1]) * length / fewer
        np.testing.assert_allclose(larger.bin_edges[number], ends, atol=1e-9)
    # The axis is the same one.
    anywhere = np.random.default_rng(seed).uniform(-2, 25, (50, 2))
    np.testing.assert_array_equal(coarse.linearize(anywhere), env.linearize(anywhere))
    assert coarse.dimension_ranges == env.dimension_ranges
    ribbon = Environment(track.ribbon(1.0)).rebin(factor).layout
    assert ribbon == larger.ribbon(1.0)


def test_bins_of_an_edge_that_divide_are_joined_whole() -> None:
    env = Environment.from_graph({0: (0, 0), 1: (12, 0), 2: (12, 5)}, [(0, 1), (1, 2)], 1.0, 1.0)
    assert env.rebin(4).layout.bin_measures.tolist() == [4, 4, 4, 2.5, 2.5]
    assert env.subset([5]).rebin(4).bin_centers.tolist() == [[6.0]]


@settings(deadline=None, max_examples=100)
@given(seeds, factors, st.sampled_from(["pointy", "flat"]))
def test_a_hexagon_holds_the_centres_that_are_nearest_to_its_own(
    seed: int, factor: int, orientation: str
) -> None:
    rng = np.random.default_rng(seed)
    active = rng.uniform(size=rng.integers(1, 14, 2)) < rng.uniform(0.05, 1)
    active.flat[-1] = True
    origin = rng.uniform(-900, 900, 2)
    grid = HexagonalGrid((origin[0], origin[1]), rng.uniform(0.1, 9), active, orientation)  # type: ignore[arg-type]
    env = Environment(grid)
    coarse = env.rebin(factor)
    larger = coarse.layout
    assert (larger.bin_size, larger.origin) == (factor * grid.bin_size, grid.origin)
    assert larger.orientation == orientation
    lattice = []
    for along, across in product(range(-2, 16), repeat=2):
        place = ((along + across % 2 / 2), across * np.sqrt(3) / 2)
        lattice.append(place if orientation == "pointy" else place[::-1])
    centers = origin + larger.bin_size * np.array(lattice)
    away = np.linalg.norm(env.bin_centers[:, np.newaxis] - centers, axis=2).min(axis=1)
    into = coarse.bin_at(env.bin_centers)
    to_own = np.linalg.norm(env.bin_centers - coarse.bin_centers[into], axis=1)
    np.testing.assert_allclose(to_own, away, atol=1e-9)
    near = np.linalg.norm(coarse.bin_centers[:, np.newaxis] - centers, axis=2).min(axis=1)
    np.testing.assert_allclose(near, 0, atol=1e-9)
    np.testing.assert_allclose(larger.bin_measures, factor**2 * grid.bin_measures[0])


@settings(deadline=None, max_examples=60)
@given(
    st.integers(1, 3), st.integers(1, 3), st.integers(1, 4), st.integers(1, 4), st.integers(0, 999)
)
def test_cells_of_a_grid_are_joined_to_blocks(a: int, b: int, n: int, m: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    active = rng.uniform(size=(a * n, b * m)) < 0.4
    active[0, 0] = True
    edges = tuple(rng.uniform(0.5, 2, size + 1).cumsum() for size in active.shape)
    grid = RegularGrid(edges, active, diagonal=bool(seed % 2))
    coarse = Environment(grid).rebin((a, b)).layout
    assert coarse.diagonal == grid.diagonal
    for ix, iy in product(range(n), range(m)):
        block = active[ix * a : (ix + 1) * a, iy * b : (iy + 1) * b]
        assert coarse.active[ix, iy] == block.any()
        assert coarse.edges[0][ix] == grid.edges[0][ix * a]
        assert coarse.edges[1][iy + 1] == grid.edges[1][(iy + 1) * b]


def test_the_larger_lattice_has_few_cells_that_are_no_bins() -> None:
    env = Environment(HexagonalGrid((0.0, 0.0), 1.0, np.ones((300, 200), bool)))
    coarse = env.rebin(10)
    assert coarse.n_bins == pytest.approx(env.n_bins / 100, rel=0.1)
    assert coarse.layout.active.size < 1.15 * coarse.n_bins
