"""The packets of a video, as its container lists them."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

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
