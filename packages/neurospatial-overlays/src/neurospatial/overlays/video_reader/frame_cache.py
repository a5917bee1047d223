"""The decoded pictures used last, up to a number of bytes."""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from av.video.frame import VideoFrame


@dataclass(frozen=True)
class DecodedFrame:
    """A decoded picture, and the lock of whoever works with it."""

    picture: "VideoFrame"
    busy: Lock = field(default_factory=Lock)

    @property
    def n_bytes(self) -> int:
        """Memory of its planes."""
        return sum(plane.buffer_size for plane in self.picture.planes)


class FrameCache:
    """Keeps decoded pictures by frame number; the one used longest ago goes first.

    They stay as the decoder made them, which takes half the memory of RGB.

    Parameters
    ----------
    max_bytes : int
    """

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self.n_bytes: int = 0
        self._kept: OrderedDict[int, DecodedFrame] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def __contains__(self, frame: int) -> bool:
        return frame in self._kept

    def get(self, frame: int) -> DecodedFrame | None:
        """Look up the picture of a frame."""
        with self._lock:
            found = self._kept.get(frame)
            if found is not None:
                self._kept.move_to_end(frame)
            return found

    def put(self, frame: int, decoded: DecodedFrame) -> None:
        """Keep a picture as the one used last."""
        with self._lock:
            if frame in self._kept:
                self.n_bytes -= self._kept.pop(frame).n_bytes
            self._kept[frame] = decoded
            self.n_bytes += decoded.n_bytes
            while self.n_bytes > self.max_bytes:
                _, oldest = self._kept.popitem(last=False)
                self.n_bytes -= oldest.n_bytes

    def clear(self) -> None:
        """Let go of every picture."""
        with self._lock:
            self._kept.clear()
            self.n_bytes = 0
