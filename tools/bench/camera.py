"""The clip of an overhead camera: an arena on a table, and an animal in it."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from tools.bench import data


def write(folder: Path, n_frames: int) -> None:
    """Write `data.CAMERA` into a folder: H.264, a keyframe every 60 frames."""
    positions = np.load(folder / "video.npz")["positions"][:n_frames]
    width, height = data.CAMERA_SIZE
    rng = np.random.default_rng(4)
    rows, columns = np.indices((height, width))
    table = 90 + 20 * np.sin(columns / 60) + rng.normal(0, 4, (height, width))
    (left, top), (right, bottom) = data.CORNERS_PX[0], data.CORNERS_PX[2]
    inside = (columns > left) & (columns < right) & (rows > top) & (rows < bottom)
    arena = np.where(inside, 1.6 * table, table).clip(0, 255).astype(np.uint8)
    across, upward = (positions / data.CORNERS_ENV[1]).T
    px = np.column_stack([left + across * (right - left), bottom - upward * (bottom - top)])
    with av.open(str(folder / data.CAMERA), "w") as container:
        stream = container.add_stream("libx264", Fraction(data.FPS))
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.options = {"g": "60", "preset": "veryfast"}
        for x, y in px:
            picture = arena.copy()
            picture[(columns - x) ** 2 + (rows - y) ** 2 < 14**2] = 20
            frame = av.VideoFrame.from_ndarray(np.repeat(picture[..., None], 3, axis=2))
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
