"""Turning painted frames into packets in a file."""

import os
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import cast

import av
import numpy as np
from av.container import InputContainer, OutputContainer
from av.video.stream import VideoStream

from neurospatial.scene import Timeline
from neurospatial.video.canvas.canvas import Pixels
from neurospatial.video.encode.silence_svt import silence_svt
from neurospatial.video.encode.thread_priority import restored_thread_priority
from neurospatial.video.formats import ENCODINGS, MANY_PIXELS, make_encoder_options
from neurospatial.video.options import VideoOptions

KEYFRAME_SECONDS = 2
"""Seconds between keyframes at most: a player that jumps has so many frames to decode."""

_BATCH_FRAMES = 8
"""Frames painted ahead together: enough for painter and encoder not to wait for each other."""

_BATCH_BYTES = 64_000_000
"""Bytes of such frames: 8 of 1080p have 25 MB, and of 8K, where one has 50, it is one."""

_X265_DELAY = 2
"""Frames after which x265 knows when to decode the first; with no more it never sets that time."""

_BT601, _BT709, _LIMITED = 6, 1, 1
"""Numbers of ITU-T H.273: the matrix, the primaries and transfer of sRGB-like video, the range."""


@dataclass(frozen=True, kw_only=True)
class StreamSettings:
    """How a stream of pictures is encoded.

    Parameters
    ----------
    size : tuple of int
        Width and height [px], even.
    rate : Fraction
        Frames per second.
    options : VideoOptions
    threads : int
        Threads of the encoder; 0 lets it choose.
    fewest : int
        How many pictures there are; of several parts to be joined, how many the shortest has.
    """

    size: tuple[int, int]
    rate: Fraction
    options: VideoOptions
    threads: int
    fewest: int


def compute_frame_rate(timeline: Timeline) -> Fraction:
    """Compute the playback rate as a fraction that containers can store."""
    return Fraction(timeline.fps).limit_denominator(1001)


def encode(
    path: Path,
    pictures: Iterable[Pixels],
    settings: StreamSettings,
    advance: Callable[[int], object],
) -> None:
    """Encode YUV 4:2:0 pictures, with or without an opacity, into a file.

    Parameters
    ----------
    path : pathlib.Path
    pictures : iterable of ndarray of uint8, shape (height * 3 // 2, width)
        Or (height * 5 // 2, width), the opacity of each pixel below its colour.
    settings : StreamSettings
    advance : callable
        Called with 1 after each picture.

    Raises
    ------
    OSError
        If the file cannot be written, for example because the disk is full.
    """
    copies = (_copy_to_frame(picture, settings.size) for picture in pictures)
    with open_output(path) as container:
        stream = add_stream(container, settings)
        with restored_thread_priority(), silence_svt(settings.options.chosen_codec):
            container.start_encoding()
        with closing(_paint_ahead(copies, _count_ahead(settings.size))) as frames:
            for number, frame in enumerate(frames):
                frame.pts = number
                frame.time_base = 1 / settings.rate
                container.mux(stream.encode(frame))
                del frame  # The next is painted meanwhile: of large ones, not a third is held.
                advance(1)
        container.mux(stream.encode(None))


def _count_ahead(size: tuple[int, int]) -> int:
    """Count the frames of a batch: fewer where they are large."""
    width, height = size
    return max(1, min(_BATCH_FRAMES, _BATCH_BYTES // (width * height * 3 // 2)))


def _paint_ahead(
    frames: Iterator[av.VideoFrame], n_ahead: int
) -> Generator[av.VideoFrame, None, None]:
    """Paint the next few frames in a thread while these are encoded."""
    batches = iter(lambda: list(islice(frames, n_ahead)), [])
    with ThreadPoolExecutor(1) as painter:
        coming = painter.submit(next, batches, None)
        while batch := coming.result():
            coming = painter.submit(next, batches, None)
            yield from batch


def _copy_to_frame(picture: Pixels, size: tuple[int, int]) -> av.VideoFrame:
    """Copy a picture into a frame of its own: the encoder may keep it for a while."""
    width, height = size
    is_opaque = len(picture) == height * 3 // 2
    frame = av.VideoFrame(width, height, "yuv420p" if is_opaque else "yuva420p")
    flat, begin = picture.ravel(), 0
    for plane, step in zip(frame.planes, (1, 2, 2, 1), strict=False):
        rows, columns = height // step, width // step
        into = np.frombuffer(memoryview(plane), dtype=np.uint8).reshape(-1, plane.line_size)
        into[:rows, :columns] = flat[begin : begin + rows * columns].reshape(rows, columns)
        begin += rows * columns
    return frame


def open_output(path: Path, **more: str) -> OutputContainer:
    """Open a file to write, its index at the front where the kind of file has one.

    FFmpeg takes what is before a colon for a protocol, and a name with "%03d" for those of
    many pictures: it gets an absolute path, and is told what kind of file it is.
    """
    kind = path.suffix.lower().removeprefix(".")
    flags = {"movflags": "+faststart"} if kind == "mp4" else {}
    return av.open(os.path.abspath(path), "w", format=kind, container_options={**flags, **more})


def open_part(path: Path) -> InputContainer:
    """Open a file that was written here; see `open_output`."""
    return av.open(os.path.abspath(path))


def add_stream(container: OutputContainer, settings: StreamSettings) -> VideoStream:
    """Add a stream to a container, set up as the settings ask for."""
    options, rate = settings.options, settings.rate
    codec = options.chosen_codec
    n_pixels = settings.size[0] * settings.size[1]
    wanted = make_encoder_options(codec, options.preset, options.crf, options.bitrate, n_pixels)
    if options.transparent:
        wanted["auto-alt-ref"] = "0"  # Frames that are never shown have no opacity to go with.
    added = container.add_stream(ENCODINGS[codec].encoder, rate=rate, options=wanted)
    stream = cast(VideoStream, added)
    stream.width, stream.height = settings.size
    stream.pix_fmt = "yuva420p" if options.transparent else "yuv420p"
    context = stream.codec_context
    context.time_base = 1 / rate
    context.gop_size = max(1, round(KEYFRAME_SECONDS * float(rate)))
    context.thread_count = settings.threads
    # By frames, encoding goes on while the next is painted; by slices, x264 holds one for all.
    sliced = codec == "h264" and n_pixels > MANY_PIXELS
    context.thread_type = "SLICE" if sliced else "FRAME"
    context.colorspace = _BT601
    context.color_primaries = context.color_trc = _BT709
    context.color_range = _LIMITED
    if options.bitrate is not None:
        context.bit_rate = options.bitrate * 1000
    if options.path.suffix.lower() == ".avi":
        context.max_b_frames = 0  # AVI keeps no presentation times: frames would be out of order.
    if codec == "h265":
        if settings.fewest <= _X265_DELAY:
            context.max_b_frames = 0
        context.codec_tag = "hvc1"  # The one that Apple's players open.
    return stream
