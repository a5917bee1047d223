"""Where every frame of a video is: small arrays, never the pictures."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from neurospatial.overlays.video_reader.orientation import Orientation

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.stream import VideoStream

NONE = int(np.iinfo(np.int64).min)
"""Stands for a time or a place that the container does not give."""

Ints = NDArray[np.int64]
Key = Literal["pts", "dts", "pos"]


@dataclass(frozen=True, eq=False)
class Packets:
    """What the container says about each packet, in the order of decoding.

    Parameters
    ----------
    pts, dts : ndarray of int64, shape (n_packets,)
        When it is shown and when it is decoded [ticks of the stream].
    pos : ndarray of int64, shape (n_packets,)
        Place in the file [bytes].
    keyframe : ndarray of bool, shape (n_packets,)
        Whether decoding can begin with it.
    hidden : ndarray of bool, shape (n_packets,)
        Whether it is there only for others to be decoded.
    corrupt : ndarray of bool, shape (n_packets,)
        Whether the container knows that bytes of it are missing.
    """

    pts: Ints
    dts: Ints
    pos: Ints
    keyframe: NDArray[np.bool_]
    hidden: NDArray[np.bool_]
    corrupt: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.pts)

    @property
    def key(self) -> Key | None:
        """The property that tells packets apart, also after a seek."""
        names: tuple[Key, ...] = ("pts", "dts", "pos")
        for name in names:
            values: Ints = getattr(self, name)
            if np.all(values != NONE) and len(np.unique(values)) == len(values):
                return name
        return None


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
