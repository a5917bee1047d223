"""Cameras over an arena, built from how a pinhole works, and what they see."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from neurospatial import Environment
from neurospatial.layouts import RegularGrid
from neurospatial.overlays.camera.lens import Lens
from neurospatial.overlays.camera.projective import Projective2D
from neurospatial.scene import OverlayContext

Points = NDArray[np.float64]

SIZE = 320, 240
BOUNDS = 0.0, 0.0, 100.0, 80.0
CORNERS_ENV = np.array([[0, 80], [100, 80], [100, 0], [0, 0.0]])
BARREL = Lens([[300, 0, 160], [0, 310, 121], [0, 0, 1]], [-0.25, 0.06, 1e-3, -2e-3, 0.0])


def explained(text: str) -> str:
    """A pattern of an error in the WHAT / WHY / HOW form."""
    return rf"(?s){text}.*\n\n  WHY: .*\n\n  HOW: Choose one of these solutions:\n    1\. "


def arena(bounds=BOUNDS, n=(10, 8), units="cm") -> Environment:
    edges = tuple(np.linspace(bounds[i], bounds[i + 2], n[i] + 1) for i in range(2))
    return Environment(RegularGrid(edges, np.ones(n, dtype=bool)), units=units)


def context_of(n_frames=6, *, fps=10.0, bounds=BOUNDS) -> OverlayContext:
    clock = np.arange(n_frames) / fps
    return OverlayContext(clock, clock, bounds, arena(bounds).layout, "cm")


def tilted(tilt=0.6, turn=0.2, focal=260.0, far=140.0, size=SIZE) -> Projective2D:
    """From the picture to the floor, for a camera `far` from (50, 40), `tilt` off the vertical."""
    camera = np.array([[focal, 0, size[0] / 2], [0, focal, size[1] / 2], [0, 0, 1]])
    c, s = np.cos(turn), np.sin(turn)
    spin = np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]])
    c, s = np.cos(tilt), np.sin(tilt)
    # Looking down the picture's y runs against the floor's, and depth against its z.
    down = np.diag([1.0, -1.0, -1.0])
    lean = np.array([[1, 0, 0], [0, c, s], [0, -s, c]])
    pose = lean @ down @ spin
    shift = np.array([0, 0, far]) - pose @ np.array([50, 40, 0])
    floor_to_px = camera @ np.column_stack([pose[:, 0], pose[:, 1], shift])
    return Projective2D(np.linalg.inv(floor_to_px))


def board(places: Points, square: float = 10.0) -> NDArray[np.bool_]:
    """Whether places of the floor are on a bright square; NaN is dark."""
    columns, rows = np.floor(np.nan_to_num(places) / square).astype(int).T
    return ((columns + rows) % 2 == 0) & ~np.isnan(places).any(axis=-1)


def seen_board(px_to_floor: Callable[[Points], Points], size=SIZE) -> NDArray[np.uint8]:
    """The picture (height, width, 3) that a camera has of the board, 4 x 4 samples a pixel."""
    width, height = size
    steps = (np.arange(4) + 0.5) / 4
    x = (np.arange(width)[:, None] + steps).ravel()
    y = (np.arange(height)[:, None] + steps).ravel()
    px = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    bright = board(px_to_floor(px)).reshape(height, 4, width, 4).mean(axis=(1, 3))
    grey = np.rint(40 + 180 * bright).astype(np.uint8)
    return np.repeat(grey[..., None], 3, axis=-1)
