"""Parts of a video encoded at the same time, and joined without encoding again."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from fractions import Fraction
from functools import partial
from itertools import accumulate, pairwise
from pathlib import Path
from threading import Event, Lock

import av
from av.container import InputContainer
from av.video.stream import VideoStream

from neurospatial.output import hold_draft_folder
from neurospatial.scene import Scene
from neurospatial.video.canvas.canvas import YUVCanvas
from neurospatial.video.encode.encode import (
    StreamSettings,
    compute_frame_rate,
    encode,
    open_output,
    open_part,
)
from neurospatial.video.figure.chrome import Chrome
from neurospatial.video.figure.frames import FramePainter
from neurospatial.video.options import VideoOptions


class CancelledError(Exception):
    """Another part failed, or the user gave up."""


class _SharedProgress:
    """Progress of several threads: one reports at a time, and none goes on once cancelled."""

    def __init__(self, advance: Callable[[int], object]) -> None:
        self._advance = advance
        self._cancelled, self._lock = Event(), Lock()

    def advance(self, steps: int) -> None:
        """Report some frames, or raise where the work has been cancelled."""
        if self._cancelled.is_set():
            raise CancelledError
        with self._lock:
            self._advance(steps)

    def cancel(self) -> None:
        """Have every thread end at its next report."""
        self._cancelled.set()


def encode_parts(
    paths: list[Path],
    ranges: list[range],
    scene: Scene,
    chrome: Chrome,
    options: VideoOptions,
    advance: Callable[[int], object],
) -> None:
    """Paint and encode ranges of frames, each into a file of its own, several at a time.

    Threads do it: gathering, painting and encoding all run outside the
    interpreter's lock, and nothing needs to be pickled.

    Parameters
    ----------
    paths : list of pathlib.Path
        Of each part.
    ranges : list of range
        The frames of each part.
    scene : Scene
    chrome : Chrome
    options : VideoOptions
    advance : callable
        Called with 1 after each frame, by one thread at a time.
    """
    n_workers = min(options.n_workers or 1, len(ranges))
    settings = _make_settings(scene, chrome, options, n_workers, min(map(len, ranges)))
    progress = _SharedProgress(advance)

    def encode_part(path: Path, frames: range) -> None:
        canvas = partial(YUVCanvas, alpha=chrome.alpha)
        painter = FramePainter(scene, chrome, options.dpi, canvas, frames.stop)
        encode(path, map(painter.paint, frames), settings, progress.advance)

    parts = list(zip(paths, ranges, strict=True))
    if n_workers == 1:
        for part in parts:
            encode_part(*part)
    else:
        _encode_together(parts, encode_part, n_workers, progress)


def _encode_together(
    parts: list[tuple[Path, range]],
    encode_part: Callable[[Path, range], None],
    n_workers: int,
    progress: _SharedProgress,
) -> None:
    """Encode parts in threads; when one fails the others end, and its error is raised."""
    with ThreadPoolExecutor(n_workers) as pool:
        jobs = [pool.submit(encode_part, *part) for part in parts]
        try:
            wait(jobs, return_when=FIRST_EXCEPTION)
        finally:
            if not all(job.done() for job in jobs):
                progress.cancel()
    _raise_first([job.exception() for job in jobs])


def _make_settings(
    scene: Scene, chrome: Chrome, options: VideoOptions, n_workers: int, fewest: int
) -> StreamSettings:
    """Make the settings of every part: cores are shared out between the encoders."""
    height, width = chrome.picture.shape[:2]
    return StreamSettings(
        size=(width, height),
        rate=compute_frame_rate(scene.timeline),
        options=options,
        threads=0 if n_workers == 1 else max(1, (os.cpu_count() or 1) // n_workers),
        fewest=fewest,
    )


def write_parts(
    path: Path,
    scene: Scene,
    chrome: Chrome,
    options: VideoOptions,
    advance: Callable[[int], object],
) -> None:
    """Write a video as one part a worker; every frame and mark is as with one worker."""
    n_frames, n_workers = scene.timeline.n_frames, options.n_workers or 1
    edges = [n_frames * n // n_workers for n in range(n_workers + 1)]
    ranges = [range(a, b) for a, b in pairwise(edges) if b > a]
    if len(ranges) == 1:
        encode_parts([path], ranges, scene, chrome, options, advance)
        return
    with hold_draft_folder(options.path) as folder:
        paths = [folder / f"{number}{path.suffix}" for number in range(len(ranges))]
        encode_parts(paths, ranges, scene, chrome, options, advance)
        _join_parts(
            paths, [len(frames) for frames in ranges], path, compute_frame_rate(scene.timeline)
        )


def _raise_first(errors: list[BaseException | None]) -> None:
    """Raise what went wrong first, rather than that others were cancelled for it."""
    real = [
        error for error in errors if error is not None and not isinstance(error, CancelledError)
    ]
    if real:
        raise real[0]


def _join_parts(paths: list[Path], lengths: list[int], whole: Path, rate: Fraction) -> None:
    """Put the packets of all parts into one file.

    Decoding times are counted anew: parts of different lengths may have
    been reordered by different depths, and their own times would then collide.
    """
    begins = [0, *accumulate(lengths)]
    depth = max(_measure_reordering(path, rate) for path in paths)
    with open_output(whole) as output:
        stream = None
        decoded = 0
        for begin, path in zip(begins, paths, strict=False):
            with open_part(path) as part:
                source = part.streams.video[0]
                tick = source.time_base or 1 / rate
                if stream is None:
                    stream = output.add_stream_from_template(source, opaque=True)
                    stream.time_base = tick
                    stream.codec_context.codec_tag = source.codec_context.codec_tag
                for packet, number in _iter_packets(part, rate):
                    packet.pts = round((begin + number) / rate / tick)
                    packet.dts = round((decoded - depth) / rate / tick)
                    packet.stream = stream
                    output.mux(packet)
                    decoded += 1


def _iter_packets(
    part: InputContainer, rate: Fraction
) -> Iterator[tuple["av.Packet[VideoStream]", int]]:
    """Yield packets in decoding order, each with the number of the frame it shows."""
    source = part.streams.video[0]
    first = source.start_time or 0
    for packet in part.demux(source):
        if packet.size and packet.pts is not None:
            yield packet, round((packet.pts - first) * (packet.time_base or 1) * rate)


def _measure_reordering(path: Path, rate: Fraction) -> int:
    """Measure by how many frames decoding runs ahead of showing."""
    with open_part(path) as part:
        return max(place - number for place, (_, number) in enumerate(_iter_packets(part, rate)))
