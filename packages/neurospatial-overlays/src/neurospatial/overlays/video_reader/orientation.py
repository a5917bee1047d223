"""How stored pictures are turned to stand upright."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Orientation:
    """Size of the stored pictures, and how they are turned to stand upright.

    Parameters
    ----------
    width, height : int
        Of a picture as it is stored [px].
    pixel_aspect : float
        Width of a pixel over its height, in the upright picture.
    transpose, flip_rows, flip_columns : bool
        What is done to it, in this order.
    """

    width: int
    height: int
    pixel_aspect: float = 1.0
    transpose: bool = False
    flip_rows: bool = False
    flip_columns: bool = False

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the upright picture [px]."""
        return (self.height, self.width) if self.transpose else (self.width, self.height)

    def turn_upright(self, picture: Pixels) -> Pixels:
        """Turn a stored picture, shape (height, width, 3)."""
        if self.transpose:
            picture = picture.transpose(1, 0, 2)
        return picture[:: -1 if self.flip_rows else 1, :: -1 if self.flip_columns else 1]


def read_orientation(picture: "VideoFrame", pixel_aspect: float) -> Orientation:
    """Read size and display matrix (ISO/IEC 14496-12, 8.3.2) from a decoded picture.

    Parameters
    ----------
    picture : av.VideoFrame
    pixel_aspect : float
        Width of a pixel over its height, as stored.

    Raises
    ------
    ValueError
        If the pictures are to be shown at an angle that is no multiple of 90°.
    """
    stored = Orientation(picture.width, picture.height, pixel_aspect)
    try:
        side = picture.side_data["DISPLAYMATRIX"]  # type: ignore[typeddict-item]
    except KeyError:
        return stored
    matrix = np.frombuffer(bytes(side), dtype=np.int32).reshape(3, 3)
    return _parse_display_matrix(stored, matrix[:2, :2])


def _parse_display_matrix(orientation: Orientation, matrix: NDArray[np.int32]) -> Orientation:
    (a, b), (c, d) = matrix.tolist()
    if a and d and not b and not c:
        return replace(orientation, flip_rows=d < 0, flip_columns=a < 0)
    if b and c and not a and not d:
        turned = replace(orientation, transpose=True, pixel_aspect=1 / orientation.pixel_aspect)
        return replace(turned, flip_rows=b < 0, flip_columns=c < 0)
    angle = np.degrees(np.arctan2(b, a))
    raise ValueError(
        explain(
            f"The video is to be shown turned by {angle:.1f}°.",
            "Pictures are turned by multiples of 90° only, so that no pixel is made up.",
            ["Turn the video with a video editor, or remove the rotation from its header."],
        )
    )
