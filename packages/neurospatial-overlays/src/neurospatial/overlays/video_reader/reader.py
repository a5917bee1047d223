"""Exact reading of video files: any frame, by number, with its own time."""

import os
from collections.abc import Callable
from pathlib import Path
from threading import get_ident

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.overlays.video_reader.cursor_pool import CursorPool
from neurospatial.overlays.video_reader.damage import make_size_error
from neurospatial.overlays.video_reader.demux import index_video
from neurospatial.overlays.video_reader.file import check_file
from neurospatial.overlays.video_reader.orientation import Pixels
from neurospatial.overlays.video_reader.prefetch import Prefetcher
from neurospatial.overlays.video_reader.rgb_converter import RGBConverter
from neurospatial.overlays.video_reader.video_index import VideoIndex

_AHEAD = 32
"""Frames decoded ahead at most: a second of most cameras."""

_CACHE_BYTES = 128_000_000
"""About 40 frames of 1920 x 1080 px, at 1.5 bytes a pixel."""


class VideoReader:
    """Frames of a video file as a source of RGB pictures, each exactly the one asked for.

    The packets of the file are read once to find the time and the place of every
    frame. A frame is decoded from the keyframe before it up to its own time, so
    that it is right for constant and varying frame rates, B-frames and open
    groups of pictures. Frames decoded last stay in memory, and the next ones
    are decoded ahead while a thread plays forward. It may be used from several
    threads, and pickles as its path and the table of its frames.

    Parameters
    ----------
    path : path-like
        A video file; of several streams the first with moving pictures.
    cache_bytes : int, default 128,000,000
        Memory for decoded frames, 1.5 bytes per pixel in most videos.

    Raises
    ------
    ImportError
        If PyAV is not installed.
    FileNotFoundError, IsADirectoryError, PermissionError
        If `path` is no file that can be read.
    ValueError
        If the file is empty, no video, without pictures that can be decoded, or
        without times; or if `cache_bytes` is negative.

    Warns
    -----
    UserWarning
        If the file ends before the last frame that it announces.

    Notes
    -----
    Pictures whose header says that they are to be shown turned by a multiple of
    90° or mirrored are turned. Pixels that are not square are left as stored;
    `pixel_aspect` tells. Times are the container's own, counted from the first
    frame; `start_time` is what was taken off.

    A damaged frame, and those stored as differences from it, raise
    `VideoFrameError`; all others can be read. Some kinds of damage, in VP9
    above all, cannot be told from pictures by any decoder.

    An AVI file with B-frames keeps no order of showing, nor does one whose stamps
    repeat, as those of Matroska do above 1,000 pictures a second: such a file is
    decoded once to find it, and pictures of one stamp are spread over its tick. Of
    other files the packets are only listed.

    Examples
    --------
    >>> import av
    >>> from tempfile import TemporaryDirectory
    >>> folder = TemporaryDirectory()
    >>> with av.open(f"{folder.name}/clip.mp4", "w") as file:
    ...     stream = file.add_stream("mpeg4", rate=10, width=64, height=48)
    ...     for grey in (10, 90, 170, 250):
    ...         picture = np.full((48, 64, 3), grey, dtype=np.uint8)
    ...         file.mux(stream.encode(av.VideoFrame.from_ndarray(picture)))
    ...     file.mux(stream.encode(None))
    >>> with VideoReader(f"{folder.name}/clip.mp4") as video:
    ...     print(video.shape, video.times, video.nearest(0.18))
    ...     print(video.frame(2).mean().round(-1))
    (4, 48, 64, 3) [0.  0.1 0.2 0.3] 2
    170.0
    >>> folder.cleanup()
    """

    dtype: np.dtype[np.generic] = np.dtype(np.uint8)

    def __init__(self, path: str | os.PathLike[str], *, cache_bytes: int = _CACHE_BYTES) -> None:
        if cache_bytes < 0:
            raise ValueError(
                explain(
                    f"cache_bytes is {cache_bytes}.",
                    "It is the memory that decoded frames may take.",
                    [f"Pass 0 to keep none, or leave it at {_CACHE_BYTES:,}."],
                )
            )
        self._start(index_video(Path(path)), cache_bytes)

    def _start(self, index: VideoIndex, cache_bytes: int) -> None:
        self._index = index
        self._pool = CursorPool(index, cache_bytes)
        self._converter = RGBConverter(index.orientation)
        # A quarter of the cache each for what is ahead of this caller and of others.
        n_kept = cache_bytes // (index.orientation.width * index.orientation.height * 2)
        depth = min(_AHEAD, n_kept // 4)
        self._ahead = Prefetcher(self._pool.decode, index.n_frames, depth)

    @property
    def path(self) -> Path:
        """The file."""
        return self._index.path

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """``(n_frames, height, width, 3)``."""
        width, height = self.frame_size_px
        return self.n_frames, height, width, 3

    @property
    def n_frames(self) -> int:
        """Number of frames."""
        return self._index.n_frames

    @property
    def frame_size_px(self) -> tuple[int, int]:
        """Width and height of a frame [px], as it is shown upright."""
        return self._index.orientation.size

    @property
    def pixel_aspect(self) -> float:
        """Width of a pixel over its height, in the upright frame; 1 where it is not given."""
        return self._index.orientation.pixel_aspect

    @property
    def times(self) -> NDArray[np.float64]:
        """When each frame is shown, shape (n_frames,) [s]; the first one at 0."""
        return self._index.times

    @property
    def start_time(self) -> float:
        """The container's own time of the first frame [s]."""
        return self._index.start_time

    @property
    def cached_bytes(self) -> int:
        """Memory that decoded frames take now."""
        return self._pool.cache.n_bytes

    def nearest(self, times: ArrayLike) -> NDArray[np.intp]:
        """Find the frames shown nearest to given times, of two equally near ones the earlier.

        Parameters
        ----------
        times : array-like
            On the clock of `times` [s].

        Returns
        -------
        ndarray of int, shape of `times`
        """
        return self._index.find_nearest(times)

    def frame(self, number: int) -> Pixels:
        """Decode one frame.

        Parameters
        ----------
        number : int
            0 to ``n_frames - 1``.

        Returns
        -------
        ndarray of uint8, shape (height, width, 3)
            RGB.

        Raises
        ------
        IndexError
            If there is no such frame.
        VideoFrameError
            A ValueError, if the frame is damaged.
        ValueError
            If the reader is closed.
        """
        self._check_range(number, number + 1)
        decoded = self._pool.decode(number, get_ident())
        self._ahead.notify(number)
        picture, orientation = decoded.picture, self._index.orientation
        if (picture.width, picture.height) != (orientation.width, orientation.height):
            raise make_size_error(self._index, number, (picture.width, picture.height))
        return self._converter.to_rgb(picture, decoded.busy)

    def read(self, start: int, stop: int) -> Pixels:
        """Decode the frames in ``[start, stop)``, shape (stop - start, height, width, 3).

        Raises
        ------
        IndexError
            If there are no such frames.
        VideoFrameError
            A ValueError, if one of the frames is damaged.
        ValueError
            If the reader is closed.
        """
        self._check_range(start, stop)
        pictures = np.empty((stop - start, *self.shape[1:]), dtype=np.uint8)
        for place, number in enumerate(range(start, stop)):
            pictures[place] = self.frame(number)
        return pictures

    def close(self) -> None:
        """End reading ahead, close the file and let go of the frames."""
        self._ahead.close()
        self._pool.close()

    def __enter__(self) -> "VideoReader":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        width, height = self.frame_size_px
        return (
            f"VideoReader({str(self.path)!r}: {self.n_frames} frames, {width} × {height} px, "
            f"{self.times[-1]:.3f} s)"
        )

    def __reduce__(self) -> tuple[Callable[..., "VideoReader"], tuple[VideoIndex, int]]:
        return _reopen, (self._index, self._pool.cache.max_bytes)

    def _check_range(self, start: int, stop: int) -> None:
        self._pool.check_open()
        if not 0 <= start <= stop <= self.n_frames:
            asked = f"Frame {start}" if stop == start + 1 else f"Frames {start} to {stop - 1}"
            raise IndexError(
                explain(
                    f"{asked} of {self.path.name!r} asked for, which has frames 0 to "
                    f"{self.n_frames - 1} ({self.times[-1]:.3f} s).",
                    "Only frames that were recorded can be read.",
                    ["Find frames by their times: reader.nearest(times)"],
                )
            )


def _reopen(index: VideoIndex, cache_bytes: int) -> VideoReader:
    n_bytes = check_file(index.path)
    if n_bytes != index.n_bytes:
        raise ValueError(
            explain(
                f"{index.path.name!r} has {n_bytes:,} bytes, and had {index.n_bytes:,} when its "
                "frames were found.",
                "The table of frames belongs to the file as it was.",
                [f"Open it again: VideoReader({str(index.path)!r})"],
            )
        )
    reader = VideoReader.__new__(VideoReader)
    reader._start(index, cache_bytes)
    return reader
