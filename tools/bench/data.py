"""What both sides are given: made once, seeded, with numpy alone."""

import os
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

GRID = (45, 30)
BIN_SIZE = 2.0
LAYOUT_SIZES = {"hexagonal": 2.149, "triangular": 3.039}
"""Widths of hexagons and sides of triangles as large as the squares of `BIN_SIZE`."""
PARTS = ("nose", "ear_left", "ear_right", "body", "tail")
BONES = (("nose", "ear_left"), ("nose", "ear_right"), ("nose", "body"), ("body", "tail"))
TRAIL = 10
ARROW = 8.0
FPS = 30.0
Show = Literal["fields", "marks", "camera", "crowd"]
"""Fields alone; with position, pose, head direction and regions; and with the camera as well.
Last, with the poses of several animals instead of one.
"""

CROWD, CROWD_PARTS = 5, 8
"""Animals, and the keypoints of each."""

CAMERA = "camera.mp4"
CAMERA_SIZE = (640, 480)
# The corners of the box as the camera sees them, from the upper left clockwise.
CORNERS_PX = np.array([[50.0, 60.0], [590.0, 60.0], [590.0, 420.0], [50.0, 420.0]])
CORNERS_ENV = np.array([[0.0, 60.0], [90.0, 60.0], [90.0, 0.0], [0.0, 0.0]])

_RECORDINGS = os.environ.get("NEUROSPATIAL_RECORDINGS")
_FLIES = Path(_RECORDINGS or Path(__file__).parents[3] / "shared" / "data") / "fly_pose"
FLY_CLIP, FLY_POSES = _FLIES / "clip.mp4", _FLIES / "clip.predictions.slp"
FLY_FPS = 25.0

SESSION_SAMPLES = 900_000
SESSION_RATE = 250.0
SESSION_SIDE = 100.0
SESSION_BIN = 2.5
BANDWIDTH = 5.0

# Forward and to the left of the body's middle, in cm.
SHAPE = np.array([[4.0, 0.0], [2.5, 1.5], [2.5, -1.5], [0.0, 0.0], [-5.0, 0.0]])


def write(folder: Path, n_frames: int) -> None:
    """Write ``video.npz`` and ``session.npz`` into a folder."""
    np.savez(folder / "video.npz", allow_pickle=False, **video(n_frames))
    np.savez(folder / "session.npz", allow_pickle=False, **session())


def walk(
    n_samples: int, step: float, sides: tuple[float, float], rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Simulate smooth positions within a box, and the direction of movement [rad].

    A heading that wanders carries the animal on at a steady pace; the walls reflect it.

    Parameters
    ----------
    n_samples : int
    step : float
        Way made in one sample [cm].
    sides : tuple of float
        Size of the box [cm].
    rng : numpy.random.Generator
    """
    turn = np.cumsum(rng.normal(0.0, 0.25 * np.sqrt(step), n_samples))
    way = np.cumsum(step * np.stack([np.cos(turn), np.sin(turn)], axis=1), axis=0)
    side = np.asarray(sides)
    positions = side - np.abs((way + side / 2) % (2 * side) - side)
    moved = np.gradient(positions, axis=0)
    return positions, np.arctan2(moved[:, 1], moved[:, 0])


def video(n_frames: int) -> dict[str, Floats]:
    """Make the fields on the grid of `GRID` bins, the behaviour and the regions."""
    rng = np.random.default_rng(2)
    sides = (GRID[0] * BIN_SIZE, GRID[1] * BIN_SIZE)
    edges = [np.arange(n + 1) * BIN_SIZE for n in GRID]
    x, y = np.meshgrid(*((edge[1:] + edge[:-1]) / 2 for edge in edges), indexing="ij")
    centers = np.stack([x.ravel(), y.ravel()], axis=1)
    positions, headings = walk(n_frames, 30.0 / FPS, sides, rng)
    # A decoded place near the animal, as wide as decoding is unsure at that moment.
    wander = np.cumsum(rng.normal(0, 0.3, (n_frames, 2)), axis=0)
    middle = np.clip(positions + wander - wander.mean(axis=0), 0, sides)
    width = 6 + 3 * np.sin(np.arange(n_frames) / 40)
    cos, sin = np.cos(headings), np.sin(headings)
    turned = np.stack([np.stack([cos, -sin], -1), np.stack([sin, cos], -1)], axis=1)
    return {
        "x_edges": edges[0],
        "y_edges": edges[1],
        "fields": compute_blobs(centers, middle, width),
        "middle": middle,
        "width": width,
        "times": np.arange(n_frames) / FPS,
        "positions": positions,
        "headings": headings,
        "pose": positions[:, None] + np.einsum("tij,pj->tpi", turned, SHAPE),
        "start": np.array([[5.0, 5.0], [25.0, 5.0], [25.0, 20.0], [5.0, 20.0]]),
        "goal": np.array([[60.0, 35.0], [80.0, 35.0], [85.0, 50.0], [65.0, 55.0]]),
    }


def compute_blobs(centers: Floats, middle: Floats, width: Floats) -> Floats:
    """Compute fields (n_frames, n_bins) with a peak of 10 at a place (n_frames, 2)."""
    squared = ((centers - middle[:, None]) ** 2).sum(axis=-1)
    return np.asarray(10 * np.exp(-squared / (2 * width[:, None] ** 2)))


def session() -> dict[str, Floats]:
    """Simulate an hour of tracking in a square box and the spikes of one place cell."""
    rng = np.random.default_rng(3)
    times = np.arange(SESSION_SAMPLES) / SESSION_RATE
    side = SESSION_SIDE
    positions, _ = walk(SESSION_SAMPLES, 20.0 / SESSION_RATE, (side, side), rng)
    squared = ((positions - [0.4 * side, 0.6 * side]) ** 2).sum(axis=1)
    rate = 0.5 + 20 * np.exp(-squared / (2 * 10.0**2))
    fired = rng.random(SESSION_SAMPLES) < rate / SESSION_RATE
    return {"times": times, "positions": positions, "spikes": times[fired] + 0.5 / SESSION_RATE}
