"""How many pixels each panel has."""

from math import sqrt

from neurospatial.scene import Raster, Scene, View

_MOST_PIXELS = 1 << 23
"""Of a finer index map: 32 MB in a browser; 800 by 600 pixels four times as large."""


def compute_panel_rasters(scene: Scene, size: tuple[int, int]) -> tuple[Raster, ...]:
    """Compute each panel's pixels: of an equal part of the picture, what its view can fill.

    Parameters
    ----------
    scene : Scene
    size : tuple of int
        Width and height of all panels together [px].

    Returns
    -------
    tuple of Raster
        One a panel.
    """
    columns, rows = scene.grid
    cell = size[0] / columns, size[1] / rows
    return tuple(_fit_view(panel.view, cell) for panel in scene.panels)


def _fit_view(view: View, cell: tuple[float, float]) -> Raster:
    x_min, y_min, x_max, y_max = view.bounds
    across, upward = cell[0] / (x_max - x_min), cell[1] / (y_max - y_min)
    if view.equal:
        across = upward = min(across, upward)
    width, height = round((x_max - x_min) * across), round((y_max - y_min) * upward)
    return view.make_raster(max(1, width), max(1, height))


def refine_raster(raster: Raster, view: View) -> Raster:
    """Make pixels so fine that the frame that shows everything largest has one in each.

    Parameters
    ----------
    raster : Raster
        A panel's pixels.
    view : View

    Returns
    -------
    Raster
        The same where the view does not move; else of all that it may show, and no more pixels
        than a browser holds for each field.

    Examples
    --------
    >>> import numpy as np
    >>> from neurospatial.scene import ViewPath
    >>> view = View((0.0, 0.0, 4.0, 3.0), path=ViewPath(np.ones((2, 2)), np.array([1.0, 2.5])))
    >>> fine = refine_raster(view.make_raster(400, 300), view)
    >>> fine.width, fine.height
    (1000, 750)
    """
    if view.path is None:
        return raster
    most = sqrt(_MOST_PIXELS / (raster.width * raster.height))
    times = max(1.0, min(float(view.path.zoom.max()), most))
    return view.make_raster(round(raster.width * times), round(raster.height * times))
