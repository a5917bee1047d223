"""The pictures of a camera as RGB, cut out and made smaller, read only where shown."""

import logging
import os
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.overlays.camera.crop import Crop
from neurospatial.overlays.camera.named_axes import order_axes
from neurospatial.overlays.video_reader.damage import VideoFrameError
from neurospatial.overlays.video_reader.reader import VideoReader
from neurospatial.scene import Affine2D, FramesLike, Source, as_source
from neurospatial.validate import refuse_unknown_length

_LOG = logging.getLogger("neurospatial")
_WHY = "Pictures are read one by one and shown in colour."

_CHANNELS = (1, 3, 4)
"""Grey, RGB, and RGB with an opacity that is left out."""


@dataclass(frozen=True, eq=False)
class RGBFrames:
    """Pictures of another source as uint8 RGB, cut out and made smaller.

    Parameters
    ----------
    source : Source
        As `open_frame_source` gives it.
    crop : tuple of int
        ``(x, y, width, height)`` [px], as `validate_crop` gives it.
    downsample : int
        This many pixels become one along each side, their mean. Columns and
        rows that do not fill a pixel at the right and lower edge are left out.

    Examples
    --------
    >>> grey = np.arange(32, dtype=np.uint8).reshape(1, 4, 8)
    >>> small = RGBFrames(as_source(grey), (2, 0, 6, 4), downsample=2)
    >>> small.shape
    (1, 2, 3, 3)
    >>> small.read(0, 1)[0, :, :, 0]
    array([[ 7,  9, 11],
           [23, 25, 27]], dtype=uint8)
    """

    source: Source
    crop: Crop
    downsample: int = 1

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape ``(n_pictures, height, width, 3)``."""
        _, _, width, height = self.crop
        return self.source.shape[0], height // self.downsample, width // self.downsample, 3

    @property
    def dtype(self) -> np.dtype[np.generic]:
        """Always uint8."""
        return np.dtype(np.uint8)

    @property
    def to_video_px(self) -> Affine2D:
        """From pixels of these pictures to those of the whole video frame."""
        x, y, _, _ = self.crop
        return Affine2D.translation(x, y) @ Affine2D.scaling(self.downsample, self.downsample)

    def read(self, start: int, stop: int) -> NDArray[np.generic]:
        """Read pictures in ``[start, stop)``; one that cannot be decoded is black, and logged."""
        x, y, width, height = self.crop
        kept = self._read(start, stop)[:, y : y + height, x : x + width]
        if kept.ndim == 3:
            kept = kept[..., np.newaxis]
        pixels = _downsample(_to_uint8(kept[..., :3]), self.downsample)
        return np.ascontiguousarray(np.broadcast_to(pixels, (*pixels.shape[:3], 3)))

    def _read(self, start: int, stop: int) -> NDArray[np.generic]:
        try:
            return self.source.read(start, stop)
        except VideoFrameError as error:
            if stop - start > 1:
                return np.concatenate([self._read(i, i + 1) for i in range(start, stop)])
            _LOG.warning("A picture of the video is shown black. %s", error)
            return np.zeros((1, *self.source.shape[1:]), dtype=np.uint8)


def open_frame_source(video: str | os.PathLike[str] | FramesLike) -> Source:
    """Open the pictures of a file or an array as a source.

    Parameters
    ----------
    video : path-like, array or Source
        A video file; or pictures of shape (n, height, width), grey, or
        (n, height, width, 3), in uint8 or in floats from 0 to 1. A fourth
        channel is left out, axes with names may be in any order, and what is
        masked or NaN is black.

    Returns
    -------
    Source
        Shape (n, height, width) or (n, height, width, channels).

    Raises
    ------
    ImportError
        If a file is to be read and PyAV is not installed.
    FileNotFoundError
        If there is no such file.
    TypeError
        If it is something else, or its numbers are neither uint8 nor floats.
    ValueError
        If its shape is another, or its floats run beyond 0 to 1.
    """
    if isinstance(video, (str, os.PathLike)):
        return VideoReader(video)
    if not isinstance(video, Source) and not hasattr(video, "shape"):
        raise TypeError(
            explain(
                f"The video is a {type(video).__name__}.",
                _WHY,
                ["Pass the path of a video file.", "Pass an array: np.stack(pictures)"],
            )
        )
    refuse_unknown_length(video, "The pictures")
    source = as_source(_fill_masked(order_axes(video)))
    shape = source.shape
    if len(shape) not in (3, 4) or 0 in shape or (len(shape) == 4 and shape[3] not in _CHANNELS):
        raise ValueError(
            explain(
                f"The pictures have shape {shape}.",
                "Expected: (n, height, width, 3), or (n, height, width) for grey ones.",
                ["One picture only? Pass picture[np.newaxis].", "Colours come last."],
            )
        )
    _check_values(source)
    return source


def get_frame_size(source: Source) -> tuple[int, int]:
    """Return the width and height of a source's pictures [px]."""
    return source.shape[2], source.shape[1]


def find_picture_times(source: Source, times: ArrayLike | None) -> ArrayLike | None:
    """Return what says when each picture was taken [s]: the user, else the file, else None."""
    if times is None and isinstance(source, VideoReader):
        return source.times
    return times


def _check_values(source: Source) -> None:
    if source.dtype == np.uint8:
        return
    if source.dtype.kind != "f":
        raise TypeError(
            explain(
                f"The pictures have dtype {source.dtype}.",
                "A pixel is uint8 from 0 to 255, or a float from 0 to 1.",
                ["16-bit pictures: (pictures >> 8).astype(np.uint8)", "Or scale them to 0 ... 1."],
            )
        )
    first = np.nan_to_num(np.asarray(source.read(0, 1), dtype=np.float64))
    low, high = float(first.min()), float(first.max())
    if low < 0 or high > 1:
        raise ValueError(
            explain(
                f"The first picture has floats from {low:g} to {high:g}.",
                "Pictures in floats run from 0 (dark) to 1 (bright).",
                ["From 0 to 255? Pass pictures.astype(np.uint8).", "Divide by the largest."],
            )
        )


def _fill_masked(pictures: FramesLike) -> FramesLike:
    """Put black where pixels are masked: there is no picture."""
    return pictures.filled(0) if isinstance(pictures, np.ma.MaskedArray) else pictures


def _to_uint8(pixels: NDArray[np.generic]) -> NDArray[np.uint8]:
    if pixels.dtype == np.uint8:
        return pixels.view(np.uint8)
    bright = np.nan_to_num(np.asarray(pixels, dtype=np.float32), nan=0.0)
    return np.rint(np.clip(bright, 0, 1) * 255).astype(np.uint8)


def _downsample(pixels: NDArray[np.uint8], factor: int) -> NDArray[np.uint8]:
    """Average blocks of `factor` by `factor` pixels, rounded half up."""
    if factor == 1:
        return pixels
    n, height, width, channels = pixels.shape
    rows, columns = height // factor * factor, width // factor * factor
    smaller = np.empty((n, rows // factor, columns // factor, channels), dtype=np.uint8)
    # One channel at a time: five times as fast as all of them together.
    for channel in range(channels):
        total = np.full(smaller.shape[:3], factor * factor // 2, dtype=np.uint32)
        for i in range(factor):
            for j in range(factor):
                total += pixels[:, i:rows:factor, j:columns:factor, channel]
        smaller[..., channel] = total // np.uint32(factor * factor)
    return smaller
