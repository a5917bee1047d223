"""Position, pose and head direction, as one overlay."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from neurospatial.scene import Layer, OverlayContext, Points, Segments, rgba
from tools.bench import data


@dataclass(frozen=True, eq=False)
class Behaviour:
    """As many marks as the peer's position, body part and head direction overlays draw.

    Parameters
    ----------
    positions : ndarray, shape (n_frames, 2)
    pose : ndarray, shape (n_frames, n_parts, 2)
    headings : ndarray, shape (n_frames,)
        In radians.
    """

    positions: NDArray[np.float64]
    pose: NDArray[np.float64]
    headings: NDArray[np.float64]

    def layers(self, context: OverlayContext) -> tuple[Layer, ...]:
        """Lower to a trail, five points, four bones and an arrow."""
        place = self.positions[:, None].astype(np.float32)
        pose = self.pose.astype(np.float32)
        ends = [[data.PARTS.index(part) for part in bone] for bone in data.BONES]
        ahead = data.ARROW * np.stack([np.cos(self.headings), np.sin(self.headings)], axis=-1)
        tip = place + ahead[:, None].astype(np.float32)
        return (
            Segments(
                name="Skeleton",
                start=pose[:, [first for first, _ in ends]],
                stop=pose[:, [last for _, last in ends]],
                color=rgba("white"),
                z=2.0,
            ),
            Points(name="Pose", xy=pose, color=rgba("orange"), size=6.0, z=2.5),
            Points(name="Position", xy=place, color=rgba("red"), trail=data.TRAIL, z=3.0),
            Segments(
                name="Heading", start=place, stop=tip, color=rgba("yellow"), head=True, z=3.5
            ),
        )
