"""The pictures of an overhead camera."""

import os
from dataclasses import KW_ONLY, dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.overlays import alignment
from neurospatial.overlays.camera.calibration import VideoCalibration
from neurospatial.overlays.camera.crop import Crop, check_downsample, validate_crop
from neurospatial.overlays.camera.place_frames import place_frames
from neurospatial.overlays.camera.rgb_frames import (
    RGBFrames,
    find_picture_times,
    get_frame_size,
    open_frame_source,
)
from neurospatial.overlays.validate.options import require_plane, validate_max_gap
from neurospatial.overlays.validate.timestamps import validate_overlapping_timestamps
from neurospatial.scene import Image, Layer, OverlayContext, Source
from neurospatial.validate import validate_choice, validate_opacity

ZOrder = Literal["below", "above"]
"""Whether the pictures lie under the field or over it."""

_CLASS = "VideoOverlay"
_Z: dict[str, float] = {"below": -1.0, "above": 0.5}
"""Depth of the pictures: fields are at 0, the marks of overlays between 2 and 4."""


@dataclass(eq=False)
class VideoOverlay:
    """The pictures of a camera, placed in the environment; each frame shows the nearest.

    Parameters
    ----------
    source : path-like, array or Source
        A video file, whose pictures are read when they are shown; or pictures of
        shape (n, height, width, 3), or (n, height, width) for grey ones, in uint8
        or in floats from 0 to 1.
    calibration : VideoCalibration, optional
        Where the pictures lie, from `calibrate_video`. Left out, what is shown
        of the picture (its crop, where there is one) is stretched over the
        bounds of the environment, top row at high y, with a warning.
    times : array-like, shape (n,), optional
        When each picture was taken, on the data's clock [s], increasing. Left
        out, a file's own timestamps count from its first picture, which is at
        0 s of the data's clock; an array has one picture per field.
    alpha : float
        Opacity, from 0 (nothing) to 1 (opaque).
    z_order : {"above", "below"}
        Over the field, or under it, where the field's bins hide it.
    crop : tuple of int, optional
        The part shown, ``(x, y, width, height)`` [px], without moving it.
    downsample : int
        So many pixels along each side become one, their mean.
    name : str
        What viewers list it as.
    max_gap : float, optional
        Longest stretch without pictures in which the nearest is shown [s]; left
        out, one second, or five usual intervals where that is longer.

    Raises
    ------
    TypeError, ValueError
        If an option is not as described.

    Examples
    --------
    >>> from neurospatial.layouts import RegularGrid
    >>> from neurospatial.scene import Raster
    >>> grid = RegularGrid((np.arange(5.0), np.arange(3.0)), np.ones((4, 2), bool))
    >>> clock = np.arange(3) / 10
    >>> context = OverlayContext(clock, clock, (0.0, 0.0, 4.0, 2.0), grid)
    >>> upright = Raster(40, 20, (0.0, 0.0, 4.0, 2.0)).world_to_px.inverse
    >>> pictures = np.zeros((2, 20, 40, 3), np.uint8)
    >>> camera = VideoOverlay(pictures, VideoCalibration(upright, (40, 20)), times=[0.0, 0.2])
    >>> (image,) = camera.layers(context)
    >>> image.px_to_world([[0, 0], [40, 20]])
    array([[0., 2.],
           [4., 0.]])
    """

    source: str | os.PathLike[str] | NDArray[np.generic] | Source
    calibration: VideoCalibration | None = None
    times: ArrayLike | None = None
    alpha: float = 0.5
    z_order: ZOrder = "above"
    crop: Crop | None = None
    downsample: int = 1
    _: KW_ONLY
    name: str = "Video"
    max_gap: float | None = None

    def __post_init__(self) -> None:
        validate_opacity(self.alpha, "VideoOverlay: alpha", default=0.5)
        why = "The pictures lie over the field or under it."
        validate_choice(self.z_order, tuple(_Z), "VideoOverlay: z_order", why)
        check_downsample(self.downsample)
        validate_max_gap(_CLASS, self.max_gap)
        _check_calibration(self.calibration)

    def layers(self, context: OverlayContext) -> tuple[Layer, ...]:
        """Lower to one image.

        Raises
        ------
        ImportError
            If a file or a camera at an angle needs what is not installed.
        FileNotFoundError
            If there is no such file.
        TypeError, ValueError
            If source, times or crop are not as described, the environment is
            drawn as a line, the calibration is for pictures of another size, no
            picture was taken during the frames, or none shows the environment.

        Warns
        -----
        UserWarning
            If there is no calibration, or the pictures cover less than half of
            the frames.
        """
        require_plane(context, _CLASS)
        source = open_frame_source(self.source)
        size = get_frame_size(source)
        crop = validate_crop(self.crop, size, int(self.downsample))
        pictures = RGBFrames(source, crop, int(self.downsample))
        frames, px_to_world = place_frames(pictures, self.calibration, context)
        clock = validate_overlapping_timestamps(
            find_picture_times(source, self.times), source.shape[0], context, _CLASS
        )
        return (
            Image(
                name=self.name,
                frames=frames,
                frame_index=alignment.nearest(
                    clock, context.times, validate_max_gap(_CLASS, self.max_gap)
                ),
                px_to_world=px_to_world,
                opacity=float(self.alpha),
                z=_Z[self.z_order],
            ),
        )


def _check_calibration(calibration: object) -> None:
    if not isinstance(calibration, VideoCalibration | None):
        raise TypeError(
            explain(
                f"VideoOverlay: calibration is a {type(calibration).__name__}.",
                "It places the picture in the environment.",
                [
                    "Pass what calibrate_video(source, env, ...) returns.",
                    "From a file: VideoCalibration.load(path)",
                ],
            )
        )
