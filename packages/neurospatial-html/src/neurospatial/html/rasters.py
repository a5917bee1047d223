"""How many pixels each panel has."""

from neurospatial.scene import Raster, Scene, View


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
