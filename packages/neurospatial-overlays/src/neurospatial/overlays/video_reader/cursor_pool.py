"""Several decoders of one video, so that threads in different places do not disturb each other."""

from threading import Lock

from neurospatial.errors import explain
from neurospatial.overlays.video_reader.cursor import VideoCursor
from neurospatial.overlays.video_reader.damage import Damage
from neurospatial.overlays.video_reader.frame_cache import DecodedFrame, FrameCache
from neurospatial.overlays.video_reader.video_index import VideoIndex

_SEEK_PACKETS = 16
"""Packets that are decoded in about the time of a seek."""
_MAX_CURSORS = 4
"""Decoders of one file: each keeps its own reference frames in memory."""


class CursorPool:
    """Decodes frames with the decoder that reaches them soonest.

    Parameters
    ----------
    index : VideoIndex
    cache_bytes : int
        Memory for decoded pictures.
    """

    def __init__(self, index: VideoIndex, cache_bytes: int) -> None:
        self.cache: FrameCache = FrameCache(cache_bytes)
        self._index = index
        self._damage = Damage(index)
        self._cursors: list[VideoCursor] = []
        self._lock = Lock()
        self._closed = False

    def check_open(self) -> None:
        """Raise if the decoders are closed.

        Raises
        ------
        ValueError
        """
        if self._closed:
            path = self._index.path
            raise ValueError(
                explain(
                    f"The reader of {path.name!r} is closed.",
                    "Frames are read from the open file.",
                    ["Read inside the with block.", f"Open it again: VideoReader({str(path)!r})"],
                )
            )

    def decode(self, frame: int, owner: int) -> DecodedFrame:
        """Decode a frame, or take it from the cache.

        Parameters
        ----------
        frame : int
        owner : int
            The thread for which it is; where a seek is needed, its own decoder seeks.

        Raises
        ------
        VideoFrameError
            If the frame is damaged.
        ValueError
            If the decoders are closed.
        """
        kept = self.cache.get(frame)
        if kept is not None:
            return kept
        self._damage.check(frame)
        go_on = self._count_from_keyframe(frame) + _SEEK_PACKETS
        cursor = self._choose_cursor(frame, owner, go_on)
        with cursor.busy:
            self.check_open()
            # Whoever had the decoder until now may have brought it.
            return self.cache.get(frame) or cursor.decode(frame, go_on)

    def close(self) -> None:
        """Close every decoder and let go of the pictures."""
        self._closed = True
        with self._lock:
            for cursor in self._cursors:
                with cursor.busy:
                    cursor.close()
            self._cursors.clear()
        self.cache.clear()

    def _count_from_keyframe(self, frame: int) -> int:
        return int(self._index.packets[frame]) - self._index.find_start_packet(frame)

    def _choose_cursor(self, frame: int, owner: int, go_on: int) -> VideoCursor:
        with self._lock:
            distances = [(cursor.count_packets_to(frame), cursor) for cursor in self._cursors]
            near = [pair for pair in distances if pair[0] is not None and pair[0] <= go_on]
            own = [cursor for cursor in self._cursors if cursor.owner == owner]
            if near:
                cursor = min(near, key=lambda pair: pair[0] or 0)[1]
            elif own:
                cursor = own[-1]
            elif len(self._cursors) < _MAX_CURSORS:
                cursor = VideoCursor(self._index, self.cache, self._damage)
                self._cursors.append(cursor)
            else:
                cursor = self._cursors[0]
            # The one used last comes last.
            self._cursors.remove(cursor)
            self._cursors.append(cursor)
            cursor.owner = owner
            return cursor
