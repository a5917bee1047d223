"""Pictures of a camera at an angle, or behind a lens, laid flat."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from neurospatial.overlays.camera.calibration import VideoCalibration
from neurospatial.overlays.camera.opencv import import_opencv
from neurospatial.overlays.camera.projective import compute_local_scale
from neurospatial.overlays.camera.rgb_frames import RGBFrames
from neurospatial.scene import Affine2D, Bounds, Raster

_MARGIN = 0.05
"""Fraction of the environment's longer side: more than a view leaves around it."""

_GRID = 65
"""Points along a side at which a picture is looked at: a lens bends little between them."""

_MAX_GROWTH = 2.0
"""Pixels over those of the camera, at most: near a horizon one would become millions."""

_MAX_SIDE = 32_000
"""Pixels along a side: OpenCV's maps count in 16 bits."""

_FAR = -1e6
"""Stands for nowhere [px]; OpenCV takes no NaN."""


@dataclass(frozen=True, eq=False)
class RectifiedFrames:
    """RGBA pictures of the world seen straight from above.

    Each is resampled once, when it is read, with linear interpolation; where the
    camera sees nothing it is transparent.

    Parameters
    ----------
    pictures : Pictures
        As the camera took them.
    calibration : VideoCalibration
        Of the whole video frame.
    raster : Raster
        The part of the world that is shown, and its pixels.

    Examples
    --------
    >>> from neurospatial.overlays.camera.projective import Projective2D
    >>> from neurospatial.scene import as_source
    >>> pictures = RGBFrames(as_source(np.full((1, 4, 4, 3), 7, np.uint8)), (0, 0, 4, 4))
    >>> flat = VideoCalibration(Projective2D([[1, 0, 0], [0, -1, 4], [0, 0, 1]]), (4, 4))
    >>> rectify = RectifiedFrames(pictures, flat, Raster(4, 4, (0.0, 0.0, 4.0, 4.0)))
    >>> rectify.read(0, 1)[0, 0, 0]
    array([  7,   7,   7, 255], dtype=uint8)
    """

    pictures: RGBFrames
    calibration: VideoCalibration
    raster: Raster

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape ``(n_pictures, height, width, 4)``."""
        return self.pictures.shape[0], self.raster.height, self.raster.width, 4

    @property
    def dtype(self) -> np.dtype[np.generic]:
        """Always uint8."""
        return np.dtype(np.uint8)

    @property
    def px_to_world(self) -> Affine2D:
        """From pixels of these pictures to the world."""
        return self.raster.world_to_px.inverse

    def read(self, start: int, stop: int) -> NDArray[np.generic]:
        """Resample the pictures in ``[start, stop)``."""
        cv2 = import_opencv("A camera at an angle, or behind a lens,")
        columns, rows, opacity = self._lookup
        visible = self.pictures.read(start, stop)
        flat = np.empty((len(visible), *self.shape[1:]), dtype=np.uint8)
        for number, picture in enumerate(visible):
            colors = cv2.remap(
                picture, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
            )
            cv2.cvtColor(colors, cv2.COLOR_RGB2RGBA, dst=flat[number])
            cv2.insertChannel(opacity, flat[number], 3)
        return flat

    @cached_property
    def _lookup(self) -> tuple[NDArray[np.generic], NDArray[np.generic], NDArray[np.uint8]]:
        """Where each pixel is taken from, in OpenCV's form, and how opaque it is."""
        cv2 = import_opencv("A camera at an angle, or behind a lens,")
        _, height, width, _ = self.pictures.shape
        places = self.raster.pixel_centers()
        px = self.pictures.to_video_px.inverse(self.calibration.apply_inverse(places))
        px = np.nan_to_num(px, nan=_FAR).reshape(self.raster.height, self.raster.width, 2)
        # Half a pixel from fully inside to fully outside on each side of the edge.
        inside = np.minimum(px, np.array([width, height]) - px).min(axis=-1)
        opacity = np.rint(255 * np.clip(inside + 0.5, 0, 1)).astype(np.uint8)
        # OpenCV counts from the middle of the first pixel, and in 16 bits.
        asked = np.clip(px - 0.5, -1.0, [width, height]).astype(np.float32)
        columns, rows = cv2.convertMaps(asked, None, cv2.CV_16SC2)
        return columns, rows, opacity

    def __getstate__(self) -> dict[str, object]:
        """Pickle without the look-up, which is larger than all else and made again."""
        return {key: value for key, value in vars(self).items() if key != "_lookup"}


def rectify(
    pictures: RGBFrames, calibration: VideoCalibration, bounds: Bounds
) -> RectifiedFrames | None:
    """Lay pictures flat over the part of an environment that they show.

    Parameters
    ----------
    pictures : Pictures
    calibration : VideoCalibration
        Of the whole video frame.
    bounds : tuple of float
        World rectangle of the environment; the picture reaches a little beyond.

    Returns
    -------
    RectifiedPictures or None
        As fine as the pictures where they are finest, with at most twice as many
        pixels; None if they show nothing of the environment.
    """
    wide = _widen(bounds)
    shown = _compute_shown_bounds(pictures, calibration, wide)
    if shown is None:
        return None
    x_min, y_min, x_max, y_max = shown
    _, height, width, _ = pictures.shape
    grid = _make_grid(x_min, y_min, x_max, y_max)
    per_unit = compute_local_scale(calibration.transform_cm_to_px, grid)
    visible = ~np.isnan(calibration.apply_inverse(grid)).any(axis=-1)
    finest = float(per_unit[visible].max(initial=0.0)) / pictures.downsample
    area = (x_max - x_min) * (y_max - y_min)
    if not 0 < finest**2 * area <= _MAX_GROWTH * width * height:
        finest = float(np.sqrt(_MAX_GROWTH * width * height / area))
    size = np.ceil(finest * np.array([x_max - x_min, y_max - y_min])).astype(int)
    columns, rows = np.clip(size, 1, _MAX_SIDE)
    return RectifiedFrames(pictures, calibration, Raster(int(columns), int(rows), shown))


def _widen(bounds: Bounds) -> Bounds:
    """Reach beyond the margin that a view leaves around the environment."""
    x_min, y_min, x_max, y_max = bounds
    margin = _MARGIN * max(x_max - x_min, y_max - y_min)
    return x_min - margin, y_min - margin, x_max + margin, y_max + margin


def _compute_shown_bounds(
    pictures: RGBFrames, calibration: VideoCalibration, bounds: Bounds
) -> Bounds | None:
    """Find the rectangle of the world within `bounds` that holds all that is visible of it."""
    _, height, width, _ = pictures.shape
    px = pictures.to_video_px(_make_grid(0, 0, width, height))
    world = calibration.apply(px)
    if np.isnan(world).any():
        # The horizon is in the picture: what is seen reaches infinitely far.
        return bounds
    low, high = np.reshape(bounds, (2, 2))
    inside = np.clip(world, low, high)
    x_min, y_min = inside.min(axis=0).tolist()
    x_max, y_max = inside.max(axis=0).tolist()
    if x_max <= x_min or y_max <= y_min:
        return None
    return x_min, y_min, x_max, y_max


def _make_grid(x_min: float, y_min: float, x_max: float, y_max: float) -> NDArray[np.float64]:
    """Points of a fine grid over a rectangle, shape (n, 2)."""
    x, y = np.linspace(x_min, x_max, _GRID), np.linspace(y_min, y_max, _GRID)
    return np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
