"""The hexagonal grid: its convention and its mistakes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import KDTree

from neurospatial.layouts import HexagonalGrid
from neurospatial.layouts.hexagonal.lattice import HexagonLattice, Orientation

ORIENTATIONS = st.sampled_from(["pointy", "flat"])


def full(n_x: int, n_y: int, size: float = 1.0, way: Orientation = "pointy") -> HexagonalGrid:
    return HexagonalGrid((0.0, 0.0), size, np.ones((n_x, n_y), bool), way)


@settings(deadline=None)
@given(
    st.tuples(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4)),
    st.floats(1e-3, 1e3),
    ORIENTATIONS,
    st.integers(0, 99),
)
def test_the_nearest_centre_is_found(
    origin: tuple[float, float], size: float, way: Orientation, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    grid = HexagonalGrid(origin, size, rng.random((7, 9)) < 0.9, way)
    (x_low, x_high), (y_low, y_high) = grid.bounds
    points = rng.uniform((x_low, y_low), (x_high, y_high), (300, 2))
    found = grid.locate(points)
    whole = HexagonalGrid(origin, size, np.ones((13, 15), bool), way).lattice
    cells = np.argwhere(np.ones((13, 15), bool)) - 2
    distance, nearest = KDTree(whole.compute_centers(cells)).query(points, k=2)
    clear = distance[:, 1] - distance[:, 0] > 1e-6 * size
    expected = np.full((13, 15), -1)
    expected[2:9, 2:11] = grid.bin_of_cell
    assert (found == expected.ravel()[nearest[:, 0]])[clear].all()


@pytest.mark.parametrize("way", ["pointy", "flat"])
def test_bin_size_is_the_width_and_the_distance_of_neighbours(way: Orientation) -> None:
    grid = full(5, 5, 2.5, way)
    assert np.ptp(grid.bin_polygons[0], axis=0)[0 if way == "pointy" else 1] == 2.5
    assert grid.adjacency.data == pytest.approx(2.5)
    assert grid.conductances.data == pytest.approx(1 / np.sqrt(3))
    assert np.diff(grid.adjacency.indptr).max() == 6


def test_odd_rows_and_odd_columns_are_moved() -> None:
    row = np.sqrt(3) / 2
    pointy = full(2, 2).bin_centers
    np.testing.assert_allclose(pointy, [[0, 0], [0.5, row], [1, 0], [1.5, row]])
    flat = full(2, 2, way="flat").bin_centers
    np.testing.assert_allclose(flat, [[0, 0], [0, 1], [row, 0.5], [row, 1.5]], atol=1e-15)


@pytest.mark.parametrize("way", ["pointy", "flat"])
def test_shared_corners_are_the_same_numbers(way: Orientation) -> None:
    grid = HexagonalGrid((0.1, -0.7), 0.3, np.ones((9, 8), bool), way)
    corners = np.concatenate(grid.bin_polygons)
    close = np.unique(np.round(corners, 9), axis=0)
    assert len(np.unique(corners, axis=0)) == len(close)


def test_a_neighbour_of_a_neighbour_is_oneself() -> None:
    for way in ("pointy", "flat"):
        lattice = HexagonLattice((0.0, 0.0), 1.0, way)
        cells = np.argwhere(np.ones((4, 4), bool)) - 2
        around = lattice.find_neighbours(cells)
        for there, back in zip(range(6), (3, 4, 5, 0, 1, 2), strict=True):
            assert (lattice.find_neighbours(around[:, there])[:, back] == cells).all()


def test_locate_works_across_blocks() -> None:
    grid = full(20, 20)
    points = np.random.default_rng(0).uniform(-1, 21, (40_000, 2))
    one_by_one = [grid.locate(part) for part in np.array_split(points, 7)]
    assert (grid.locate(points) == np.concatenate(one_by_one)).all()


@pytest.mark.parametrize(
    ("origin", "size", "active", "way", "found"),
    [
        ((0, 0), 0, [[True]], "pointy", "bin_size is 0"),
        ((0, 0), np.nan, [[True]], "pointy", "bin_size is nan"),
        ((0, 0), 1, [[False]], "pointy", "None of the 1 cells"),
        ((0, 0), 1, [True], "pointy", r"`active` has shape \(1,\)"),
        ((0, 0), 1, [[True]], "round", "orientation is 'round'"),
        ((0, np.inf), 1, [[True]], "flat", "origin is"),
        ((0, 0), 1e308, [[True]], "flat", "origin and bin_size run from 0 to 1e.308"),
        ((-1e90, 0), 1, [[True]], "pointy", "origin and bin_size run from -1e.90"),
    ],
)
def test_bad_hexagons(
    origin: tuple[float, float], size: float, active: list[object], way: str, found: str
) -> None:
    with pytest.raises(ValueError, match=found):
        HexagonalGrid(origin, size, np.array(active), way)
