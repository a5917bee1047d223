"""Damaged packets of a video, and the frames that cannot be decoded for them."""

from bisect import bisect_left, insort
from threading import Lock

import numpy as np

from neurospatial.errors import explain
from neurospatial.overlays.video_reader.video_index import VideoIndex


class VideoFrameError(ValueError):
    """A frame of a video cannot be decoded; others may be.

    Attributes
    ----------
    frame : int
        Number of the frame.
    """

    def __init__(self, frame: int, message: str) -> None:
        super().__init__(message)
        self.frame = frame

    def __reduce__(self) -> tuple[type["VideoFrameError"], tuple[int, str]]:
        return VideoFrameError, (self.frame, str(self))


class Damage:
    """The packets of a video that turned out damaged, and the frames they spoil.

    Parameters
    ----------
    index : VideoIndex
    """

    def __init__(self, index: VideoIndex) -> None:
        self._index = index
        # Bytes missing between two packets of a stream are noted at the one before.
        corrupt = np.flatnonzero(index.all_packets.corrupt)
        self._packets: list[int] = np.union1d(corrupt, corrupt + 1).tolist()
        self._doubts: dict[int, int] = {}
        self._without: dict[int, VideoFrameError] = {}
        self._lock = Lock()

    def add(self, packet: int, begun: int) -> None:
        """Note that a packet could not be decoded by a decoder that began at packet `begun`.

        Some streams can be decoded from a keyframe only when the decoder knows what
        was before it. So what fails right after the beginning is held in doubt,
        until a decoder that began earlier has failed as well.
        """
        keyframes = self._index.keyframes
        place = int(np.searchsorted(keyframes, packet, side="right")) - 1
        before = int(keyframes[max(0, place)])
        with self._lock:
            if begun == before and begun != keyframes[0]:
                self._doubts[begun] = min(packet, self._doubts.get(begun, packet))
            elif self._find_cause(packet, packet) is None:
                insort(self._packets, packet)

    def is_doubtful(self, frame: int, begun: int) -> bool:
        """Tell whether a frame may come out wrong of a decoder that begins at packet `begun`."""
        doubt = self._doubts.get(begun)
        if doubt is None or self._index.find_start_packet(frame) != begun:
            return False
        return int(self._index.packets[frame]) >= doubt

    def is_sound(self, frame: int, begun: int) -> bool:
        """Tell whether a frame came out right of a decoder that began at packet `begun`."""
        return self.find_cause(frame) is None and not self.is_doubtful(frame, begun)

    def find_cause(self, frame: int) -> int | None:
        """Find the first damaged packet among those a frame is decoded from."""
        packet = int(self._index.packets[frame])
        with self._lock:
            return self._find_cause(self._index.find_start_packet(frame), packet)

    def record_missing(self, frame: int) -> VideoFrameError:
        """Note that no picture comes out for a frame, though nothing is damaged."""
        index = self._index
        self._without[frame] = VideoFrameError(
            frame,
            explain(
                f"Frame {frame} of {index.path.name!r}, at {index.times[frame]:.3f} s, has no "
                "picture: the file keeps data for it from which none comes out.",
                "The recording began or was cut in the middle of what the frame needs, or the "
                "camera dropped it.",
                ["Leave this frame out.", "Copy the file again from where it was recorded."],
            ),
        )
        return self._without[frame]

    def check(self, frame: int) -> None:
        """Raise if a frame is known to be spoiled.

        Raises
        ------
        VideoFrameError
        """
        if frame in self._without:
            raise self._without[frame]
        cause = self.find_cause(frame)
        if cause is not None:
            raise self._make_error(frame, cause)

    def _find_cause(self, first: int, last: int) -> int | None:
        place = bisect_left(self._packets, first)
        found = self._packets[place : place + 1]
        return found[0] if found and found[0] <= last else None

    def _make_error(self, frame: int, packet: int) -> VideoFrameError:
        index, source = self._index, int(self._index.frames[packet])
        damaged = "its own data" if source == frame else f"the data of frame {source}"
        if source == -1:
            damaged = "data needed for it"
        later = index.starts[frame] + 1
        how = ["Copy the file again from where it was recorded.", "Leave this frame out."]
        if later < len(index.keyframes):
            sound = int(index.frames[index.keyframes[later]])
            how.insert(0, f"Go on from frame {sound}, the next one that is stored whole.")
        return VideoFrameError(
            frame,
            explain(
                f"Frame {frame} of {index.path.name!r}, at {index.times[frame]:.3f} s, cannot be "
                f"decoded: {damaged} cannot be.",
                "Most frames are stored as what changed since others, so that damage lasts "
                "until the next whole one.",
                how,
            ),
        )


def make_size_error(index: VideoIndex, frame: int, size: tuple[int, int]) -> VideoFrameError:
    """Make the error of a frame of another size [px] than the first one."""
    first = index.orientation
    return VideoFrameError(
        frame,
        explain(
            f"Frame {frame} of {index.path.name!r} is {size[0]} × "
            f"{size[1]} px, and the first one {first.width} × {first.height} px.",
            "A calibration holds for one size of picture.",
            ["Cut the video where its size changes."],
        ),
    )
