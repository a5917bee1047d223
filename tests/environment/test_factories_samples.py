"""Environments made of positions, in hexagons and triangles."""

import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse import csgraph

from neurospatial import Environment
from neurospatial.environment.discretize.grid import ActiveRule
from neurospatial.environment.discretize.hexagons import select_active_hexagons
from neurospatial.environment.discretize.outline import compute_outline
from neurospatial.layouts import HexagonalGrid, RegularGrid, TriangularMesh
from neurospatial.layouts.hexagonal.lattice import HexagonLattice, Orientation

LAYOUTS = ["grid", "hexagonal", "triangular"]
every_layout = pytest.mark.parametrize("layout", LAYOUTS)

ARENA = shapely.Polygon(
    [(0, 0), (100, 0), (100, 80), (50, 50), (0, 80)], [[(20, 10), (40, 10), (30, 30)]]
)
RING = shapely.box(0, 0, 100, 80) - shapely.Point(50, 40).buffer(25)


def walk(arena: shapely.Polygon, n: int, seed: int = 0) -> NDArray[np.float64]:
    rng = np.random.default_rng(seed)
    points = rng.uniform(arena.bounds[:2], arena.bounds[2:], (n, 2))
    return points[shapely.contains_xy(arena, points[:, 0], points[:, 1])]


@settings(deadline=None, max_examples=60)
@given(
    st.integers(0, 999),
    st.floats(0.03, 0.9),
    st.sampled_from(["pointy", "flat"]),
    st.booleans(),
    st.tuples(st.floats(0.01, 1), st.floats(0.01, 1)),
)
def test_every_sample_is_in_a_hexagon_and_every_hexagon_has_one(
    seed: int, share: float, way: Orientation, infer: bool, stretch: tuple[float, float]
) -> None:
    rng = np.random.default_rng(seed)
    positions = rng.uniform(-100, 300, (rng.integers(2, 200), 2)) * stretch
    size = share * np.ptp(positions, axis=0).max()
    env = Environment.from_samples(
        positions, size, layout="hexagonal", orientation=way, infer_active_bins=infer
    )
    bins = env.bin_at(positions)
    assert (bins >= 0).all()
    if infer:
        assert set(bins.tolist()) == set(range(env.n_bins))


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 999), st.floats(0.05, 0.5), st.booleans())
# Straightened by a fifth of a bin, this outline left a sample out.
@example(187, 0.390625, True)
def test_every_sample_is_in_a_triangle(seed: int, share: float, infer: bool) -> None:
    rng = np.random.default_rng(seed)
    positions = rng.uniform(-100, 300, (rng.integers(2, 300), 2))
    size = share * np.ptp(positions, axis=0).max()
    env = Environment.from_samples(positions, size, layout="triangular", infer_active_bins=infer)
    assert env.contains(positions).all()


def test_the_outline_keeps_holes_and_walls_and_stays_near() -> None:
    positions = walk(RING, 30_000)
    outline = compute_outline(positions, 5.0, ActiveRule())
    assert len(outline.interiors) == 1
    assert RING.buffer(3.75, join_style="mitre").contains(outline)
    assert outline.area == pytest.approx(RING.area, rel=0.12)
    filled = compute_outline(positions, 5.0, ActiveRule(fill_holes=True))
    assert not filled.interiors
    wall = shapely.box(0, 0, 100, 80) - shapely.box(46, 10, 54, 80)
    env = Environment.from_samples(walk(wall, 60_000), 4.0, layout="triangular")
    left, right = env.bin_at([[45.0, 70.0], [55.0, 70.0]])
    assert csgraph.dijkstra(env.connectivity, indices=left)[right] > 100


def test_a_line_of_samples_makes_a_strip_of_triangles() -> None:
    positions = np.column_stack([np.linspace(0, 100, 500), np.linspace(0, 1, 500)])
    env = Environment.from_samples(positions, 5.0, layout="triangular")
    assert env.contains(positions).all()
    assert csgraph.connected_components(env.connectivity)[0] == 1


def test_lost_samples_are_left_out() -> None:
    positions = walk(ARENA, 5000)
    lost = np.vstack([positions, [[np.nan, 0], [0, np.nan]]])
    for layout in LAYOUTS:
        assert Environment.from_samples(lost, 5.0, layout=layout) == Environment.from_samples(
            positions, 5.0, layout=layout
        )


@pytest.mark.parametrize("layout", ["hexagonal", "triangular"])
def test_a_threshold_leaves_out_stray_samples(layout: str) -> None:
    positions = np.vstack([walk(ARENA, 20_000), [[60.0, 75.0]] * 3])
    with_stray = Environment.from_samples(positions, 4.0, layout=layout)
    without = Environment.from_samples(positions, 4.0, layout=layout, bin_count_threshold=3)
    assert with_stray.contains([[60.0, 75.0]]).all()
    assert not without.contains([[60.0, 75.0]]).any()
    with pytest.raises(ValueError, match=r"threshold=9000 samples; the fullest holds \d+"):
        Environment.from_samples(positions, 4.0, layout=layout, bin_count_threshold=9000)


@pytest.mark.parametrize("way", ["pointy", "flat"])
def test_hexagons_are_filled_grown_and_closed(way: Orientation) -> None:
    lattice = HexagonLattice((0.0, 0.0), 1.0, way)
    counts = np.zeros((9, 9), int)
    counts[3, 3] = 1
    grown = select_active_hexagons(counts, ActiveRule(dilate=True), lattice)
    around = lattice.find_neighbours(np.array([[3, 3]]))[0]
    assert {tuple(cell) for cell in np.argwhere(grown)} == {(3, 3), *map(tuple, around)}

    ring = np.zeros((9, 9), int)
    ring[tuple(around.T)] = 1
    assert select_active_hexagons(ring, ActiveRule(fill_holes=True), lattice)[3, 3]
    assert select_active_hexagons(ring, ActiveRule(close_gaps=True), lattice)[3, 3]
    assert not select_active_hexagons(ring, ActiveRule(), lattice)[3, 3]
    ring[tuple(around[0])] = 0
    assert not select_active_hexagons(ring, ActiveRule(fill_holes=True), lattice)[3, 3]

    everywhere = np.random.default_rng(0).random((9, 9)) < 0.6
    closed = select_active_hexagons(everywhere.astype(int), ActiveRule(close_gaps=True), lattice)
    assert (closed >= everywhere).all()
    again = select_active_hexagons(closed.astype(int), ActiveRule(close_gaps=True), lattice)
    assert (again[1:-1, 1:-1] == closed[1:-1, 1:-1]).all()


@every_layout
@pytest.mark.parametrize(
    ("positions", "bin_size", "found"),
    [
        (walk(ARENA, 500), 0, "bin_size is 0"),
        (walk(ARENA, 500), 1e-4, r"would make [\d,]+ (cells|triangles)"),
        (walk(ARENA, 500), 200, "larger than the arena"),
        (np.full((9, 2), np.nan), 1, "no extent"),
    ],
)
def test_bad_samples(
    layout: str, positions: NDArray[np.float64], bin_size: float, found: str
) -> None:
    with pytest.raises(ValueError, match=found):
        Environment.from_samples(positions, bin_size, layout=layout)


@pytest.mark.parametrize("layout", ["hexagonal", "triangular"])
def test_planes_only(layout: str) -> None:
    with pytest.raises(ValueError, match=rf"layout is '{layout}', positions have 3 dim"):
        Environment.from_samples(np.random.default_rng(0).random((50, 3)), 0.1, layout=layout)


def test_kinds() -> None:
    positions = walk(ARENA, 5000)
    kinds = {"grid": RegularGrid, "hexagonal": HexagonalGrid, "triangular": TriangularMesh}
    for layout, kind in kinds.items():
        env = Environment.from_samples(positions, 5.0, layout=layout, units="cm", name="x")
        assert type(env.layout) is kind
        assert (env.units, env.name) == ("cm", "x")
