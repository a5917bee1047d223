"""What a scene looks like: slow, plain, and shared with no backend."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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
from neurospatial.testing.marks import Mark, Paper, marks_of
from neurospatial.testing.placed_image import averaged, laid

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
        self.paper: Paper = Paper(Raster(width, height, panel.view.bounds), px_per_point)
        self._background = np.array(background, dtype=np.float64)

    def picture(self, frame: int) -> Picture:
        """Draw a frame, RGBA of shape (height, width, 4)."""
        rgb = self._ground()
        for layer in self._layers:
            if isinstance(layer, Field):
                self._lay_field(rgb, layer, frame)
                continue
            if isinstance(layer, Image):
                _lay_image(rgb, averaged(layer, frame, self.paper))
                continue
            for mark in marks_of(layer, frame, self.paper):
                _lay_mark(rgb, mark, mark.coverage)
        opaque = np.full((*rgb.shape[:2], 1), 255, dtype=np.uint8)
        return np.concatenate([np.rint(rgb).astype(np.uint8), opaque], axis=-1)

    def expected(self, frame: int) -> Expected:
        """Say what is known of a frame without knowing who draws it."""
        rgb = self._ground()
        certain = np.ones(rgb.shape[:2], dtype=bool)
        marked = np.zeros(rgb.shape[:2], dtype=bool)
        for layer in self._layers:
            if isinstance(layer, Field):
                self._lay_field(rgb, layer, frame)
                continue
            if isinstance(layer, Image):
                picture = laid(layer, frame, self.paper)
                if picture is not None:
                    _lay_image(rgb, picture.rgba)
                    certain = picture.sure & (certain | (picture.rgba[..., 3] == 1))
                    marked |= picture.near
                continue
            for mark in marks_of(layer, frame, self.paper):
                _lay_mark(rgb, mark, mark.sure.astype(np.float64))
                settled = mark.sure if mark.color[3] == 1 else mark.sure & certain
                certain = settled | (certain & ~mark.near)
                marked |= mark.near
        return Expected(rgb, certain, marked)

    def _ground(self) -> NDArray[np.float64]:
        raster = self.paper.raster
        return np.tile(self._background, (raster.height, raster.width, 1))

    def _lay_field(self, rgb: NDArray[np.float64], layer: Field, frame: int) -> None:
        codes = layer.color.quantise(layer.values.read(frame, frame + 1)[0])
        colors = layer.color.rgba_lut[np.append(codes, np.uint8(NOTHING))]
        seen = colors[layer.geometry.index_map(self.paper.raster)]
        drawn = seen[..., 3] > 0
        rgb[drawn] = seen[drawn, :3]


def _lay_image(rgb: NDArray[np.float64], rgba: NDArray[np.float64] | None) -> None:
    if rgba is not None:
        rgb *= 1 - rgba[..., 3:]
        rgb += rgba[..., 3:] * rgba[..., :3] * 255


def _lay_mark(rgb: NDArray[np.float64], mark: Mark, coverage: NDArray[np.float64]) -> None:
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
