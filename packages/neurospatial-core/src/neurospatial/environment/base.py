"""A layout with units, a name and regions: what an environment is before it does anything."""

import copy
from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Self, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.environment.axis_names import resolve_axis_names
from neurospatial.environment.cache import Cache
from neurospatial.errors import explain
from neurospatial.layouts import Layout, is_linear
from neurospatial.regions import Regions
from neurospatial.validate import to_text, validate_one_or_more

if TYPE_CHECKING:
    from scipy import sparse

Result = TypeVar("Result")
Env = TypeVar("Env", bound="BaseEnvironment")


class BaseEnvironment:
    """A layout with units, a name and regions.

    Without a layout every use but ``repr`` and comparison is refused.

    Parameters
    ----------
    layout : Layout, optional
        How the space is cut.
    units : str, optional
        Unit of the coordinates, for labels.
    name : str
        A name.
    regions : Regions, optional
        Named places.
    axis_names : sequence of str, shape (n_dims,), optional
        What the coordinates are, for labels, such as ``("x", "z")``; left out,
        "x", "y" and "z", or "Distance" of one axis.
    y_down : bool
        Whether y grows downward, as in the pixels of a camera; pictures are
        drawn that way up. Of a track: y of its nodes.

    Raises
    ------
    TypeError
        If units or names are not text, or `y_down` is neither True nor False.
    ValueError
        If there are more or fewer names than dimensions, one is empty or there
        twice, or `y_down` is said of an environment that has no y.

    Examples
    --------
    >>> from neurospatial.layouts import RegularGrid
    >>> BaseEnvironment(
    ...     RegularGrid((np.arange(4.0),), np.ones(3, bool)), units="cm"
    ... ).dimension_ranges
    ((0.0, 3.0),)
    """

    def __init__(
        self,
        layout: Layout | None = None,
        *,
        units: str | None = None,
        name: str = "",
        regions: Regions | None = None,
        axis_names: Sequence[str] | None = None,
        y_down: bool = False,
    ) -> None:
        self._layout = layout
        self._axis_names = () if layout is None else resolve_axis_names(axis_names, layout.n_dims)
        self._y_down = _validate_y_down(y_down, layout)
        self._units = _validate_units(units)
        self._name = to_text(name, "name")
        self._regions = Regions() if regions is None else regions
        self._cache = Cache()

    @property
    def layout(self) -> Layout:
        """How the space is cut."""
        if self._layout is None:
            raise RuntimeError(
                explain(
                    "Environment must be fitted before calling this method.",
                    "Environment() alone has no bins: nothing says which space it covers.",
                    [
                        "env = Environment.from_samples(positions, bin_size=2.5)",
                        "env = Environment.from_mask(mask, edges)",
                    ],
                )
            )
        return self._layout

    @property
    def units(self) -> str | None:
        """Unit of the coordinates; None where it was not given.

        It may be set: labels then say it. Coordinates stay as they are.

        Raises
        ------
        TypeError
            If it is set to what is no text.

        Examples
        --------
        >>> from neurospatial.layouts import RegularGrid
        >>> space = BaseEnvironment(RegularGrid((np.arange(4.0),), np.ones(3, bool)))
        >>> space.units = "cm"
        >>> space
        BaseEnvironment(3 bins of 1 cm, 1-D, ranges 0…3 cm)
        """
        return self._fitted._units

    @units.setter
    def units(self, units: str | None) -> None:
        self._fitted._units = _validate_units(units)

    @property
    def name(self) -> str:
        """Name of the environment; it may be set, to text."""
        return self._fitted._name

    @name.setter
    def name(self, name: str) -> None:
        self._fitted._name = to_text(name, "name")

    @property
    def regions(self) -> Regions:
        """Named places, to which more can be added."""
        return self._fitted._regions

    @property
    def axis_names(self) -> tuple[str, ...]:
        """What each coordinate is called, n_dims of them."""
        return self._fitted._axis_names

    @property
    def y_down(self) -> bool:
        """Whether y grows downward in pictures, as it does in the pixels of a camera."""
        return self._fitted._y_down

    @property
    def _fitted(self) -> Self:
        _ = self.layout
        return self

    @property
    def n_bins(self) -> int:
        """Number of bins."""
        return self.layout.n_bins

    @property
    def n_dims(self) -> int:
        """Number of spatial dimensions."""
        return self.layout.n_dims

    @property
    def bin_centers(self) -> NDArray[np.float64]:
        """Centre of each bin, shape (n_bins, n_dims)."""
        return self.layout.bin_centers

    @property
    def bin_size(self) -> tuple[float, ...]:
        """Size of a bin along each dimension; the mean side where bins differ."""
        layout = self.layout
        given = getattr(layout, "bin_size", None)
        if given is not None:
            sides = np.broadcast_to(np.asarray(given, dtype=np.float64), (layout.n_dims,))
            return tuple(sides.tolist())
        side = float(np.mean(layout.bin_measures)) ** (1 / layout.n_dims)
        return (side,) * layout.n_dims

    @property
    def dimension_ranges(self) -> tuple[tuple[float, float], ...]:
        """Lowest and highest coordinate along each dimension."""
        return self.layout.bounds

    @property
    def connectivity(self) -> "sparse.csr_array":
        """Distance between neighbouring bins, (n_bins, n_bins), symmetric."""
        return self.layout.adjacency

    def bin_at(self, points: ArrayLike) -> NDArray[np.intp]:
        """Find the bin of each point (n_points, n_dims); -1 where there is none.

        Of one point (n_dims,) it is one number.

        Raises
        ------
        ValueError
            If the points have another number of dimensions.

        Examples
        --------
        >>> from neurospatial.layouts import RegularGrid
        >>> space = BaseEnvironment(RegularGrid((np.arange(4.0),), np.ones(3, bool)))
        >>> space.bin_at([[1.5], [9.0], [np.nan]])
        array([ 1, -1, -1])
        """
        layout = self.layout
        places, is_one = validate_one_or_more(points, layout.n_dims)
        bins = layout.locate(places)
        return bins[0] if is_one else bins

    def contains(self, points: ArrayLike) -> NDArray[np.bool_]:
        """Tell of each point (n_points, n_dims), or one (n_dims,), whether it lies in a bin."""
        return self.bin_at(points) >= 0

    def clear_cache(
        self, kdtree: bool = True, kernels: bool = True, cached_properties: bool = True
    ) -> None:
        """Forget what was derived from the layout; it is made again where needed.

        Nothing requires this call: cached results are never pickled.
        """
        layout = self.layout
        for kind, drop in (("kdtree", kdtree), ("kernels", kernels)):
            if drop:
                self._cache.drop(kind)
        if cached_properties:
            self._layout = copy.copy(layout)

    def cached(self, kind: str, key: Hashable, make: Callable[[], Result]) -> Result:
        """Return a result kept with this environment, calling `make` the first time.

        `kind` is what `clear_cache` calls it: ``"kernels"`` or ``"kdtree"``.
        """
        return self._fitted._cache.get(kind, key, make)

    def copy(self) -> Self:
        """Make an environment on the same layout, whose regions can be changed apart."""
        return replace_layout(self, self.layout)

    def __setattr__(self, name: str, value: object) -> None:
        held = getattr(type(self), name, None)
        if isinstance(held, property) and held.fset is None:
            raise AttributeError(_explain_fixed(name), name=name, obj=self)
        super().__setattr__(name, value)

    def __getstate__(self) -> dict[str, object]:
        return {key: value for key, value in self.__dict__.items() if key != "_cache"}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)
        self._cache = Cache()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, BaseEnvironment):
            return NotImplemented
        return self._describe() == other._describe()

    def _describe(self) -> tuple[object, ...]:
        """List what makes two environments the same."""
        return (
            self._layout, self._units, self._name, self._regions, self._axis_names, self._y_down,
        )  # fmt: skip

    def __repr__(self) -> str:
        if self._layout is None:
            return f"{type(self).__name__}(not fitted)"
        unit = f" {self._units}" if self._units else ""
        sizes = " × ".join(f"{size:g}" for size in self.bin_size)
        ranges = ", ".join(f"{low:g}…{high:g}" for low, high in self.dimension_ranges)
        name = f"{self._name!r}, " if self._name else ""
        return (
            f"{type(self).__name__}({name}{self.n_bins} bins of {sizes}{unit}, "
            f"{self.n_dims}-D, ranges {ranges}{unit})"
        )


def replace_layout(env: Env, layout: Layout) -> Env:
    """Make an environment on another layout, with everything else the same.

    Examples
    --------
    >>> from neurospatial.layouts import RegularGrid
    >>> env = BaseEnvironment(RegularGrid((np.arange(4.0),), np.ones(3, bool)), units="cm")
    >>> replace_layout(env, env.layout.coarsen(3))
    BaseEnvironment(1 bins of 3 cm, 1-D, ranges 0…3 cm)
    """
    regions = Regions(env.regions.values())
    return type(env)(
        layout,
        units=env.units,
        name=env.name,
        regions=regions,
        axis_names=env.axis_names,
        y_down=env.y_down,
    )


def _validate_units(units: str | None) -> str | None:
    return None if units is None else to_text(units, "units")


def _explain_fixed(name: str) -> str:
    way = "Make another environment: Environment.from_samples(positions, bin_size, …)."
    if name == "regions":
        way = "Add to them: env.regions.add('home', polygon=corners)."
    return explain(
        f"{name} of an environment cannot be set.",
        "Fields that were computed on it, and files, rely on it; units and name are labels.",
        [way, "Set a label: env.units = 'cm', env.name = 'box'."],
    )


def _validate_y_down(y_down: bool, layout: Layout | None) -> bool:
    if not isinstance(y_down, (bool, np.bool_)):
        raise TypeError(
            explain(
                f"y_down is {y_down!r}.",
                "It says whether y grows downward, as in the pixels of a camera, or upward.",
                ["Pass y_down=True or y_down=False."],
            )
        )
    if y_down and layout is not None and layout.n_dims == 1 and not is_linear(layout):
        raise ValueError(
            explain(
                "y_down is True, and the environment has one axis and no y.",
                "It says which way up a plane is drawn.",
                ["Leave y_down out.", "Pass positions of two coordinates, (n_samples, 2)."],
            )
        )
    return bool(y_down)
