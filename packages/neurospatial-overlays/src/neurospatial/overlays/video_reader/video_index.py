"""Where every frame of a video is: small arrays, never the pictures."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.overlays.video_reader.orientation import Orientation
from neurospatial.overlays.video_reader.packets import Ints, Key, Packets
from neurospatial.validate import to_real_array

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.stream import VideoStream


@dataclass(frozen=True, eq=False)
class VideoIndex:
    """The frames of a video in the order they are shown, and the packets that hold them.

    Parameters
    ----------
    path : pathlib.Path
    n_bytes : int
        Size of the file.
    all_packets : Packets
    key : str
        The property that tells packets apart.
    keyframes : ndarray of int64, shape (n_keyframes,)
        Packets with which decoding can begin.
    packets : ndarray of int64, shape (n_frames,)
        The packet of each frame.
    starts : ndarray of int64, shape (n_frames,)
        Position in `keyframes` from which each frame can be decoded.
    frames : ndarray of int64, shape (n_packets,)
        The frame of each packet; -1 for one that shows nothing.
    times : ndarray of float64, shape (n_frames,)
        When each frame is shown [s], the first one at 0.
    start_time : float
        The container's own time of the first frame [s].
    orientation : Orientation
        How decoded pictures become RGB.
    """

    path: Path
    n_bytes: int
    all_packets: Packets
    key: Key
    keyframes: Ints
    packets: Ints
    starts: Ints
    frames: Ints
    times: NDArray[np.float64]
    start_time: float
    orientation: Orientation

    @property
    def n_frames(self) -> int:
        """Number of frames."""
        return len(self.packets)

    def find_start_packet(self, frame: int) -> int:
        """Find the packet with which decoding of a frame begins."""
        return int(self.keyframes[self.starts[frame]])

    def find(self, packet: "Packet[VideoStream]", guess: int) -> int | None:
        """Find the position of a packet in the order of decoding; `guess` is looked at first."""
        keys: Ints = getattr(self.all_packets, self.key)
        value = getattr(packet, self.key)
        if value is None:
            return None
        if guess < len(keys) and keys[guess] == value:
            return guess
        places = np.flatnonzero(keys == value)
        return int(places[0]) if len(places) else None

    def find_nearest(self, times: ArrayLike) -> NDArray[np.intp]:
        """Find the frames shown nearest to given times [s], of two equally near ones the earlier.

        Raises
        ------
        ValueError
            If a time is not finite.
        """
        wanted = to_real_array(times, "times")
        if not np.all(np.isfinite(wanted)):
            raise ValueError(
                explain(
                    f"{np.count_nonzero(~np.isfinite(wanted))} of {wanted.size} times are NaN "
                    "or infinite.",
                    "No frame is nearest to them.",
                    ["Leave them out: times[np.isfinite(times)]"],
                )
            )
        after = np.clip(np.searchsorted(self.times, wanted), 1, max(1, self.n_frames - 1))
        before = after - 1
        after = np.minimum(after, self.n_frames - 1)
        later = self.times[after] - wanted < wanted - self.times[before]
        return np.where(later, after, before)
