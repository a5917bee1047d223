"""Environments made of polygons, masks, pictures and edges."""

from collections.abc import Callable

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse import csgraph

from neurospatial import Environment
from neurospatial.layouts import RegularGrid

LAYOUTS = ["grid", "hexagonal", "triangular"]
every_layout = pytest.mark.parametrize("layout", LAYOUTS)

ARENA = shapely.Polygon(
    [(0, 0), (100, 0), (100, 80), (50, 50), (0, 80)], [[(20, 10), (40, 10), (30, 30)]]
)


def walk(arena: shapely.Polygon, n: int, seed: int = 0) -> NDArray[np.float64]:
    rng = np.random.default_rng(seed)
    points = rng.uniform(arena.bounds[:2], arena.bounds[2:], (n, 2))
    return points[shapely.contains_xy(arena, points[:, 0], points[:, 1])]


# --- polygons


@pytest.mark.parametrize("layout", ["grid", "hexagonal"])
def test_bins_are_the_cells_whose_centre_the_polygon_holds(layout: str) -> None:
    env = Environment.from_polygon(ARENA, 4.0, layout=layout)
    inside = shapely.intersects_xy(ARENA, *env.bin_centers.T)
    assert inside.all()
    # Every point of the polygon further than a bin from its border is in a bin.
    points = walk(ARENA.buffer(-4.0), 5000)
    assert env.contains(points).all()
    assert env.layout.bin_measures.sum() == pytest.approx(ARENA.area, rel=0.05)
    assert not env.contains([[30.0, 15.0], [50.0, 75.0]]).any()


def test_triangles_hold_exactly_what_the_polygon_holds() -> None:
    env = Environment.from_polygon(ARENA, 4.0, layout="triangular")
    points = np.random.default_rng(0).uniform(-5, 105, (20_000, 2))
    assert (env.contains(points) == shapely.contains_xy(ARENA, *points.T)).all()


def test_corners_and_several_parts_are_taken() -> None:
    corners = [(0, 0), (10, 0), (10, 10), (0, 10)]
    assert Environment.from_polygon(corners, 2.5).n_bins == 16
    two = shapely.MultiPolygon([shapely.box(0, 0, 10, 10), shapely.box(30, 0, 40, 10)])
    for layout in LAYOUTS:
        env = Environment.from_polygon(two, 2.5, layout=layout)
        assert csgraph.connected_components(env.connectivity)[0] == 2


def test_a_grid_in_a_polygon_may_have_two_bin_sizes_and_four_neighbours() -> None:
    env = Environment.from_polygon(
        shapely.box(0, 0, 10, 8), (2.5, 4.0), connect_diagonal_neighbors=False
    )
    assert isinstance(env.layout, RegularGrid)
    assert env.layout.grid_shape == (4, 2)
    assert np.diff(env.connectivity.indptr).max() == 3


BOW_TIE = [(0, 0), (10, 10), (10, 0), (0, 10)]


@every_layout
@pytest.mark.parametrize(
    ("polygon", "bin_size", "found"),
    [
        (BOW_TIE, 1.0, r"polygon is not valid: Self-intersection\[5 5\]"),
        (shapely.Polygon(), 1.0, "polygon is empty"),
        (shapely.box(0, 0, 1, 1), 5.0, r"bin_size 5.0 is larger than the arena, 1 by 1"),
        ([(0, 0), (1, 1)], 1.0, r"polygon has shape \(2, 2\)"),
        ([(0, 0), (1, np.nan), (1, 1)], 1.0, "1 coordinates not finite"),
        ([(0, 0), (5, 5), (9, 9)], 1.0, "not valid"),
        (ARENA, 0.0, r"bin_size is 0\.0"),
        (ARENA, np.nan, "bin_size is nan"),
        (ARENA, 1e-5, r"would make [\d,]+ "),
    ],
)
def test_bad_polygons(layout: str, polygon: object, bin_size: float, found: str) -> None:
    with pytest.raises(ValueError, match=found) as caught:
        Environment.from_polygon(polygon, bin_size, layout=layout)
    assert "HOW:" in str(caught.value)


def refused(make: Callable[[], object]) -> tuple[int, float]:
    """How many bins an error says there would be, and the size that it says would fit."""
    with pytest.raises(ValueError, match="would make") as caught:
        make()
    text = str(caught.value)
    said = text.partition("would make ")[2].split()[0].replace(",", "")
    return int(said), float(text.partition("bin_size=")[2].split()[0].rstrip(","))


@every_layout
def test_too_many_bins_are_counted_and_a_size_that_fits_is_told(layout: str) -> None:
    most, per_area = {"triangular": (2e6, 4 / np.sqrt(3))}.get(layout, (50e6, 1.0))
    box, corners = shapely.box(0, 0, 100, 80), [[0.0, 0.0], [100.0, 80.0]]
    for make in (
        lambda: Environment.from_polygon(box, 0.001, layout=layout),
        lambda: Environment.from_samples(corners, 0.001, layout=layout),
    ):
        said, fits = refused(make)
        assert said == pytest.approx(per_area * 100 * 80 / 0.001**2, rel=0.01)
        assert most / 1.5 < per_area * 100 * 80 / fits**2 < most


def test_a_polygon_without_any_centre() -> None:
    sliver = [(0, 0), (10, 4.9), (10, 5)]
    for layout in ("grid", "hexagonal"):
        with pytest.raises(ValueError, match=r"area 0\.5, holds no centre of a bin of 9"):
            Environment.from_polygon(sliver, 9.0, layout=layout)
    assert Environment.from_polygon(sliver, 9.0, layout="triangular").n_bins > 0


@pytest.mark.parametrize("layout", ["hexagonal", "triangular"])
def test_two_bin_sizes_are_for_grids(layout: str) -> None:
    with pytest.raises(ValueError, match=rf"layout is '{layout}', bin_size is \(2, 3\)"):
        Environment.from_polygon(ARENA, (2, 3), layout=layout)


def test_unknown_layouts_and_orientations() -> None:
    with pytest.raises(ValueError, match=r"no layout 'hexagon'\. Did you mean 'hexagonal'\?"):
        Environment.from_polygon(ARENA, 5.0, layout="hexagon")
    with pytest.raises(ValueError, match="orientation is 'round'"):
        Environment.from_polygon(ARENA, 5.0, layout="hexagonal", orientation="round")


# --- masks, pictures, edges


@pytest.mark.parametrize("mask", [[[0.5, 1.0]], [[np.nan, 1.0]], [["a", "b"]], [[2, 1]]])
def test_masks_hold_true_and_false_only(mask: object) -> None:
    with pytest.raises(ValueError, match="other than 0 and 1"):
        Environment.from_mask(mask, [[0, 1], [0, 1, 2]])


def test_masks_of_zeros_and_ones_are_taken() -> None:
    assert Environment.from_mask([[0, 1]], [[0, 1], [0, 1, 2]]).bin_centers.tolist() == [
        [0.5, 1.5]
    ]


def test_the_last_row_of_a_picture_lies_lowest() -> None:
    image = np.array([[True, True, True], [True, False, False]])  # an L upside down
    env = Environment.from_image(image, (2.0, 3.0), origin=(10, 20), units="cm")
    assert env.dimension_ranges == ((10, 16), (20, 26))
    assert env.contains([[11, 21], [13, 21], [11, 25], [15, 25]]).tolist() == [1, 0, 1, 1]
    assert env.units == "cm"


@settings(deadline=None)
@given(st.integers(1, 9), st.integers(1, 9), st.integers(0, 99))
def test_a_picture_is_the_index_map_seen_from_the_scene(
    rows: int, columns: int, seed: int
) -> None:
    from neurospatial.scene import Geometry, Raster

    image = np.random.default_rng(seed).random((rows, columns)) < 0.7
    image[0, 0] = True
    env = Environment.from_image(image, 0.5)
    geometry = Geometry(env.layout)
    shown = geometry.index_map(Raster(columns, rows, geometry.bounds)) < env.n_bins
    assert (shown == image).all()


@pytest.mark.parametrize(
    ("image", "bin_size", "error", "found"),
    [
        ([[0, 255]], 1.0, TypeError, "image has dtype int64"),
        (np.zeros((4, 5), bool), 1.0, ValueError, "No pixel is True"),
        (np.ones((4, 5, 3), bool), 1.0, ValueError, r"image has shape \(4, 5, 3\)"),
        ([[True]], 0.0, ValueError, "bin_size is 0"),
        ([[True]], (1, 2, 3), ValueError, r"bin_size is \(1, 2, 3\)"),
    ],
)
def test_bad_pictures(image: object, bin_size: object, error: type, found: str) -> None:
    with pytest.raises(error, match=found):
        Environment.from_image(image, bin_size)


def test_grid_edges_in_three_dimensions() -> None:
    env = Environment.from_grid_edges([[0, 1, 3], [0, 2], [5, 6, 7, 9]], units="m", name="box")
    assert (env.n_bins, env.n_dims, env.units, env.name) == (6, 3, "m", "box")
    assert env.layout.bin_measures.sum() == 3 * 2 * 4
    with pytest.raises(ValueError, match="3 is followed by 1"):
        Environment.from_grid_edges([[0, 3, 1]])
    with pytest.raises(ValueError, match=r"edges of shape \(1,\)"):
        Environment.from_grid_edges([[0]])
    with pytest.raises(ValueError, match="grid of shape"):
        Environment.from_grid_edges([])


# --- pictures of fields


@every_layout
def test_a_field_is_drawn_in_its_bins_without_seams(layout: str) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    env = Environment.from_polygon(ARENA, 8.0, layout=layout)
    field = env.bin_centers[:, 0].copy()
    field[3] = np.nan
    axes = env.plot_field(field, cmap="gray", vmin=0, vmax=100)
    canvas = axes.figure.canvas
    assert isinstance(canvas, FigureCanvasAgg)
    canvas.draw()
    picture = np.asarray(canvas.buffer_rgba())
    points = walk(ARENA.buffer(-6), 400)
    column, row = axes.transData.transform(points).astype(int).T
    shown = picture[len(picture) - 1 - row, column, :3].astype(float)
    bins = env.bin_at(points)
    clear = (bins >= 0) & (bins != 3)
    assert np.abs(shown - field[bins][:, np.newaxis] * 2.55)[clear].max() < 30
    at = axes.transData.transform(env.bin_centers[3]).astype(int)
    assert picture[len(picture) - 1 - at[1], at[0], :3].tolist() == [211] * 3
