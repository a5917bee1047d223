"""The environment: how it is made, and what is done with it."""

import os
from collections.abc import Hashable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar, Unpack, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.environment.base import BaseEnvironment
from neurospatial.environment.discretize.choose_layout import LayoutName
from neurospatial.environment.discretize.grid import ActiveRule
from neurospatial.environment.distance_field import compute_distance_field
from neurospatial.environment.factories.circle import cut_circle
from neurospatial.environment.factories.grids import cut_grid, cut_image, cut_mask
from neurospatial.environment.factories.layout import resolve_layout
from neurospatial.environment.factories.polygon import cut_polygon
from neurospatial.environment.factories.samples import cut_samples
from neurospatial.environment.interpolation import InterpolationMethod, interpolate_field
from neurospatial.environment.late_method import LateMethod
from neurospatial.environment.linearization import convert_to_2d, linearize
from neurospatial.environment.rebin import rebin_environment
from neurospatial.environment.region_membership import (
    build_region_mask,
    compute_region_membership,
    find_bins_in_region,
)
from neurospatial.environment.save_load import load_environment, save_environment
from neurospatial.environment.shortest_paths import (
    compute_distances,
    find_reachable_bins,
    find_rings,
    find_shortest_path,
    locate_one,
)
from neurospatial.environment.smooth_fields import SmoothingMethod, smooth_field
from neurospatial.environment.subset import select_subset
from neurospatial.environment.topology import (
    Bins,
    find_boundary_bins,
    find_neighbors,
    label_components,
)
from neurospatial.environment.trajectory import bin_trajectory
from neurospatial.environment.visits import (
    RegionVisits,
    Visits,
    count_transitions,
    find_bin_visits,
    find_region_visits,
)
from neurospatial.layouts import Layout
from neurospatial.layouts.hexagonal.lattice import Orientation
from neurospatial.layouts.track.from_graph import Edge, NodesAndEdges, build_track_from_graph
from neurospatial.progress import Progress
from neurospatial.validate import MaxGap
from neurospatial.validate.colors import ColorLike

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from scipy import sparse
    from shapely import MultiPolygon, Polygon

    from neurospatial.backends.keywords import AnimationKeywords, SavablePage
    from neurospatial.scene import FieldsLike

Node = TypeVar("Node", bound=Hashable)


class Environment(BaseEnvironment):
    """A space cut into bins.

    Use a factory method (`from_samples`, `from_mask`); a bare ``Environment()``
    has no bins and refuses to be used.

    Parameters
    ----------
    layout : Layout, optional
        How the space is cut.
    units : str, optional
        Unit of the coordinates, for labels.
    name : str
        A name for this environment.
    regions : Regions, optional
        Named places.
    axis_names : sequence of str, optional
        What the coordinates are, for labels; left out, "x", "y" and "z", or
        "Distance" of one axis.
    y_down : bool
        Whether y grows downward, as in the pixels of a camera; pictures are
        drawn that way up. Of a track: y of its nodes.

    Examples
    --------
    >>> positions = np.random.default_rng(0).uniform(0, 100, (5000, 2))
    >>> env = Environment.from_samples(positions, bin_size=10.0, units="cm")
    >>> env.n_bins
    100
    """

    @classmethod
    def from_samples(
        cls,
        positions: ArrayLike,
        bin_size: float | Sequence[float],
        *,
        layout: LayoutName = "grid",
        orientation: Orientation = "pointy",
        units: str | None = None,
        name: str = "",
        axis_names: Sequence[str] | None = None,
        y_down: bool = False,
        infer_active_bins: bool = True,
        bin_count_threshold: int = 0,
        dilate: bool = False,
        fill_holes: bool = False,
        close_gaps: bool = False,
        connect_diagonal_neighbors: bool = True,
    ) -> Self:
        """Cut the space that positions cover.

        Triangles fill a smooth outline around the visited bins of a grid, to
        which the options about bins then refer.

        Parameters
        ----------
        positions : array-like, shape (n_samples, n_dims)
            Where the animal was; rows with NaN are dropped and their number logged.
        bin_size : float or sequence of float
            Side of a square or triangle, or width of a hexagon between
            opposite sides, in the units of `positions`; one per dimension for a grid.
        layout : str
            "grid" in any number of dimensions; "hexagonal" or "triangular" in two.
        orientation : str
            Hexagons with a corner ("pointy") or a side ("flat") at the top.
        units : str, optional
            Unit of `positions`, for labels.
        name : str
            A name for the environment.
        axis_names : sequence of str, optional
            What the coordinates are, for labels; left out, "x", "y" and "z".
        y_down : bool
            Whether y grows downward, as in the pixels of a camera.
        infer_active_bins : bool
            Keep only the bins that were visited.
        bin_count_threshold : int
            A bin is visited when it holds more samples than this.
        dilate, fill_holes, close_gaps : bool
            Add bins, within the grid: one around the visited ones; those that
            visited ones enclose; those in gaps one bin wide.
        connect_diagonal_neighbors : bool
            Whether bins of a grid that share only a corner are neighbours.

        Returns
        -------
        Environment
            Its layout is centred on the positions and holds all of them.

        Raises
        ------
        TypeError
            If `positions` are not real numbers.
        ValueError
            If a position is infinite, the positions have no extent, the layout
            is unknown, or `bin_size` is not positive, is larger than the arena
            or makes an absurd number of bins.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> Environment.from_samples([[0, 0], [0, 9], [9, 0], [9, 9]], bin_size=4.5).n_bins
        4
        """
        rule = ActiveRule(
            infer_active_bins,
            bin_count_threshold,
            dilate,
            fill_holes,
            close_gaps,
            connect_diagonal_neighbors,
        )
        cut = cut_samples(positions, bin_size, layout, rule, orientation)
        return cls(cut, units=units, name=name, axis_names=axis_names, y_down=y_down)

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
        axis_names: Sequence[str] | None = None,
        y_down: bool = False,
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
        axis_names : sequence of str, optional
            What the coordinates are, for labels; left out, "x", "y" and "z".
        y_down : bool
            Whether y grows downward, as in the pixels of a camera.
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
        cut = cut_polygon(polygon, bin_size, layout, orientation, connect_diagonal_neighbors)
        return cls(cut, units=units, name=name, axis_names=axis_names, y_down=y_down)

    @classmethod
    def from_mask(
        cls,
        mask: ArrayLike,
        edges: Sequence[ArrayLike],
        *,
        units: str | None = None,
        name: str = "",
        axis_names: Sequence[str] | None = None,
        y_down: bool = False,
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
        axis_names : sequence of str, optional
            What the coordinates are, for labels; left out, "x", "y" and "z".
        y_down : bool
            Whether y grows downward, as in the pixels of a camera.
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
        return cls(
            cut_mask(mask, edges, connect_diagonal_neighbors),
            units=units,
            name=name,
            axis_names=axis_names,
            y_down=y_down,
        )

    @classmethod
    def from_image(
        cls,
        image: ArrayLike,
        bin_size: float | Sequence[float],
        *,
        origin: Sequence[float] = (0.0, 0.0),
        units: str | None = None,
        name: str = "",
        axis_names: Sequence[str] | None = None,
        y_down: bool = False,
        connect_diagonal_neighbors: bool = True,
    ) -> Self:
        """Take the True pixels of a picture as bins.

        Rows of a picture grow downward: the last row has the lowest y, or with
        `y_down` the first.

        Parameters
        ----------
        image : array-like of bool, shape (n_rows, n_columns)
            Where the animal can be.
        bin_size : float or sequence of float
            Side of a pixel in `units`, or its width and height.
        origin : sequence of float
            Where the lower left corner of the picture lies; with `y_down` the
            upper left one.
        units : str, optional
            Unit of `bin_size`, for labels.
        name : str
            A name for the environment.
        axis_names : sequence of str, optional
            What the coordinates are, for labels; left out, "x", "y" and "z".
        y_down : bool
            Whether y grows downward, as in the pixels of a camera.
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
        cut = cut_image(image, bin_size, origin, connect_diagonal_neighbors, y_down)
        return cls(cut, units=units, name=name, axis_names=axis_names, y_down=y_down)

    @classmethod
    def from_grid_edges(
        cls,
        edges: Sequence[ArrayLike],
        *,
        units: str | None = None,
        name: str = "",
        axis_names: Sequence[str] | None = None,
        y_down: bool = False,
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
        axis_names : sequence of str, optional
            What the coordinates are, for labels; left out, "x", "y" and "z".
        y_down : bool
            Whether y grows downward, as in the pixels of a camera.
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
        return cls(
            cut_grid(edges, connect_diagonal_neighbors),
            units=units,
            name=name,
            axis_names=axis_names,
            y_down=y_down,
        )

    @classmethod
    def from_graph(
        cls,
        graph: NodesAndEdges | Mapping[Node, ArrayLike],
        edge_order: Iterable[Edge] | NDArray[np.generic] | None,
        edge_spacing: float | Sequence[float],
        bin_size: float,
        *,
        units: str | None = None,
        name: str = "",
        axis_names: Sequence[str] | None = None,
        y_down: bool = False,
    ) -> Self:
        """Cut a track, given as a graph, into bins along its length.

        The edges are laid one after another on one axis, as `track_linearization`
        does. Positions of such an environment are distances on that axis, which
        `linearize` gives; where the track branches, distance jumps from one
        sample to the next, and speeds and the places of spikes between samples
        are taken in the plane.

        Parameters
        ----------
        graph : networkx.Graph or mapping
            Nodes with the attribute ``pos``, an ``(x, y)``; or a mapping of
            nodes to ``(x, y)``. Edges are straight, whatever their attributes.
        edge_order : pairs of nodes, array-like (n_edges, 2), or None
            The edges in order along the axis, each from the node where its
            distances begin. Edges left out are not part of the environment.
            None takes every edge of the graph, in the graph's order.
        edge_spacing : float or sequence of float
            Gap on the axis after each edge but the last; one number is every gap.
        bin_size : float
            The longest a bin may be: each edge is cut into equal bins.
        units : str, optional
            Unit of the nodes' positions, for labels.
        name : str
            A name for the environment.
        axis_names : sequence of one str, optional
            What the axis is called; left out, "Distance".
        y_down : bool
            Whether y of the nodes grows downward, as in the pixels of a camera.

        Raises
        ------
        TypeError
            If `graph` is neither a graph nor a mapping.
        ValueError
            If a node has no place or shares one, an edge is missing, repeated or
            without length, or spacing or bin size do not fit.

        Examples
        --------
        >>> nodes = {"home": (0, 0), "fork": (0, 10), "left": (-8, 10), "right": (8, 10)}
        >>> arms = [("home", "fork"), ("fork", "left"), ("fork", "right")]
        >>> from neurospatial import Environment
        >>> env = Environment.from_graph(nodes, arms, 5.0, 2.0, units="cm")
        >>> env.n_bins, env.dimension_ranges
        (13, ((0.0, 36.0),))
        """
        track = build_track_from_graph(graph, edge_order, edge_spacing, bin_size)
        return cls(track, units=units, name=name, axis_names=axis_names, y_down=y_down)

    @classmethod
    def from_circle(cls, bin_size: float, *, name: str = "") -> Self:
        """Cut the directions of a plane into bins of equal angle.

        Positions of such an environment are angles [rad], taken modulo 2π: those of
        the head, or the phase of a rhythm. The bin before 2π touches the one after
        0, and smoothing, distances and interpolation go across.

        Parameters
        ----------
        bin_size : float
            The most that a bin may span [rad]: bins are equal, all around from 0.
        name : str
            A name for the environment.

        Raises
        ------
        ValueError
            If `bin_size` is not positive, leaves fewer than three bins (degrees do) or
            makes an absurd number of them.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> env = Environment.from_circle(np.deg2rad(6))
        >>> env.n_bins, env.units, env.axis_names
        (60, 'rad', ('Angle',))
        >>> env.bin_at([[0.01], [-0.01], [4 * np.pi + 0.01]])
        array([ 0, 59,  0])
        >>> env.neighbors(0)
        array([ 1, 59])
        """
        return cls(cut_circle(bin_size), units="rad", name=name, axis_names=("Angle",))

    @classmethod
    def from_layout(
        cls,
        layout: Layout | str,
        *,
        units: str | None = None,
        name: str = "",
        axis_names: Sequence[str] | None = None,
        y_down: bool = False,
        **options: object,
    ) -> Self:
        """Take a layout of any kind, ours or another's.

        Parameters
        ----------
        layout : Layout or str
            The layout, or the name under which another distribution brings one
            (its entry point in the group ``neurospatial.layouts``).
        units : str, optional
            Unit of the coordinates, for labels.
        name : str
            A name for the environment.
        axis_names : sequence of str, optional
            What the coordinates are, for labels; left out, "x", "y" and "z".
        y_down : bool
            Whether y grows downward, as in the pixels of a camera.
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
        return cls(
            resolve_layout(layout, options),
            units=units,
            name=name,
            axis_names=axis_names,
            y_down=y_down,
        )

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """Read an environment that `save` wrote.

        Raises
        ------
        FileNotFoundError
            If there is no such file.
        ValueError
            If the file is damaged, holds something else, was written by a newer
            version, or needs a layout that is not installed.
        """
        return load_environment(cls, path)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the environment to one file, to be read by `load` on any machine.

        The file is a numpy ``.npz``: a JSON header and the arrays of the
        layout, without pickles. It appears when it is whole.

        Parameters
        ----------
        path : path-like
            Where to write, usually ``*.npz``; an existing file is replaced.

        Raises
        ------
        TypeError
            If the layout is not a frozen dataclass of plain values that can be
            found again by name, or the metadata of a region is not JSON.
        FileNotFoundError
            If the folder does not exist.

        Examples
        --------
        >>> from tempfile import TemporaryDirectory
        >>> from neurospatial import Environment
        >>> env = Environment.from_mask([[True, True]], [[0, 1], [0, 1, 2]], units="cm")
        >>> with TemporaryDirectory() as folder:
        ...     env.save(f"{folder}/arena.npz")
        ...     Environment.load(f"{folder}/arena.npz") == env
        True
        """
        save_environment(self, path)

    def subset(
        self, bins: ArrayLike | None = None, *, region: str | Sequence[str] | None = None
    ) -> Self:
        """Make an environment of some bins, in their old order, with the same regions.

        What is left out is outside: no way leads through it. A grid, hexagonal
        grid, mesh or track stays one; of any other layout, the part answers
        through the whole. On a track, distances stay those of the whole axis.

        Parameters
        ----------
        bins : array-like of int (n,) or mask (n_bins,), optional
            Which ones; in any order.
        region : str or sequence of str, optional
            Instead of `bins`: those whose centre lies in any of these regions
            (see `bins_in_region`).

        Raises
        ------
        TypeError
            If not exactly one of `bins` and `region` is given.
        KeyError
            If there is no such region.
        ValueError
            If a bin does not exist, or there is none.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> env = Environment.from_mask([[True] * 3], [[0, 1], [0, 1, 2, 3]])
        >>> env.subset([2, 0]).bin_centers
        array([[0.5, 0.5],
               [0.5, 2.5]])
        >>> _ = env.regions.add("end", polygon=[(0, 1), (1, 1), (1, 3), (0, 3)])
        >>> env.subset(region="end").n_bins
        2
        """
        return select_subset(self, bins, region)

    def rebin(self, factor: int | Sequence[int]) -> Self:
        """Make an environment with larger bins of the same kind.

        Its bins hold the centre of every bin of this one, but of those that are
        cut off. What becomes of those depends on the layout:

        * Cells of a grid are joined to blocks; a block is a bin where any of
          its cells is. Cells that are left over at the high end of a dimension
          are cut off, with a warning where there are bins among them.
        * Each edge of a track is cut into as many bins as before over
          `factor`, rounded up. Where that leaves a remainder they are not made
          of whole old bins: five bins become two of two and a half.
        * Hexagons do not make up larger hexagons: a lattice `factor` times as
          wide is laid from the same origin, and its cells that hold the centre
          of an old bin are bins.
        * A mesh is made anew within its outline, the triangles `factor`² times
          as large; they are smaller where the outline has corners close
          together.

        Walls and gaps thinner than a new bin can vanish, but not from a mesh.

        Parameters
        ----------
        factor : int or sequence of int
            How many times as long and wide bins become; for a grid also one
            number per dimension. With 1 nothing changes.

        Returns
        -------
        Environment
            With the same units, name, regions and axes.

        Raises
        ------
        ValueError
            If a factor is no whole number above 0, is larger than a grid or leaves
            no bin of it, or the layout is of another's kind that cannot be made
            coarser (`neurospatial.layouts.SupportsCoarsen`), or a part of one.

        Warns
        -----
        UserWarning
            If bins of a grid are cut off; with their number and side.

        Notes
        -----
        A field goes along as the mean, weighted by size, of the old bins whose
        centre each new bin holds (below); times and counts as their sum. Bins
        that were cut off, of which `bin_at` says -1, are left out before. Only
        in a mesh may a new bin hold no old centre: there the mean is NaN, and
        `interpolate` at the new centres fills in.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> env = Environment.from_mask([True, True, True, False], [range(5)])
        >>> coarse = env.rebin(2)
        >>> coarse.bin_size
        (2.0,)
        >>> field, size = np.array([1.0, 2.0, 5.0]), env.layout.bin_measures
        >>> into, n = coarse.bin_at(env.bin_centers), coarse.n_bins
        >>> np.bincount(into, field * size, n) / np.bincount(into, size, n)
        array([1.5, 5. ])
        """
        return rebin_environment(self, factor)

    def linearize(
        self, positions: ArrayLike, *, max_distance: float | None = None
    ) -> NDArray[np.float64]:
        """Compute the distance along the track of the place nearest to each position.

        Parameters
        ----------
        positions : array-like, shape (n_samples, 2) or (2,)
            In the plane, in environment units; NaN where lost.
        max_distance : float, optional
            Positions farther than this from the track are lost.

        Returns
        -------
        ndarray of float64, shape (n_samples,), or one number for one position
            In environment units; NaN where lost.

        Raises
        ------
        ValueError
            If the environment is not on a track, a position is infinite, or
            `max_distance` is negative.

        Examples
        --------
        >>> corner = {0: (0, 0), 1: (4, 0), 2: (4, 2)}
        >>> from neurospatial import Environment
        >>> env = Environment.from_graph(corner, [(0, 1), (1, 2)], 1.0, 2.0)
        >>> env.linearize([[1.0, -0.5], [4.5, 1.5], [9.0, 9.0]], max_distance=1.0)
        array([1. , 6.5, nan])
        """
        return linearize(self.layout, positions, max_distance)

    def to_2d(self, linear: ArrayLike) -> NDArray[np.float64]:
        """Compute the place in the plane of each distance along the track.

        Parameters
        ----------
        linear : array-like, shape (n_samples,) or (n_samples, 1), or one number
            In environment units; NaN where lost. A distance in a gap is taken
            to the end of the edge before it, one beyond the axis to its end.

        Returns
        -------
        ndarray of float64, shape (n_samples, 2), or (2,) for one distance
            In environment units; NaN where lost.

        Raises
        ------
        ValueError
            If the environment is not on a track, or the shape is wrong.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> env = Environment.from_graph({0: (0, 0), 1: (3, 4)}, [(0, 1)], 0.0, 1.0)
        >>> env.to_2d([0.0, 2.5])
        array([[0. , 0. ],
               [1.5, 2. ]])
        """
        return convert_to_2d(self.layout, linear)

    def occupancy(
        self,
        times: ArrayLike,
        positions: ArrayLike,
        *,
        speed: ArrayLike | None = None,
        min_speed: float | None = None,
        max_gap: MaxGap = "auto",
    ) -> NDArray[np.float64]:
        """Compute the time spent in each bin [s], shape (n_bins,).

        A sample holds until the next one; the last holds for no time.

        Parameters
        ----------
        times : array-like, shape (n_samples,)
            Sample times [s], strictly increasing.
        positions : array-like, shape (n_samples, n_dims)
            Positions; NaN where lost.
        speed : array-like, shape (n_samples,), optional
            Speed [units/s]. Left out, it is taken from the positions by central differences.
        min_speed : float, optional
            Samples slower than this count for nothing.
        max_gap : float, "auto" or None
            Steps longer than this [s] count for nothing: by default than one second
            or five usual intervals, whichever is longer; None counts every step.

        Raises
        ------
        ValueError
            If shapes differ, times do not increase, or a limit makes no sense.

        Examples
        --------
        >>> env = Environment.from_mask([[True, True]], [[0, 1], [0, 1, 2]])
        >>> env.occupancy([0.0, 0.1, 0.3], [[0.5, 0.5], [0.5, 1.5], [0.5, 1.5]])
        array([0.1, 0.2])
        """
        trajectory = bin_trajectory(
            self.layout,
            times,
            positions,
            speed=speed,
            min_speed=min_speed,
            max_gap=max_gap,
            units=self.units,
        )
        return trajectory.compute_occupancy()

    def region_visits(
        self,
        times: ArrayLike,
        positions: ArrayLike,
        names: str | Sequence[str] | None = None,
        *,
        max_gap: MaxGap = "auto",
    ) -> dict[str, RegionVisits]:
        """Find when an animal came into each region, when it left, and how long it stayed.

        A sample holds until the next one. A visit ends with the first sample
        outside, lost samples included, or at the begin of a step longer than
        `max_gap`; after the step another begins. Regions may overlap: each is
        followed by itself.

        Parameters
        ----------
        times : array-like, shape (n_samples,)
            Sample times [s], strictly increasing.
        positions : array-like, shape (n_samples, n_dims)
            Positions; NaN where lost.
        names : str or sequence of str, optional
            Which regions; left out, all in their order.
        max_gap : float, "auto" or None
            Steps longer than this [s] count for no region: by default than one second
            or five usual intervals, whichever is longer; None counts every step.

        Returns
        -------
        dict of str to RegionVisits
            Its ``enter`` and ``leave`` [s] make windows for `compute_place_fields`;
            ``durations.sum()`` is the time spent in the region [s].

        Raises
        ------
        KeyError
            If there is no such region.
        ValueError
            If shapes differ, times do not increase, `max_gap` is not positive,
            or a region does not have the environment's dimensions.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> env = Environment.from_mask([True] * 3, [range(4)])
        >>> _ = env.regions.add("goal", point=[2.5])
        >>> times, positions = [0.0, 0.1, 0.2, 0.4, 0.5], [1.5, 2.1, 2.9, 1.0, 2.0]
        >>> visits = env.region_visits(times, positions)["goal"]
        >>> visits.enter, visits.leave, visits.durations.round(6)
        (array([0.1, 0.5]), array([0.4, 0.5]), array([0.3, 0. ]))
        """
        return find_region_visits(self, times, positions, names, max_gap)

    def bin_sequence(
        self, times: ArrayLike, positions: ArrayLike, *, max_gap: MaxGap = "auto"
    ) -> Visits:
        """Find the bins that a path visits, one after another.

        A sample holds until the next one, so the visits of a bin last as long
        as its `occupancy`. Samples in no bin are between visits.

        Parameters
        ----------
        times : array-like, shape (n_samples,)
            Sample times [s], strictly increasing.
        positions : array-like, shape (n_samples, n_dims)
            Positions; NaN where lost.
        max_gap : float, "auto" or None
            A step longer than this [s] ends a visit, at its begin: by default than one
            second or five usual intervals, whichever is longer; None never does.

        Raises
        ------
        ValueError
            If shapes differ, times do not increase, or `max_gap` is not positive.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> env = Environment.from_mask([[True, True]], [[0, 1], [0, 1, 2]])
        >>> env.bin_sequence([0.0, 0.1, 0.3], [[0.5, 0.5], [0.5, 0.6], [0.5, 1.5]])
        Visits(bins=array([0, 1]), enter=array([0. , 0.3]), leave=array([0.3, 0.3]))
        """
        return find_bin_visits(self, times, positions, max_gap)

    def transitions(
        self, times: ArrayLike, positions: ArrayLike, *, max_gap: MaxGap = "auto"
    ) -> "sparse.csr_array":
        """Count the moves from each bin (row) straight to each other one (column).

        Staying is no move, and neither is a way through no bin or through a
        step longer than `max_gap`. Parameters and errors are those of
        `bin_sequence`.

        Returns
        -------
        scipy.sparse.csr_array of int, shape (n_bins, n_bins)

        Examples
        --------
        >>> from neurospatial import Environment
        >>> env = Environment.from_mask([[True, True]], [[0, 1], [0, 1, 2]])
        >>> env.transitions([0.0, 0.1, 0.3], [[0.5, 0.5], [0.5, 0.6], [0.5, 1.5]]).toarray()
        array([[0, 1],
               [0, 0]])
        """
        return count_transitions(self, times, positions, max_gap)

    def neighbors(self, bin: ArrayLike) -> Bins:
        """Find the bins beside one, ascending.

        Parameters
        ----------
        bin : int or array-like (n_dims,) or (1, n_dims)
            A bin or a point.

        Raises
        ------
        ValueError
            If there is no such bin, or the point is in none.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> Environment.from_mask([[True] * 3], [[0, 1], [0, 1, 2, 3]]).neighbors(1)
        array([0, 2])
        """
        return find_neighbors(self.layout, locate_one(self.layout, bin))

    @property
    def boundary_bins(self) -> Bins:
        """Bins at the border: those with a side that they share with no other bin.

        On one axis these are the bins at free ends. In three dimensions and
        more, bins are taken for boxes.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> Environment.from_mask([[True] * 3], [[0, 1], [0, 1, 2, 3]]).boundary_bins
        array([0, 1, 2])
        """
        return find_boundary_bins(self.layout)

    @property
    def components(self) -> Bins:
        """Number of the connected piece that each bin is in, shape (n_bins,), from 0.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> env = Environment.from_mask([[True, False, True]], [[0, 1], [0, 1, 2, 3]])
        >>> env.components
        array([0, 1])
        """
        return label_components(self.layout)

    def bins_in_region(self, name: str) -> Bins:
        """Find the bins whose centre lies in a region, ascending; the bin that holds a point.

        On a track, areas are of the plane in which it lies.

        Raises
        ------
        KeyError
            If there is no such region.
        ValueError
            If the region does not have the environment's dimensions.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> env = Environment.from_mask([[True] * 3], [[0, 1], [0, 1, 2, 3]])
        >>> _ = env.regions.add("end", polygon=[(0, 1), (1, 1), (1, 3), (0, 3)])
        >>> env.bins_in_region("end")
        array([1, 2])
        """
        return find_bins_in_region(self, name)

    def region_mask(self, names: str | Sequence[str]) -> NDArray[np.bool_]:
        """Mark the bins that are in any of some regions, shape (n_bins,); see `bins_in_region`."""
        return build_region_mask(self, names)

    def region_membership(
        self, positions: ArrayLike, names: Sequence[str] | None = None
    ) -> NDArray[np.bool_]:
        """Mark in which regions each position lies.

        Parameters
        ----------
        positions : array-like, shape (n_samples, n_dims) or (n_dims,)
            NaN, where lost, is in none.
        names : sequence of str, optional
            Which regions; left out, all in their order.

        Returns
        -------
        ndarray of bool, shape (n_samples, n_regions), or (n_regions,) for one position
            For an area, whether it or its border holds the position; for a
            point, whether both are in the same bin.

        Raises
        ------
        KeyError
            If there is no such region.
        ValueError
            If a region does not have the environment's dimensions.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> env = Environment.from_mask([[True] * 3], [[0, 1], [0, 1, 2, 3]])
        >>> _ = env.regions.add("goal", point=(0.2, 2.2))
        >>> env.region_membership([[0.5, 0.5], [0.9, 2.9]])
        array([[False],
               [ True]])
        """
        return compute_region_membership(self, positions, names)

    def distance_between(self, a: ArrayLike, b: ArrayLike) -> NDArray[np.float64]:
        """Compute the length of the shortest way between places, in environment units.

        Parameters
        ----------
        a, b : int, array-like of int (n,), or array-like of points (n, n_dims) or (n_dims,)
            Pair by pair; one place goes with each of the others. Whole numbers are bins: a
            point is written ``[1.0, 2.0]``.

        Returns
        -------
        ndarray of float64, shape (n,), or () for one place and one place
            Infinite where no way leads; NaN for points in no bin.

        Raises
        ------
        ValueError
            If a bin does not exist, or the numbers of places do not match.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> env = Environment.from_mask([[True] * 3], [[0, 1], [0, 1, 2, 3]])
        >>> env.distance_between(0, [1, 2])
        array([1., 2.])
        >>> env.distance_between([[0.5, 0.1]], [[0.5, 9.0]])
        array([nan])
        """
        return compute_distances(self.layout, a, b)

    def distance_to(self, places: ArrayLike | str) -> NDArray[np.float64]:
        """Compute the length of the shortest way from each bin to the nearest of some places.

        A field, along the graph and so around walls, in environment units; what
        it is to one place is `distance_between`.

        Parameters
        ----------
        places : int, array-like of int (n,), mask (n_bins,), points (n, n_dims) or (n_dims,), str
            Bins, points, or the name of a region (see `bins_in_region`). Whole
            numbers are bins: a point is written ``[1.0, 2.0]``. Points in no bin
            count for nothing.

        Returns
        -------
        ndarray of float64, shape (n_bins,)
            Infinite where no way leads.

        Raises
        ------
        KeyError
            If there is no such region.
        ValueError
            If a bin does not exist, or none is left.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> env = Environment.from_mask([[True] * 5], [[0, 1], range(6)])
        >>> env.distance_to([0, 4])
        array([0., 1., 2., 1., 0.])
        >>> _ = env.regions.add("goal", point=(0.5, 3.5))
        >>> env.distance_to("goal")
        array([3., 2., 1., 0., 1.])
        """
        return compute_distance_field(self, places)

    def path_between(self, a: ArrayLike, b: ArrayLike) -> Bins:
        """Find the bins along the shortest way between two places, both ends included.

        Parameters
        ----------
        a, b : int or array-like (n_dims,) or (1, n_dims)
            A bin or a point.

        Returns
        -------
        ndarray of int, shape (n_steps + 1,)
            Nothing where no way leads.

        Raises
        ------
        ValueError
            If a bin does not exist, a point is in none, or there are several.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> env = Environment.from_mask([[True] * 3], [[0, 1], [0, 1, 2, 3]])
        >>> env.path_between(2, 0)
        array([2, 1, 0])
        """
        return find_shortest_path(self.layout, a, b)

    def reachable_from(
        self,
        bins: ArrayLike,
        max_distance: float | None = None,
        *,
        max_steps: int | None = None,
    ) -> Bins:
        """Find the bins no farther than a distance or a number of steps from any of some.

        Parameters
        ----------
        bins : int, array-like of int (n,), mask (n_bins,) or points (n, n_dims) or (n_dims,)
            Where to start; points in no bin lead nowhere. Whole numbers are bins: a point is
            written ``[1.0, 2.0]``.
        max_distance : float, optional
            Along the graph, in environment units, itself included.
        max_steps : int, optional
            Instead: how many times to go on from a bin to a neighbour.

        Returns
        -------
        ndarray of int
            Ascending; with neither limit, every bin that a way leads to.

        Raises
        ------
        TypeError
            If both limits are given, or `max_steps` is not a whole number.
        ValueError
            If a bin does not exist, or a limit is negative.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> env = Environment.from_mask([[True] * 4], [[0, 1], [0, 2, 4, 6, 8]])
        >>> env.reachable_from([0], 4.0), env.reachable_from([0], max_steps=1)
        (array([0, 1, 2]), array([0, 1]))
        """
        return find_reachable_bins(self.layout, bins, max_distance, max_steps)

    def rings(self, center: ArrayLike, n: int) -> tuple[Bins, ...]:
        """Find the bins 0, 1, … n steps from a bin, each ring ascending.

        Parameters
        ----------
        center : int or array-like (n_dims,) or (1, n_dims)
            A bin or a point.
        n : int
            The last ring; rings past the farthest bin are empty.

        Raises
        ------
        ValueError
            If the bin does not exist, the point is in none, or n is negative.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> env = Environment.from_mask([[True] * 4], [[0, 1], [0, 1, 2, 3, 4]])
        >>> env.rings(1, 2)
        (array([1]), array([0, 2]), array([3]))
        """
        return find_rings(self.layout, center, n)

    def interpolate(
        self, field: ArrayLike, points: ArrayLike, method: InterpolationMethod = "linear"
    ) -> NDArray[np.float64]:
        """Evaluate a field at points, NaN in no bin.

        "nearest" is the value of the point's bin. "linear" follows the slope in
        that bin, fitted to its neighbours by least squares (for reconstruction
        within cells see Barth & Jespersen, AIAA 89-0366, 1989): exact for fields
        linear in the coordinates, blind to what is behind a wall. From bin to
        bin it may step where the field is not linear.

        Parameters
        ----------
        field : array-like, shape (n_bins,)
            Bins that are NaN or infinite stay so and do not bend the slope of others.
        points : array-like, shape (n_points, n_dims) or (n_dims,)
        method : str
            "nearest" or "linear".

        Returns
        -------
        ndarray of float64, shape (n_points,), or one number for one point

        Raises
        ------
        ValueError
            If shapes do not fit or the method is unknown.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> env = Environment.from_mask([[True] * 3], [[0, 1], [0, 1, 2, 3]])
        >>> env.interpolate([1.0, 2.0, 3.0], [[0.5, 1.75], [0.5, 9.0]])
        array([2.25,  nan])
        """
        return interpolate_field(self.layout, field, points, method)

    def smooth(
        self, field: ArrayLike, bandwidth: float, method: SmoothingMethod = "diffusion_kde"
    ) -> NDArray[np.float64]:
        """Smooth a field.

        Each value becomes the mean of those around it, weighted by a kernel
        and the sizes of the bins: the kernels of `compute_place_field`. Bins
        that are NaN stay NaN and count for nothing in others.

        Parameters
        ----------
        field : array-like, shape (n_bins,)
        bandwidth : float
            Standard deviation, in environment units.
        method : str
            "diffusion_kde" (walls stop the smoothing) or "gaussian_kde" (by
            the straight distance, across walls).

        Returns
        -------
        ndarray of float64, shape (n_bins,)

        Raises
        ------
        ValueError
            If the shape does not fit, a value is infinite, the bandwidth is not
            positive or the method is unknown.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> env = Environment.from_mask([[True] * 3], [[0, 1], [0, 1, 2, 3]])
        >>> env.smooth([0.0, 3.0, 0.0], 100.0).round(6)
        array([1., 1., 1.])
        """
        return smooth_field(self, field, bandwidth, method)

    def plot_field(
        self,
        field: ArrayLike,
        ax: "Axes | None" = None,
        cmap: str = "viridis",
        vmin: float | None = None,
        vmax: float | None = None,
        colorbar: bool = True,
        colorbar_label: str = "",
        nan_color: ColorLike = "lightgrey",
    ) -> "Axes":
        """Draw one field (n_bins,).

        Parameters
        ----------
        field : array-like, shape (n_bins,)
            A value per bin.
        ax : matplotlib.axes.Axes, optional
            Where to draw; left out, on a new figure (``ax.figure``): a notebook shows it
            below the cell, ``plt.show()`` in a script that imports pyplot.
        cmap : str
            Name of a matplotlib colormap.
        vmin, vmax : float, optional
            Limits of the colormap; left out, those of the field.
        colorbar : bool
            Whether to add a colour bar.
        colorbar_label : str
            What the values are: beside the colour bar, or on one axis the y axis.
        nan_color : str or tuple of float
            Of bins that are NaN; an opacity of 0 shows what lies below.

        Returns
        -------
        matplotlib.axes.Axes
            The axes drawn on.

        Raises
        ------
        ValueError
            If the field does not fit, or the environment has more than two dimensions.

        Examples
        --------
        >>> env = Environment.from_mask([[True, True]], [[0, 1], [0, 1, 2]], units="cm")
        >>> env.plot_field([1.0, 2.0]).get_xlabel()
        'x [cm]'
        """
        from neurospatial.environment.plot import plot_field

        return plot_field(self, field, ax, cmap, (vmin, vmax), colorbar, colorbar_label, nan_color)

    if TYPE_CHECKING:

        @overload
        def animate_fields(
            self,
            fields: FieldsLike,
            *,
            backend: str = "auto",
            save_path: str | os.PathLike[str],
            dpi: int = 100,
            progress: Progress = True,
            dry_run: Literal[False] = False,
            **keywords: Unpack[AnimationKeywords],
        ) -> Path: ...
        @overload
        def animate_fields(
            self,
            fields: FieldsLike,
            *,
            backend: Literal["html"],
            save_path: None = None,
            dpi: int = 100,
            progress: Progress = True,
            **keywords: Unpack[AnimationKeywords],
        ) -> SavablePage: ...
        @overload
        def animate_fields(
            self,
            fields: FieldsLike,
            *,
            backend: str = "auto",
            save_path: str | os.PathLike[str] | None = None,
            dpi: int = 100,
            progress: Progress = True,
            dry_run: bool = False,
            **keywords: Unpack[AnimationKeywords],
        ) -> Any: ...
        def animate_fields(self, fields: FieldsLike, **keywords: Any) -> Any:
            """Show fields (n_frames, n_bins) changing over time: `neurospatial.animate_fields`."""

    else:
        animate_fields = LateMethod("neurospatial.backends", "animate_fields")
