"""One field, drawn."""

import os
import subprocess
import sys

import numpy as np
import pytest
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import QuadMesh
from matplotlib.figure import Figure
from numpy.typing import NDArray

from neurospatial import Environment
from neurospatial.layouts import RegularGrid
from neurospatial.testing import LAYOUTS


@pytest.fixture
def env() -> Environment:
    mask = np.ones((4, 3), bool)
    mask[3, 2] = False
    return Environment.from_mask(mask, (np.arange(5.0), np.arange(4.0)), units="cm")


def pixel_at(axes: Axes, x: float, y: float) -> list[int]:
    """Colour at a place in the environment, from a picture really drawn."""
    canvas = axes.figure.canvas
    assert isinstance(canvas, FigureCanvasAgg)
    canvas.draw()
    picture: NDArray[np.uint8] = np.asarray(canvas.buffer_rgba())
    column, row = axes.transData.transform((x, y))
    return picture[len(picture) - 1 - int(row), int(column), :3].tolist()


def test_each_bin_has_its_colour_in_its_place(env: Environment) -> None:
    field = np.arange(env.n_bins, dtype=float)
    field[5] = np.nan
    axes = env.plot_field(field, cmap="magma", vmin=0, vmax=20)
    for bin_, (x, y) in enumerate(env.bin_centers):
        expected = colormaps["magma"](field[bin_] / 20, bytes=True)[:3]
        if bin_ == 5:
            expected = (211, 211, 211)  # light grey
        assert np.abs(np.subtract(pixel_at(axes, x, y), expected)).max() <= 1
    assert pixel_at(axes, 3.5, 2.5) == [255, 255, 255]


class Cells:
    """The bins of a grid, as a layout that is not a grid."""

    def __init__(self, grid: RegularGrid) -> None:
        self._grid = grid

    def __getattr__(self, name: str) -> object:
        return getattr(self._grid, name)


def test_other_layouts_are_drawn_by_their_polygons(env: Environment) -> None:
    assert isinstance(env.layout, RegularGrid)
    other = Environment(Cells(env.layout), units="cm")
    assert other.bin_size == (1.0, 1.0)
    field = np.arange(env.n_bins, dtype=float)
    field[5] = np.nan
    on_grid, on_cells = env.plot_field(field), other.plot_field(field)
    for x, y in [*env.bin_centers, (3.5, 2.5)]:
        assert pixel_at(on_cells, x, y) == pixel_at(on_grid, x, y)


def test_axes_are_labelled_and_even(env: Environment) -> None:
    axes = env.plot_field(np.ones(env.n_bins))
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("x [cm]", "y [cm]")
    assert axes.get_aspect() == 1
    assert axes.get_xlim() == (0, 4)
    assert axes.get_ylim() == (0, 3)
    unitless = Environment(env.layout).plot_field(np.ones(env.n_bins))
    assert unitless.get_xlabel() == "x"


def test_the_colour_bar_is_optional_and_limits_are_kept(env: Environment) -> None:
    field = np.arange(env.n_bins, dtype=float)
    with_bar = env.plot_field(field, vmin=-1, vmax=99)
    assert len(with_bar.figure.axes) == 2
    mesh = next(item for item in with_bar.collections if isinstance(item, QuadMesh))
    assert mesh.get_clim() == (-1, 99)
    assert len(env.plot_field(field, colorbar=False).figure.axes) == 1


def test_it_draws_on_axes_given(env: Environment) -> None:
    axes = Figure().add_subplot()
    assert env.plot_field(np.ones(env.n_bins), ax=axes) is axes


def test_a_field_without_any_value(env: Environment) -> None:
    assert pixel_at(env.plot_field(np.full(env.n_bins, np.nan)), 0.5, 0.5) == [211, 211, 211]


def test_one_dimension_is_a_line() -> None:
    track = Environment.from_mask([True, False, True, True], [[0, 1, 2, 3, 4]], units="cm")
    axes = track.plot_field([1.0, np.nan, 3.0], vmin=0, vmax=5)
    line, dots = axes.lines
    np.testing.assert_array_equal(line.get_xdata(), [0.5, np.nan, 2.5, 3.5, np.nan])
    np.testing.assert_array_equal(line.get_ydata(), [1, np.nan, np.nan, 3, np.nan])
    np.testing.assert_array_equal(dots.get_ydata(), [1, 3])
    assert axes.get_ylim() == (0, 5)


def test_pyplot_is_never_loaded(env: Environment) -> None:
    before = "matplotlib.pyplot" in sys.modules
    env.plot_field(np.ones(env.n_bins))
    assert ("matplotlib.pyplot" in sys.modules) is before


def test_where_pyplot_is_loaded_it_knows_the_figure_but_not_of_threads() -> None:
    """So that ``plt.show()`` and ``plt.savefig()`` find it; in a process of its own."""
    code = (
        "from threading import Thread\n"
        "from matplotlib import pyplot\n"
        "from neurospatial import Environment\n"
        "env = Environment.from_mask([[True, True]], [[0, 1], [0, 1, 2]])\n"
        "axes = env.plot_field([1.0, 2.0])\n"
        "print(pyplot.gcf() is axes.figure)\n"
        "thread = Thread(target=env.plot_field, args=([1.0, 2.0],))\n"
        "thread.start(); thread.join()\n"
        "print(pyplot.get_fignums())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "MPLBACKEND": "agg"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert (done.stdout.split("\n")[:2], done.stderr) == (["True", "[1]"], "")


@pytest.mark.parametrize("shape", [(10,), (1, 11), (12,), ()])
def test_fields_that_do_not_fit(env: Environment, shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"^All fields must have shape \(n_bins,\) matching env"):
        env.plot_field(np.zeros(shape))


def test_complex_fields_are_refused(env: Environment) -> None:
    with pytest.raises(TypeError, match="complex"):
        env.plot_field(np.zeros(11, complex))


def test_three_dimensions_are_not_drawn() -> None:
    cube = Environment.from_mask(np.ones((2, 2, 2), bool), [[0, 1, 2]] * 3)
    with pytest.raises(ValueError, match="has 3 dimensions"):
        cube.plot_field(np.zeros(8))


def test_the_values_are_named(env: Environment) -> None:
    axes = env.plot_field(np.zeros(env.n_bins), colorbar_label="rate [Hz]")
    assert axes.figure.axes[-1].get_ylabel() == "rate [Hz]"
    axes = env.plot_field(np.zeros(env.n_bins), colorbar=False, colorbar_label="rate [Hz]")
    assert len(axes.figure.axes) == 1
    line = Environment.from_grid_edges([np.arange(4.0)])
    assert line.plot_field([1.0, 2, 3], colorbar_label="rate [Hz]").get_ylabel() == "rate [Hz]"
    assert line.plot_field([1.0, 2, 3]).get_ylabel() == ""


@pytest.mark.parametrize("name", ["regular", "pointy hexagons"])
def test_bins_without_a_value_have_the_colour_that_is_asked_for(name: str) -> None:
    layout = LAYOUTS[name]()
    values = np.where(np.arange(layout.n_bins) % 2, 1.0, np.nan)
    axes = Environment(layout).plot_field(values, nan_color="red")
    without = axes.collections[0]
    axes.figure.canvas.draw()
    seen = without.get_facecolor()[without.get_facecolor()[:, 3] > 0]
    assert len(seen)
    assert (seen == (1.0, 0.0, 0.0, 1.0)).all()


def test_a_colour_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="nocolor"):
        Environment(LAYOUTS["regular"]()).plot_field(
            np.ones(LAYOUTS["regular"]().n_bins), nan_color="nocolor"
        )
