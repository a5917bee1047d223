"""What a video file shows."""

import av
import numpy as np
from numpy.typing import NDArray


def video(path: str, reference: str) -> dict[str, float]:
    """Measure the size of a video, the coloured share of three of its frames, and what differs.

    Shares are in percent of the pixels; ``differs`` is that of the last frame's pixels
    that have clearly another colour in the reference video.
    """
    pictures = _ends(path)
    first, second, last = (100 * float((np.ptp(p, axis=2) > 40).mean()) for p in pictures)
    apart = np.abs(pictures[-1] - _ends(reference)[-1]).max(axis=2) > 60
    height, width, _ = pictures[0].shape
    return {
        "width": width,
        "height": height,
        "first": first,
        "second": second,
        "last": last,
        "differs": 100 * float(apart.mean()),
    }


def _ends(path: str) -> list[NDArray[np.int_]]:
    """Read the first, the second and the last frame."""
    with av.open(path) as container:
        kept: list[av.VideoFrame] = []
        for frame in container.decode(video=0):
            kept = [*kept[:2], frame]
    return [frame.to_ndarray(format="rgb24").astype(int) for frame in kept]
