"""Pieces of a video encoded at the same time, and joined without encoding again."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from fractions import Fraction
from itertools import accumulate, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Lock

import av
from av.container import InputContainer
from av.video.stream import VideoStream

from neurospatial.scene import Scene
from neurospatial.video.canvas import YUVCanvas
from neurospatial.video.chrome import Chrome
from neurospatial.video.encode import encode, frame_rate, open_output
from neurospatial.video.frames import FramePainter
from neurospatial.video.options import VideoOptions


class CancelledError(Exception):
    """Another piece failed, or the user gave up."""


def encode_runs(
    pieces: list[Path],
    runs: list[range],
    scene: Scene,
    chrome: Chrome,
    options: VideoOptions,
    encoded: Callable[[int], object],
) -> None:
    """Paint and encode runs of frames, each into a file of its own, several at a time.

    Threads do it: gathering, painting and encoding all run outside the
    interpreter's lock, and nothing needs to be pickled.

    Parameters
    ----------
    pieces : list of pathlib.Path
    runs : list of range
        The frames of each piece.
    scene : Scene
    chrome : Chrome
    options : VideoOptions
    encoded : callable
        Called with 1 after each frame, by one thread at a time.
    """
    n_workers = min(options.n_workers or 1, len(runs))
    threads = 0 if n_workers == 1 else max(1, (os.cpu_count() or 1) // n_workers)
    height, width = chrome.picture.shape[:2]
    rate = frame_rate(scene.timeline)
    fewest = min(map(len, runs))
    cancelled, lock = Event(), Lock()

    def one_encoded(steps: int) -> None:
        if cancelled.is_set():
            raise CancelledError
        with lock:
            encoded(steps)

    def encode_run(piece: Path, run: range) -> None:
        painter = FramePainter(scene, chrome, options.dpi, YUVCanvas, run.stop)
        pictures = (painter.paint(frame) for frame in run)
        encode(piece, pictures, (width, height), rate, options, threads, fewest, one_encoded)

    if n_workers == 1:
        for piece, run in zip(pieces, runs, strict=True):
            encode_run(piece, run)
        return
    with ThreadPoolExecutor(n_workers) as pool:
        jobs = [pool.submit(encode_run, *job) for job in zip(pieces, runs, strict=True)]
        try:
            wait(jobs, return_when=FIRST_EXCEPTION)
        finally:
            if not all(job.done() for job in jobs):
                cancelled.set()
    _raise_first([job.exception() for job in jobs])


def write_segments(
    path: Path,
    scene: Scene,
    chrome: Chrome,
    options: VideoOptions,
    encoded: Callable[[int], object],
) -> None:
    """Write a video as one segment a worker; every frame and mark is as with one worker."""
    n_frames, n_workers = scene.timeline.n_frames, options.n_workers or 1
    edges = [n_frames * n // n_workers for n in range(n_workers + 1)]
    runs = [range(a, b) for a, b in pairwise(edges) if b > a]
    if len(runs) == 1:
        encode_runs([path], runs, scene, chrome, options, encoded)
        return
    with TemporaryDirectory(dir=path.parent, prefix=".segments-") as folder:
        pieces = [Path(folder, f"{number}{path.suffix}") for number in range(len(runs))]
        encode_runs(pieces, runs, scene, chrome, options, encoded)
        _join(pieces, [len(run) for run in runs], path, frame_rate(scene.timeline))


def _raise_first(errors: list[BaseException | None]) -> None:
    real = [
        error for error in errors if error is not None and not isinstance(error, CancelledError)
    ]
    if real:
        raise real[0]


def _join(pieces: list[Path], lengths: list[int], path: Path, rate: Fraction) -> None:
    """Put the packets of all pieces into one file.

    Decoding times are counted anew: pieces of different lengths may have
    been reordered by different depths, and their own times would then collide.
    """
    begins = [0, *accumulate(lengths)]
    depth = max(_reordering(piece, rate) for piece in pieces)
    with open_output(path) as output:
        stream = None
        decoded = 0
        for begin, piece in zip(begins, pieces, strict=False):
            with av.open(os.fspath(piece)) as part:
                source = part.streams.video[0]
                tick = source.time_base or 1 / rate
                if stream is None:
                    stream = output.add_stream_from_template(source, opaque=True)
                    stream.time_base = tick
                    stream.codec_context.codec_tag = source.codec_context.codec_tag
                for packet, shown in _packets(part, rate):
                    packet.pts = round((begin + shown) / rate / tick)
                    packet.dts = round((decoded - depth) / rate / tick)
                    packet.stream = stream
                    output.mux(packet)
                    decoded += 1


def _packets(
    part: InputContainer, rate: Fraction
) -> Iterator[tuple["av.Packet[VideoStream]", int]]:
    """Packets in decoding order, each with the number of the frame it shows."""
    source = part.streams.video[0]
    first = source.start_time or 0
    for packet in part.demux(source):
        if packet.size and packet.pts is not None:
            yield packet, round((packet.pts - first) * (packet.time_base or 1) * rate)


def _reordering(piece: Path, rate: Fraction) -> int:
    """By how many frames decoding runs ahead of showing."""
    with av.open(os.fspath(piece)) as part:
        return max(number - shown for number, (_, shown) in enumerate(_packets(part, rate)))
