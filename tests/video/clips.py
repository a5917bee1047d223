"""Small scenes to write, and what a reader sees of the files."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from neurospatial import Environment
from neurospatial.scene import OverlayContext, Points, Scene, Segments, compile_scene, rgba
from neurospatial.video import VideoOptions, backend

Pixels = NDArray[np.uint8]


def room(side: float = 40.0, bin_size: float = 4.0) -> Environment:
    edges = np.arange(0, side + bin_size / 2, bin_size)
    mask = np.ones((len(edges) - 1, len(edges) - 1), dtype=bool)
    return Environment.from_mask(mask, [edges, edges], units="cm")


def wandering_fields(env: Environment, n_frames: int) -> NDArray[np.float32]:
    """A bump that is somewhere else in every frame."""
    turn = np.arange(n_frames)[:, None] / 9
    x, y = env.bin_centers.T
    centers = 20 + 12 * np.cos(turn), 20 + 12 * np.sin(1.3 * turn)
    bump = np.exp(-((x - centers[0]) ** 2 + (y - centers[1]) ** 2) / 60)
    return bump.astype(np.float32)


@dataclass(frozen=True)
class Walker:
    """A mark with a trail and an arrow, at known places."""

    trail: int = 8

    def path(self, n_frames: int) -> NDArray[np.float32]:
        turn = np.arange(n_frames) / 11
        return np.stack([20 + 14 * np.cos(turn), 20 + 14 * np.sin(turn)], axis=1).astype(
            np.float32
        )

    def layers(self, context: OverlayContext) -> tuple[Points, Segments]:
        path = self.path(context.n_frames)[:, None]
        ahead = path + np.float32([4, 0])
        return (
            Segments(
                name="Arrow", start=path, stop=ahead, color=rgba("yellow"), arrowhead=True, z=2
            ),
            Points(name="Animal", xy=path, color=rgba("red"), trail=self.trail, z=3),
        )


def clip(n_frames: int = 50, walker: bool = True) -> Scene:
    env = room()
    fields = wandering_fields(env, n_frames)
    overlays = [Walker()] if walker else []
    return compile_scene(env, fields, overlays=overlays, title="A clip")


def write(scene: Scene, path: Path, **options: object) -> Path:
    made = VideoOptions(save_path=path, **{"figsize": (4, 3), "progress": False, **options})
    written = backend.present(scene, made)
    assert written == path
    return path


@dataclass(frozen=True)
class Decoded:
    """What a player gets out of a file."""

    codec: str
    size: tuple[int, int]
    rate: Fraction
    times: NDArray[np.float64]
    pictures: list[Pixels]


def read(path: Path) -> Decoded:
    with av.open(str(path)) as file:
        stream = file.streams.video[0]
        frames = list(file.decode(stream))
        return Decoded(
            codec=stream.codec_context.codec.canonical_name,
            size=(stream.width, stream.height),
            rate=Fraction(stream.average_rate),
            times=np.array([float(frame.pts * frame.time_base) for frame in frames]),
            pictures=[frame.to_ndarray(format="rgb24") for frame in frames],
        )


def psnr(one: Pixels, other: Pixels) -> float:
    error = np.mean((one.astype(np.float64) - other) ** 2)
    return float("inf") if error == 0 else float(10 * np.log10(255**2 / error))
