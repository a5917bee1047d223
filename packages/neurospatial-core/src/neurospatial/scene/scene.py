"""What a backend is handed: everything to show, and nothing else."""

from dataclasses import dataclass, replace
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.scene.color import ColorScale
from neurospatial.scene.layers import Field, Layer, Trace
from neurospatial.scene.raster import Bounds, Raster
from neurospatial.scene.text_cleaner import TextCleaner
from neurospatial.scene.timeline import Timeline
from neurospatial.scene.view_path import ViewPath
from neurospatial.validate.axis_label import format_axis_label


@dataclass(frozen=True)
class View:
    """The part of the world a panel shows.

    Parameters
    ----------
    bounds : tuple of float
        World rectangle ``(x_min, y_min, x_max, y_max)``.
    units : str
        Unit of the coordinates; empty when the environment names none.
    equal : bool
        Whether a unit is as long upward as sideways; else the view fills the
        room there is.
    labels : tuple of str, or None
        What stands along x and along y; None for their names and the unit.
    axis_names : tuple of str
        What x and y are called.
    y_down : bool
        Whether y grows downward on the screen, in every layer: of a world that
        is the pixels of a camera.
    path : ViewPath or None
        What of `bounds` is shown in each frame; None for all of it.

    Examples
    --------
    >>> View((0.0, 0.0, 1.0, 1.0), "cm").axis_labels
    ('x [cm]', 'y [cm]')
    >>> View((0.0, 0.0, 40.0, 20.0), y_down=True).make_raster(4, 2).world_to_px([[0.0, 20.0]])
    array([[0., 2.]])
    """

    bounds: Bounds
    units: str = ""
    equal: bool = True
    labels: tuple[str, str] | None = None
    axis_names: tuple[str, str] = ("x", "y")
    y_down: bool = False
    path: ViewPath | None = None

    @property
    def axis_labels(self) -> tuple[str, str]:
        """What stands along x and along y."""
        if self.labels is not None:
            return self.labels
        x, y = self.axis_names
        return format_axis_label(x, self.units), format_axis_label(y, self.units)

    def find_bounds(self, frames: slice | NDArray[np.intp]) -> NDArray[np.float64]:
        """Find the world rectangles (k, 4) that are shown in each of some frames.

        A view that does not move has one for all of them.
        """
        if self.path is None:
            return np.array([self.bounds])
        return self.path.find_bounds(self.bounds, frames)

    def get_bounds_on(self, frame: int) -> Bounds:
        """Return the world rectangle that is shown in a frame."""
        x_min, y_min, x_max, y_max = self.find_bounds(np.array([frame]))[0].tolist()
        return x_min, y_min, x_max, y_max

    def make_raster(self, width: int, height: int, frame: int | None = None) -> Raster:
        """Lay pixels over all that is shown, of one frame if asked, the right way up."""
        bounds = self.bounds if frame is None else self.get_bounds_on(frame)
        return Raster(width, height, bounds, self.y_down)


@dataclass(frozen=True, eq=False)
class Panel:
    """One picture: layers over the same piece of world.

    Parameters
    ----------
    view : View
    layers : tuple of Layer
        In drawing order.
    title : str
    colorbar : ColorScale or None
        The scale to explain beside the picture.
    scale_bar : float or None
        Length of a scale bar in environment units; None for no bar.
    cell : tuple of int, or None
        Its row and column among the panels; None has the scene choose.
    axes : tuple of bool
        Whether ticks and a label stand along x, and along y.
    """

    view: View
    layers: tuple[Layer, ...]
    title: str = ""
    colorbar: ColorScale | None = None
    scale_bar: float | None = None
    cell: tuple[int, int] | None = None
    axes: tuple[bool, bool] = (True, True)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The field layers of this panel."""
        return tuple(layer for layer in self.layers if isinstance(layer, Field))


@dataclass(frozen=True, eq=False)
class Scene:
    r"""Everything to show, checked and aligned; immutable, data only.

    Its texts are cleaned when it is made (see `neurospatial.validate.text.clean_text`), those
    of its panels, layers, scales and clock too, so that no backend sees another one. Only
    what a `Text` layer says may have several lines.

    Parameters
    ----------
    panels : tuple of Panel
    timeline : Timeline
    title : str
    strips : tuple of Trace
        The signals under the panels, from top to bottom; hidden ones have no room.
    colorbar : ColorScale or None
        The scale that several panels share, explained once beside all of them.

    Raises
    ------
    ValueError
        If two panels have one cell, or some have none.

    Examples
    --------
    >>> Scene((), Timeline(1, 30.0), "from\r\n$5 to $10").title
    'from $5 to $10'
    """

    panels: tuple[Panel, ...]
    timeline: Timeline
    title: str = ""
    strips: tuple[Trace, ...] = ()
    colorbar: ColorScale | None = None

    def __post_init__(self) -> None:
        _check_cells(self.panels)
        cleaner = TextCleaner((Panel, View, ColorScale, Layer, Timeline))
        for name, value in cleaner.find_changes(self).items():
            object.__setattr__(self, name, value)
        cleaner.warn_if_shortened()

    @property
    def layer_types(self) -> frozenset[type[Layer]]:
        """Which kinds of layer occur."""
        layers = [layer for panel in self.panels for layer in panel.layers]
        return frozenset(map(type, (*layers, *self.strips)))

    @property
    def cells(self) -> tuple[tuple[int, int], ...]:
        """Row and column of each panel: its own, else in reading order on a near square."""
        columns = ceil(sqrt(len(self.panels)))
        return tuple(
            divmod(number, columns) if panel.cell is None else panel.cell
            for number, panel in enumerate(self.panels)
        )

    @property
    def grid(self) -> tuple[int, int]:
        """How many panels lie side by side, and how many rows of them there are."""
        rows, columns = zip(*self.cells, strict=True)
        return max(columns) + 1, max(rows) + 1

    @property
    def visible_strips(self) -> tuple[Trace, ...]:
        """The signals that have room under the panels."""
        return tuple(trace for trace in self.strips if trace.visible)

    def restricted_to(self, drawable: frozenset[type[Layer]]) -> "Scene":
        """Leave out the layers of every other type."""
        panels = tuple(
            replace(panel, layers=tuple(x for x in panel.layers if type(x) in drawable))
            for panel in self.panels
        )
        strips = self.strips if Trace in drawable else ()
        return replace(self, panels=panels, strips=strips)


def _check_cells(panels: tuple[Panel, ...]) -> None:
    cells = [panel.cell for panel in panels]
    given = [cell for cell in cells if cell is not None]
    if len(set(given)) == len(given) and len(given) in (0, len(cells)):
        return
    raise ValueError(
        explain(
            f"The panels have the cells {cells}.",
            "Each has a row and a column of its own, or the scene chooses for all.",
            ["Give every panel another cell.", "Leave cell out of all of them."],
        )
    )
