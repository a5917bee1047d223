"""Decoding the next frames while the last one is being drawn."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock, get_ident, local

from neurospatial.overlays.video_reader.damage import VideoFrameError

_MAX_STEP = 8
"""Frames from one asked for to the next, at most, for playing to be taken as forward."""


class Prefetcher:
    """Decodes a few frames in a thread whenever a caller plays forward.

    Parameters
    ----------
    fetch : callable
        Called with a frame and the thread for which it is.
    n_frames : int
        Of the whole video.
    depth : int
        Frames to be ahead, at most.
    """

    def __init__(self, fetch: Callable[[int, int], object], n_frames: int, depth: int) -> None:
        self._fetch, self._n_frames, self._depth = fetch, n_frames, depth
        self._asked = local()
        self._lock = Lock()
        self._coming: Future[None] | None = None
        self._covered = range(0)
        self._closed = False
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="video-ahead")

    def notify(self, frame: int) -> None:
        """Take note that the calling thread asks for a frame."""
        step = frame - getattr(self._asked, "frame", frame)
        self._asked.frame = frame
        if not 0 < step <= _MAX_STEP or not self._depth:
            return
        with self._lock:
            if self._closed or (self._coming is not None and not self._coming.done()):
                return
            soon = frame + step * self._depth // 2
            if frame in self._covered and soon < self._covered.stop:
                return
            first = max(frame + step, self._covered.stop if frame in self._covered else 0)
            stop = min(self._n_frames, frame + step * (self._depth + 1))
            self._covered = range(frame, stop)
            batch = range(first, stop, step)
            self._coming = self._thread.submit(self._decode, batch, get_ident())

    def close(self) -> None:
        """End the thread, after the frame it is at."""
        with self._lock:
            self._closed = True
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _decode(self, batch: range, owner: int) -> None:
        for frame in batch:
            if self._closed:
                return
            try:
                self._fetch(frame, owner)
            except VideoFrameError:
                continue  # Whoever asks for this frame is told.
