"""What a scene looks like: slow, plain, and shared with no backend."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter, minimum_filter

from neurospatial.scene import (
    NOTHING,
    Field,
    Image,
    Layer,
    Panel,
    Points,
    Polygons,
    Raster,
    Scene,
    Segments,
    Text,
)
from neurospatial.testing.marks import Mark, PixelGrid, iter_marks
from neurospatial.testing.placed_image import average_image, place_image

Picture = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Expected:
    """A picture and how much of it is fixed.

    Parameters
    ----------
    rgb : ndarray, shape (height, width, 3)
        sRGB in [0, 255].
    certain : ndarray of bool, shape (height, width)
        Pixels that look the same whoever draws.
    marked : ndarray of bool, shape (height, width)
        Pixels that a mark covers or may touch; all others are bit-exact.
    """

    rgb: NDArray[np.float64]
    certain: NDArray[np.bool_]
    marked: NDArray[np.bool_]


class Reference:
    """Draws one panel.

    Parameters
    ----------
    panel : Panel
    width, height : int
        Size of its view [px].
    px_per_point : float
        Pixels in 1/72 inch.
    background : tuple of int
        sRGB seen where nothing is drawn.
    """

    def __init__(
        self,
        panel: Panel,
        width: int,
        height: int,
        px_per_point: float = 100 / 72,
        background: tuple[int, int, int] = (255, 255, 255),
    ) -> None:
        self._layers = [layer for layer in panel.layers if layer.visible]
        self._view, self._size = panel.view, (width, height)
        self.px_per_point: float = px_per_point
        self._background = np.array(background, dtype=np.float64)

    def make_grid(self, frame: int) -> PixelGrid:
        """Lay pixels over what is shown of the world in a frame."""
        x_min, y_min, x_max, y_max = self._view.bounds
        path = self._view.path
        if path is not None:
            zoom = path.zoom[frame]
            share = min(max(zoom - 1, 0), 1)
            x, y = (
                path.centers[frame] * share
                + (1 - share) * np.array([x_min + x_max, y_min + y_max]) / 2
            )
            half_x, half_y = (x_max - x_min) / 2 / zoom, (y_max - y_min) / 2 / zoom
            x_min, y_min, x_max, y_max = x - half_x, y - half_y, x + half_x, y + half_y
        raster = Raster(*self._size, (x_min, y_min, x_max, y_max))
        return PixelGrid(raster, self.px_per_point, self._view.y_down)

    def picture(self, frame: int) -> Picture:
        """Draw a frame, RGBA of shape (height, width, 4)."""
        rgb, grid = self._make_ground(), self.make_grid(frame)
        for layer in self._layers:
            if isinstance(layer, Field):
                _draw_field(rgb, layer, frame, grid)
                continue
            if isinstance(layer, Image):
                _draw_image(rgb, average_image(layer, frame, grid))
                continue
            for mark in iter_marks(layer, frame, grid):
                _draw_mark(rgb, mark, mark.coverage)
        opaque = np.full((*rgb.shape[:2], 1), 255, dtype=np.uint8)
        return np.concatenate([np.rint(rgb).astype(np.uint8), opaque], axis=-1)

    def expected(self, frame: int) -> Expected:
        """Say what is known of a frame without knowing who draws it."""
        rgb, grid = self._make_ground(), self.make_grid(frame)
        certain = np.ones(rgb.shape[:2], dtype=bool)
        marked = np.zeros(rgb.shape[:2], dtype=bool)
        for layer in self._layers:
            if isinstance(layer, Field):
                _draw_field(rgb, layer, frame, grid)
                if self._view.path is not None:
                    # Each frame has other pixels: a bin's edge may be half of one off.
                    index = grid.index_map(layer.geometry)
                    # What lies just beyond the picture is not known: its rim is left out.
                    certain &= maximum_filter(index, 3) == minimum_filter(
                        index, 3, mode="constant", cval=-1
                    )
                continue
            if isinstance(layer, Image):
                picture = place_image(layer, frame, grid)
                if picture is not None:
                    _draw_image(rgb, picture.rgba)
                    certain = picture.certain & (certain | (picture.rgba[..., 3] == 1))
                    marked |= picture.near
                continue
            for mark in iter_marks(layer, frame, grid):
                _draw_mark(rgb, mark, mark.certain.astype(np.float64))
                settled = mark.certain if mark.color[3] == 1 else mark.certain & certain
                certain = settled | (certain & ~mark.near)
                marked |= mark.near
        return Expected(rgb, certain, marked)

    def _make_ground(self) -> NDArray[np.float64]:
        width, height = self._size
        return np.tile(self._background, (height, width, 1))


def _draw_field(rgb: NDArray[np.float64], layer: Field, frame: int, grid: PixelGrid) -> None:
    codes = layer.color.quantise(layer.shown.read(frame, frame + 1)[0])
    colors = layer.color.rgba_lut[np.append(codes, np.uint8(NOTHING))]
    colored = colors[grid.index_map(layer.geometry)]
    opaque = colored[..., 3] > 0
    rgb[opaque] = colored[opaque, :3]


def _draw_image(rgb: NDArray[np.float64], rgba: NDArray[np.float64] | None) -> None:
    if rgba is not None:
        rgb *= 1 - rgba[..., 3:]
        rgb += rgba[..., 3:] * rgba[..., :3] * 255


def _draw_mark(rgb: NDArray[np.float64], mark: Mark, coverage: NDArray[np.float64]) -> None:
    opaque = (coverage * mark.color[3])[..., None]
    rgb *= 1 - opaque
    rgb += opaque * mark.color[:3] * 255


@dataclass(frozen=True)
class ReferenceOptions:
    """Size of the reference's pictures.

    Parameters
    ----------
    width, height : int
        Of the first panel's view [px].
    """

    width: int = 151
    height: int = 117


class ReferenceBackend:
    """The reference as a backend: it presents a scene as a list of RGBA pictures."""

    name = "reference"
    suffixes: tuple[str, ...] = ()
    draws: frozenset[type[Layer]] = frozenset({Field, Image, Points, Polygons, Segments, Text})
    Options = ReferenceOptions

    def unavailable(self) -> str | None:
        """None: it needs nothing."""
        return None

    def present(self, scene: Scene, options: ReferenceOptions) -> list[Picture]:
        """Draw every frame of the first panel."""
        reference = Reference(scene.panels[0], options.width, options.height)
        return [reference.picture(frame) for frame in range(scene.timeline.n_frames)]
