"""One field, drawn with matplotlib."""

import sys
from threading import current_thread, main_thread
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.environment.base import BaseEnvironment
from neurospatial.errors import explain
from neurospatial.layouts import Layout
from neurospatial.layouts.contiguous_runs import find_contiguous_runs
from neurospatial.layouts.protocol import is_gridded
from neurospatial.validate import clean_text, to_real_array, to_text
from neurospatial.validate.axis_label import format_axis_label
from neurospatial.validate.colors import RGBA, ColorLike, rgba
from neurospatial.validate.glyphs import (
    check_direction,
    check_glyphs,
    draws_matplotlib_leftward,
    write_plain_text,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.cm import ScalarMappable

Limits = tuple[float | None, float | None]

NO_VALUE = "lightgrey"
"""Of bins without a value."""


def plot_field(
    env: BaseEnvironment,
    field: ArrayLike,
    ax: "Axes | None",
    cmap: str,
    limits: Limits,
    colorbar: bool,
    label: str = "",
    nan_color: ColorLike = NO_VALUE,
) -> "Axes":
    """Draw a field (n_bins,): coloured bins in two dimensions, a line in one.

    Raises
    ------
    ValueError
        If the field does not fit, or the layout has more than two dimensions.

    Examples
    --------
    >>> from neurospatial.layouts import RegularGrid
    >>> grid = RegularGrid((np.arange(3.0), np.arange(2.0)), np.ones((2, 1), bool))
    >>> env = BaseEnvironment(grid, units="cm", axis_names=("x", "z"))
    >>> plot_field(env, [1.0, 2.0], None, "viridis", (0, 2), True).get_ylabel()
    'z [cm]'
    """
    layout = env.layout
    values = _validate_field(layout, field)
    lost_color = rgba(nan_color)
    axes = _new_axes() if ax is None else ax
    label = clean_text(to_text(label, "colorbar_label"))
    labels = [clean_text(format_axis_label(name, env.units)) for name in env.axis_names]
    check_glyphs([label, *labels])
    check_direction(
        [label, *labels], draws_matplotlib_leftward(), "Install matplotlib 3.11 or later"
    )
    write_plain_text(axes.set_xlabel, labels[0])
    if layout.n_dims == 1:
        _draw_line(axes, layout, values)
        axes.set_ylim(*limits)
        if label:
            write_plain_text(axes.set_ylabel, label)
        return axes
    mesh = _draw_bins(axes, layout, values, cmap, limits, lost_color)
    (x_low, x_high), (y_low, y_high) = layout.bounds
    y_limits = (y_high, y_low) if env.y_down else (y_low, y_high)
    axes.set(xlim=(x_low, x_high), ylim=y_limits, aspect="equal")
    write_plain_text(axes.set_ylabel, labels[1])
    if colorbar:
        write_plain_text(axes.figure.colorbar(mesh, ax=axes).set_label, label)
    return axes


def _draw_line(axes: "Axes", layout: Layout, values: NDArray[np.float64]) -> None:
    """Draw values over distance; the line breaks where bins do, and a lone bin is a dot."""
    centers = layout.bin_centers[:, 0]
    gap = [np.nan]
    x = np.concatenate(
        [part for bins in find_contiguous_runs(layout) for part in (centers[bins], gap)]
    )
    y = np.concatenate(
        [part for bins in find_contiguous_runs(layout) for part in (values[bins], gap)]
    )
    (line,) = axes.plot(x, y)
    is_known = np.isfinite(np.concatenate([gap, y, gap]))
    alone = is_known[1:-1] & ~is_known[:-2] & ~is_known[2:]
    axes.plot(x[alone], y[alone], ".", color=line.get_color())


def _draw_bins(
    axes: "Axes",
    layout: Layout,
    values: NDArray[np.float64],
    cmap: str,
    limits: Limits,
    lost_color: RGBA,
) -> "ScalarMappable":
    from matplotlib.collections import PolyCollection

    vmin, vmax = limits
    is_known = np.isfinite(values)
    if is_gridded(layout):
        grid = np.full(layout.grid_shape, np.nan)
        grid[layout.active] = values
        x, y = layout.edges
        lost = np.ma.masked_where(
            ~(layout.active & ~np.isfinite(grid)), np.zeros(layout.grid_shape)
        )
        if not is_known.all():
            from matplotlib.colors import ListedColormap

            axes.pcolormesh(x, y, lost.T, cmap=ListedColormap([lost_color]))
        shown = np.ma.masked_invalid(grid)
        return axes.pcolormesh(x, y, shown.T, cmap=cmap, vmin=vmin, vmax=vmax)
    polygons = layout.bin_polygons

    def make_collection(chosen: NDArray[np.bool_]) -> PolyCollection:
        rings = [polygons[bin_] for bin_ in np.flatnonzero(chosen)]
        # Smoothed edges would let the background shine through between neighbours.
        return PolyCollection(rings, antialiaseds=False, linewidths=0)

    without = make_collection(~is_known)
    without.set_facecolor(lost_color)
    axes.add_collection(without)
    bins = make_collection(is_known)
    bins.set_cmap(cmap)
    bins.set_array(values[is_known])
    bins.set_clim(vmin, vmax)
    axes.add_collection(bins)
    return bins


def _new_axes() -> "Axes":
    """Make axes on a new figure, known to pyplot where that may be what shows it."""
    if _is_pyplot_used():
        from matplotlib import pyplot

        return pyplot.figure(layout="constrained").add_subplot()
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    # One that pyplot does not know goes with its last reference: a hundred need no closing.
    figure = Figure(layout="constrained")
    FigureCanvasAgg(figure)
    return figure.add_subplot()


def _is_pyplot_used() -> bool:
    """Return whether a notebook, or a script's ``plt.show()``, looks for figures in pyplot.

    Pyplot's figures belong to the main thread alone.
    """
    if current_thread() is not main_thread():
        return False
    ipython = sys.modules.get("IPython")
    is_shell = ipython is not None and ipython.get_ipython() is not None
    return is_shell or "matplotlib.pyplot" in sys.modules


def _validate_field(layout: Layout, field: ArrayLike) -> NDArray[np.float64]:
    values = to_real_array(field, "field")
    if values.shape != (layout.n_bins,):
        raise ValueError(
            explain(
                "All fields must have shape (n_bins,) matching environment: "
                f"this one has shape {values.shape}, the environment {layout.n_bins} bins.",
                "Each value is drawn in its bin.",
                [
                    "Compute the field on this environment: compute_place_field(env, …).",
                    "Draw one frame of many: env.plot_field(fields[0]).",
                ],
            )
        )
    if layout.n_dims > 2:
        raise ValueError(
            explain(
                f"The environment has {layout.n_dims} dimensions.",
                "A field is drawn flat, in one or two dimensions.",
                ["Draw a slice: make an environment of two of the dimensions."],
            )
        )
    return values
