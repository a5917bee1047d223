"""Drawing the values of bins."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from neurospatial.figure.layers.read_row import read_row
from neurospatial.scene import NOTHING, Field

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def draw_field(axes: "Axes", layer: Field, frame: int, order: float) -> None:
    """Draw the field of a frame: of an even grid as a picture, else a polygon for each bin.

    Cells of a picture have no seams between them, which readers of PDF show between polygons.
    """
    values = read_row(layer, frame)
    if values is None:
        return
    codes = layer.color.quantise(values)
    colors = layer.color.rgba_lut[np.append(codes, np.uint8(NOTHING))]
    raster = layer.geometry.native_raster
    if raster is None:
        _draw_polygons(axes, layer, colors[:-1], order)
        return
    from matplotlib.image import AxesImage

    x_min, y_min, x_max, y_max = raster.bounds
    image = AxesImage(
        axes, interpolation="nearest", origin="upper", extent=(x_min, x_max, y_min, y_max)
    )
    image.set_data(colors[layer.geometry.index_map(raster)])
    image.set_zorder(order)
    image.set_label(layer.name)
    image.set_clip_path(axes.patch)
    axes.add_image(image)


def _draw_polygons(axes: "Axes", layer: Field, colors: NDArray[np.uint8], order: float) -> None:
    from matplotlib.collections import PolyCollection

    polygons = layer.geometry.polygons()
    shown = np.flatnonzero(colors[:, 3])
    # Smoothed edges would let the background shine through between neighbours.
    bins = PolyCollection(
        [polygons[bin_] for bin_ in shown],
        facecolors=colors[shown] / 255,
        linewidths=0,
        antialiaseds=False,
        zorder=order,
        label=layer.name,
    )
    axes.add_collection(bins, autolim=False)
