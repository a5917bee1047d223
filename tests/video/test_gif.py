"""The one palette of a GIF has the colours of the marks."""

from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from neurospatial.scene import (
    RGBA,
    ArraySource,
    Image,
    Layer,
    Points,
    Raster,
    Scene,
    Segments,
    rgba,
)
from neurospatial.testing.scenes import FixedOverlay
from neurospatial.video.encode import gif
from tests.video.clips import compile_scene, room, wandering_fields, write

N_FRAMES = 14


def film_of_noise() -> Image:
    noise = np.random.default_rng(0).integers(0, 256, (N_FRAMES, 40, 40, 3), dtype=np.uint8)
    frames = noise.repeat(3, axis=1).repeat(3, axis=2)
    return Image(
        name="V", frames=ArraySource(frames), frame_index=np.arange(N_FRAMES),
        px_to_world=Raster(120, 120, (0, 0, 40, 40)).world_to_px.inverse, z=0.5,
    )  # fmt: skip


def point_at(x: float, y: float, color: RGBA) -> Points:
    xy = np.array([[[x, y]]], dtype=np.float32)
    return Points(name=f"P{x}", xy=xy, color=color, size=6.0, z=2.0)


def scene_with(*layers: Layer) -> Scene:
    env = room()
    fields = wandering_fields(env, N_FRAMES)
    return compile_scene(env, fields, overlays=[FixedOverlay((film_of_noise(), *layers))])


def decoded(path: Path) -> list[NDArray[np.int64]]:
    with av.open(str(path)) as container:
        return [
            frame.to_ndarray(format="rgb24").astype(np.int64)
            for frame in container.decode(video=0)
        ]


def test_marks_keep_their_colours_over_a_film_of_all_colours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    colors = {"magenta": (255, 0, 255), "lime": (0, 255, 0)}
    marks = [
        point_at(12, 12, rgba("magenta")),
        point_at(28, 25, (0.0, 1.0, 0.0, 1.0)),
    ]
    kept = write(scene_with(*marks), tmp_path / "kept.gif")
    monkeypatch.setattr(gif, "_collect_mark_colors", lambda scene: np.zeros((0, 3), np.uint8))
    free = write(scene_with(*marks), tmp_path / "free.gif")

    def find_largest_spot(picture: NDArray[np.int64], color: tuple[int, int, int]) -> int:
        from scipy.ndimage import label

        spots, _ = label(np.abs(picture - color).max(axis=-1) <= 4)
        return int(np.bincount(spots.ravel())[1:].max(initial=0))

    for color in colors.values():
        for before, picture in zip(decoded(free), decoded(kept), strict=True):
            assert find_largest_spot(picture, color) > 20  # px of a disc 6 points wide
            assert find_largest_spot(before, color) == 0  # what is mended here
    assert kept.stat().st_size <= 1.1 * free.stat().st_size


def test_opaque_colours_of_marks_are_reserved_each_once_and_not_too_many() -> None:
    place = np.zeros((1, 1, 2), dtype=np.float32)
    line = Segments(name="S", start=place, stop=place, color=rgba("red"), z=2.0)
    hidden = Points(name="H", xy=place, color=rgba("blue"), visible=False)
    faint = Points(name="F", xy=place, color=rgba("lime", 0.5))
    scene = scene_with(line, point_at(1, 1, rgba("red")), hidden, faint)
    assert gif._collect_mark_colors(scene).tolist() == [[255, 0, 0]]
    many = np.ones((300, 4))
    many[:, 0] = np.linspace(0, 1, 300)
    crowd = Points(name="C", xy=np.zeros((1, 300, 2), np.float32), color=many)
    assert len(gif._collect_mark_colors(scene_with(crowd))) == 64
