"""Environments on spaces known beforehand: polygons, masks, pictures, edges, layouts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.environment.base import BaseEnvironment
from neurospatial.environment.discretize.choose_layout import LayoutName, build_layout_in_arena
from neurospatial.errors import explain
from neurospatial.layouts import Layout, RegularGrid
from neurospatial.layouts.discovery import make_layout, validate_layout
from neurospatial.layouts.hexagonal.lattice import Orientation
from neurospatial.layouts.shapes import convert_image_to_cells, validate_arena

if TYPE_CHECKING:
    from shapely import MultiPolygon, Polygon


class Arenas(BaseEnvironment):
    """The ways to make an environment that need no positions."""

    @classmethod
    def from_polygon(
        cls,
        polygon: "ArrayLike | Polygon | MultiPolygon",
        bin_size: float | Sequence[float],
        *,
        layout: LayoutName = "grid",
        orientation: Orientation = "pointy",
        units: str | None = None,
        name: str = "",
        connect_diagonal_neighbors: bool = True,
    ) -> Self:
        """Cut the space within a polygon.

        Squares and hexagons become bins when their centre lies in the polygon
        or on its border; triangles follow the border exactly.

        Parameters
        ----------
        polygon : array-like, shape (n_corners, 2), or shapely polygon
            A shapely one may have holes or several parts.
        bin_size : float or sequence of float
            Side of a square or triangle, or width of a hexagon between
            opposite sides; one per dimension for a grid.
        layout : str
            "grid", "hexagonal" or "triangular".
        orientation : str
            Hexagons with a corner ("pointy") or a side ("flat") at the top.
        units : str, optional
            Unit of the corners, for labels.
        name : str
            A name for the environment.
        connect_diagonal_neighbors : bool
            Whether bins of a grid that share only a corner are neighbours.

        Raises
        ------
        ValueError
            If the polygon is empty or crosses itself, or `bin_size` is larger
            than it or makes an absurd number of bins.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> corners = [(0, 0), (40, 0), (40, 30)]
        >>> Environment.from_polygon(corners, bin_size=10.0, layout="triangular").n_dims
        2
        """
        arena = validate_arena(polygon)
        cut = build_layout_in_arena(
            arena, bin_size, layout, orientation, connect_diagonal_neighbors
        )
        return cls(cut, units=units, name=name)

    @classmethod
    def from_mask(
        cls,
        mask: ArrayLike,
        edges: Sequence[ArrayLike],
        *,
        units: str | None = None,
        name: str = "",
        connect_diagonal_neighbors: bool = True,
    ) -> Self:
        """Take the cells of a grid where a mask is True.

        Parameters
        ----------
        mask : array-like of bool, shape (n_x, n_y, …)
            Which cells are bins, indexed ``[ix, iy, …]``; 0 and 1 are taken too.
        edges : sequence of array-like
            Edges along each dimension, one more than cells.
        units : str, optional
            Unit of `edges`, for labels.
        name : str
            A name for the environment.
        connect_diagonal_neighbors : bool
            Whether bins that share only a corner are neighbours.

        Raises
        ------
        ValueError
            If edges do not increase or do not fit the mask, or the mask is
            empty or holds anything but True and False.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> Environment.from_mask([[True, False], [True, True]], [[0, 1, 2], [0, 1, 2]]).n_bins
        3
        """
        values = np.asarray(mask)
        if values.dtype != bool and not np.isin(values, (0, 1)).all():
            raise ValueError(
                explain(
                    f"mask has dtype {values.dtype} and values other than 0 and 1.",
                    "Each cell is a bin or is not.",
                    ["Compare first: occupancy > 0.", "Rows of a picture? Use from_image."],
                )
            )
        cut = RegularGrid(_to_float_arrays(edges), values.astype(bool), connect_diagonal_neighbors)
        return cls(cut, units=units, name=name)

    @classmethod
    def from_image(
        cls,
        image: ArrayLike,
        bin_size: float | Sequence[float],
        *,
        origin: Sequence[float] = (0.0, 0.0),
        units: str | None = None,
        name: str = "",
        connect_diagonal_neighbors: bool = True,
    ) -> Self:
        """Take the True pixels of a picture as bins.

        Rows of a picture grow downward: the last row has the lowest y.

        Parameters
        ----------
        image : array-like of bool, shape (n_rows, n_columns)
            Where the animal can be.
        bin_size : float or sequence of float
            Side of a pixel in `units`, or its width and height.
        origin : sequence of float
            Where the lower left corner of the picture lies.
        units : str, optional
            Unit of `bin_size`, for labels.
        name : str
            A name for the environment.
        connect_diagonal_neighbors : bool
            Whether bins that share only a corner are neighbours.

        Raises
        ------
        TypeError
            If the image is not boolean.
        ValueError
            If it is not a plane, is all False, or a size or place is no number.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> image = [[True, False], [True, True]]
        >>> Environment.from_image(image, bin_size=2.0).bin_centers.tolist()
        [[1.0, 1.0], [1.0, 3.0], [3.0, 1.0]]
        """
        cells = convert_image_to_cells(image)
        sizes, starts = np.asarray(bin_size, dtype=float), np.asarray(origin, dtype=float)
        positive = (np.isfinite(sizes) & (sizes > 0)).all()
        if sizes.shape not in {(), (1,), (2,)} or not positive or starts.shape != (2,):
            raise ValueError(
                explain(
                    f"bin_size is {bin_size} and origin is {origin}.",
                    "They place the pixels: how large one is, where the lower left corner lies.",
                    ["Pass bin_size=0.2 and origin=(0.0, 0.0), in the units of positions."],
                )
            )
        sides = zip(starts, np.broadcast_to(sizes, 2), cells.shape, strict=True)
        edges = tuple(start + size * np.arange(n + 1) for start, size, n in sides)
        cut = RegularGrid(edges, cells, connect_diagonal_neighbors)
        return cls(cut, units=units, name=name)

    @classmethod
    def from_grid_edges(
        cls,
        edges: Sequence[ArrayLike],
        *,
        units: str | None = None,
        name: str = "",
        connect_diagonal_neighbors: bool = True,
    ) -> Self:
        """Take every cell of a grid, in any number of dimensions.

        Parameters
        ----------
        edges : sequence of array-like
            Edges along each dimension, strictly increasing, evenly spaced or not.
        units : str, optional
            Unit of `edges`, for labels.
        name : str
            A name for the environment.
        connect_diagonal_neighbors : bool
            Whether bins that share only a corner are neighbours.

        Raises
        ------
        ValueError
            If there is no dimension, or edges do not increase.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> Environment.from_grid_edges([[0, 1, 3], [0, 2, 4], [0, 5]]).n_bins
        4
        """
        arrays = _to_float_arrays(edges)
        active = np.ones([max(edge.size - 1, 0) for edge in arrays], dtype=bool)
        cut = RegularGrid(arrays, active, connect_diagonal_neighbors)
        return cls(cut, units=units, name=name)

    @classmethod
    def from_layout(
        cls,
        layout: Layout | str,
        *,
        units: str | None = None,
        name: str = "",
        **options: object,
    ) -> Self:
        """Take a layout of any kind, ours or a stranger's.

        Parameters
        ----------
        layout : Layout or str
            The layout, or the name under which another distribution brings one
            (its entry point in the group ``neurospatial.layouts``).
        units : str, optional
            Unit of the coordinates, for labels.
        name : str
            A name for the environment.
        **options : object
            What a layout given by name is made from.

        Raises
        ------
        TypeError
            If it is not a layout, or is made already and there are options.
        ValueError
            If there is none of that name, or it contradicts itself.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> from neurospatial.layouts import HexagonalGrid
        >>> hexagons = HexagonalGrid((0.0, 0.0), 2.0, [[True, True], [False, True]])
        >>> Environment.from_layout(hexagons, units="cm").n_bins
        3
        """
        if isinstance(layout, str):
            return cls(make_layout(layout, options), units=units, name=name)
        if options:
            raise TypeError(
                explain(
                    f"from_layout got {', '.join(sorted(options))} with a layout already made.",
                    "These are for making a layout that is given by its name.",
                    ["Leave them out.", "Pass the layout's name instead."],
                )
            )
        return cls(validate_layout(layout), units=units, name=name)


def _to_float_arrays(edges: Sequence[ArrayLike]) -> tuple[NDArray[np.float64], ...]:
    return tuple(np.asarray(edge, dtype=np.float64) for edge in edges)
