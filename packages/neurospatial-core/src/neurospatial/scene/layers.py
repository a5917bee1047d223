"""What a scene is made of: a small, closed set of layers.

Coordinates are world coordinates, y up: of float32, or of float64 where the view lies far
from zero (see `choose_origin`), so that nothing is moved. Arrays with a frame axis have
`n_frames` entries along it, or one when they do not change. NaN means "not
drawn in this frame". Sizes and widths are in points (1/72 inch).
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from neurospatial.scene.affine import Affine2D
from neurospatial.scene.color import ColorScale
from neurospatial.scene.geometry import Geometry
from neurospatial.scene.source import Source, select_rows
from neurospatial.validate.colors import RGBA

FIELD_NAME = "Field"
"""What the layer of the user's fields is called in every panel."""

Coordinates: TypeAlias = NDArray[np.floating]
"""World coordinates of what may move."""

Rings = tuple[NDArray[np.float64], ...]
"""A polygon: its outer ring (n, 2), then its holes."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Layer:
    """What every layer has.

    Parameters
    ----------
    name : str
        What a viewer lists it as.
    z : float
        Higher is drawn later; fields are at 0.
    visible : bool
        Whether it is shown at the start.
    """

    name: str
    z: float = 0.0
    visible: bool = True


@dataclass(frozen=True, eq=False, kw_only=True)
class Field(Layer):
    """One value per bin and frame, coloured.

    Parameters
    ----------
    geometry : Geometry
    values : Source
        Shape (n_rows, n_bins); a row for each frame, unless `frame_index` says otherwise.
    color : ColorScale
    frame_index : ndarray of int, shape (n_frames,), or None
        The row shown in each frame; -1 for none. None where there is a row for each.
    """

    geometry: Geometry
    values: Source
    color: ColorScale
    frame_index: NDArray[np.intp] | None = None

    @property
    def shown(self) -> Source:
        """What each frame shows, shape (n_frames, n_bins): NaN where it is nothing."""
        return select_rows(self.values, self.frame_index)


@dataclass(frozen=True, eq=False, kw_only=True)
class Image(Layer):
    """Pictures placed by an affine map, such as rectified camera frames.

    Parameters
    ----------
    frames : Source
        Shape (n_pictures, height, width, 3), uint8 sRGB, rows downward; with a
        fourth channel, its opacity.
    frame_index : ndarray of int, shape (n_frames,)
        The picture shown in each frame; -1 for none.
    px_to_world : Affine2D
        From continuous pixel coordinates ``(column, row)``.
    opacity : float
    """

    frames: Source
    frame_index: NDArray[np.intp]
    px_to_world: Affine2D
    opacity: float = 1.0


@dataclass(frozen=True, eq=False, kw_only=True)
class Points(Layer):
    """Round marks, each with a fading trail when asked.

    Parameters
    ----------
    xy : ndarray of float, shape (n_frames or 1, n, 2)
    color : tuple of float or ndarray, shape (4,) or (n, 4)
        RGBA in [0, 1].
    size : float
        Diameter in points.
    trail : int
        How many past frames the trail reaches back.
    opacity : ndarray of float32, shape (n_frames or 1, n), or None
        Multiplies the opacity of the colour, for marks that fade; in [0, 1].
    """

    xy: Coordinates
    color: RGBA | NDArray[np.float64]
    size: float = 10.0
    trail: int = 0
    opacity: NDArray[np.float32] | None = None


@dataclass(frozen=True, eq=False, kw_only=True)
class Segments(Layer):
    """Straight lines; with a head they are arrows.

    Parameters
    ----------
    start, stop : ndarray of float, shape (n_frames or 1, n, 2)
    color : tuple of float or ndarray, shape (4,) or (n, 4)
        RGBA in [0, 1].
    width : float
        In points.
    arrowhead : bool
        Whether an arrow head stands at `stop`.
    """

    start: Coordinates
    stop: Coordinates
    color: RGBA | NDArray[np.float64]
    width: float = 2.0
    arrowhead: bool = False


@dataclass(frozen=True, eq=False, kw_only=True)
class Polygons(Layer):
    """Filled areas that do not move, holes left open.

    Parameters
    ----------
    polygons : tuple of Rings
    fill, edge : tuple of float
        RGBA in [0, 1].
    width : float
        Of the edge, in points.
    """

    polygons: tuple[Rings, ...]
    fill: RGBA
    edge: RGBA
    width: float = 1.0


@dataclass(frozen=True, eq=False, kw_only=True)
class Curve(Layer):
    """A line of value over distance, for 1-D tracks.

    Parameters
    ----------
    x : ndarray, shape (n_bins,)
        Distance along the track.
    values : Source
        Shape (n_rows, n_bins); a row for each frame, unless `frame_index` says otherwise.
    runs : tuple of ndarray of int
        Bins of each unbroken line, in order along the track.
    color : tuple of float
        RGBA in [0, 1].
    width : float
        In points.
    frame_index : ndarray of int, shape (n_frames,), or None
        The row shown in each frame; -1 for none. None where there is a row for each.
    """

    x: NDArray[np.float64]
    values: Source
    runs: tuple[NDArray[np.intp], ...]
    color: RGBA
    width: float = 2.0
    frame_index: NDArray[np.intp] | None = None

    @property
    def shown(self) -> Source:
        """What each frame shows, shape (n_frames, n_bins): NaN where it is nothing."""
        return select_rows(self.values, self.frame_index)


@dataclass(frozen=True, eq=False, kw_only=True)
class Trace(Layer):
    """A signal over time in a strip under the picture; the current frame is in its middle.

    Parameters
    ----------
    times : ndarray, shape (n_samples,)
        On the data's clock [s], increasing.
    values : ndarray, shape (n_samples,)
        NaN leaves a gap.
    color : tuple of float
        RGBA in [0, 1].
    window : float
        Seconds shown around the current frame, half of them on each side.
    limits : tuple of float
        Values at the lower and the upper edge of the strip.
    label : str
        What it is, with its unit.
    width : float
        In points.
    """

    times: NDArray[np.float64]
    values: NDArray[np.float64]
    color: RGBA
    window: float
    limits: tuple[float, float]
    label: str = ""
    width: float = 1.0


@dataclass(frozen=True, eq=False, kw_only=True)
class Text(Layer):
    """Words at a place.

    Parameters
    ----------
    anchor : ndarray of float, shape (n_frames or 1, 2)
    strings : tuple of str
        One for each frame, or one for all.
    color : tuple of float
        RGBA in [0, 1].
    size : float
        In points.
    shift : tuple of float
        How far right and up of the anchor the middle of the text lies, in points.
    """

    anchor: Coordinates
    strings: tuple[str, ...]
    color: RGBA
    size: float = 10.0
    shift: tuple[float, float] = (0.0, 0.0)


LAYERS: frozenset[type[Layer]] = frozenset(
    {Field, Image, Points, Segments, Polygons, Curve, Trace, Text}
)
"""The closed set. An overlay lowers to these, so every backend draws every overlay."""
