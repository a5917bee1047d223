"""Pictures of a black arena as the video backend paints them, and where on them marks lie."""

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from neurospatial import Environment
from neurospatial import scene as scenes
from neurospatial.layouts import RegularGrid
from neurospatial.scene import Scene, rgba
from neurospatial.scene.figure_layout import FigureLayout, compute_layout
from neurospatial.video import VideoOptions, render_frames

WIDTH, HEIGHT = 100.0, 60.0
DPI = 100
PX_PER_POINT = DPI / 72
HALF_A_PIXEL = 0.5
_UNLIKE = 0.02, 0.12
"""How far a pixel may be from a hue: at least, and for each share of the colour."""
_FAINT = 0.08


def arena():
    """A box of 100 by 60 cm with bins of 10."""
    edges = np.linspace(0, WIDTH, 11), np.linspace(0, HEIGHT, 7)
    return Environment(RegularGrid(edges, np.ones((10, 6), dtype=bool)), units="cm")


def still(*place, n=4):
    """The same place in every frame."""
    return np.tile(np.array(place, dtype=float), (n, 1))


@dataclass(frozen=True, eq=False)
class Shot:
    """Pictures (height, width, 4) of a scene in RGBA, and where everything lies on them."""

    scene: Scene
    page: FigureLayout
    pictures: list

    def panel(self, frame):
        return _cut(self.pictures[frame], self.page.panels[0])

    def strip(self, frame, number=0):
        assert len(self.page.strips) > number, "there is no strip for the signal"
        return _cut(self.pictures[frame], self.page.strips[number])

    @property
    def px_per_unit(self):
        """Pixels in a unit of x and of y."""
        x_min, y_min, x_max, y_max = self.scene.panels[0].view.bounds
        box = self.page.panels[0]
        return np.array([box.width / (x_max - x_min), box.height / (y_max - y_min)])

    def px(self, places):
        """World coordinates (..., 2) as continuous columns and rows of the panel."""
        x_min, _, _, y_max = self.scene.panels[0].view.bounds
        return (np.asarray(places, dtype=float) - (x_min, y_max)) * self.px_per_unit * (1, -1)

    def share(self, frame, color):
        """How much of a colour, over black, each pixel of the panel has."""
        return share(self.panel(frame), color)

    def amount(self, frame, color):
        """How many pixels a colour covers."""
        return float(self.share(frame, color).sum())

    def marks(self, frame, color):
        """The middle (n, 2) [px] of each patch of a colour, from left to right."""
        return middles(self.share(frame, color))

    def at(self, frame, color, place):
        """How much of a colour the pixel at a place has."""
        column, row = self.px(place).astype(int)
        return float(self.share(frame, color)[row, column])

    def check_marks(self, frame, color, places, within=HALF_A_PIXEL):
        """Raise unless patches of a colour lie at these places and nowhere else."""
        wanted = self.px(np.reshape(places, (-1, 2)))
        wanted = wanted[np.argsort(wanted[:, 0])]
        found = self.marks(frame, color)
        assert len(found) == len(wanted), (
            f"frame {frame}: {len(found)} patches of {color}, not {len(wanted)}"
        )
        if len(wanted):
            off = np.abs(found - wanted).max()
            assert off < within, f"frame {frame}: {color} is off by {off:.2f} px"


def shoot(*overlays, env=None, frames=4, fields=None, figsize=(4.0, 3.0), **more):
    """Paint overlays over a black field, as `animate_fields` does."""
    env = env or arena()
    n_frames = frames if np.isscalar(frames) else len(frames)
    if not np.isscalar(frames):
        more["frame_times"] = np.asarray(frames, dtype=float)
    if fields is None:
        fields = np.zeros((n_frames, env.n_bins))
    # Looked up late: what bites replaces it.
    scene = scenes.compile_scene(
        env, fields, cmap="gray", vmin=0.0, vmax=1.0, overlays=overlays, **more
    )
    options = VideoOptions(save_path=Path("never.mp4"), figsize=figsize, dpi=DPI)
    return Shot(
        scene, page_of(scene, options), [as_rgba(p) for p in render_frames(scene, options)]
    )


def page_of(scene, options):
    return compute_layout(scene, options.choose_size(scene), options.dpi / 72)


def as_rgba(picture):
    return np.pad(picture, ((0, 0), (0, 0), (0, 1)), constant_values=255)


def share(picture, color):
    """How much of a colour, over black, each pixel (..., 3 or 4) has; 0 for other hues."""
    wanted = np.array(rgba(color)[:3])
    shown = picture[..., :3] / 255.0
    amount = np.clip(shown @ wanted / (wanted @ wanted), 0, 1)
    off = np.abs(shown - amount[..., None] * wanted).max(axis=-1)
    unlike = off > _UNLIKE[0] + _UNLIKE[1] * amount
    return np.where(unlike | (amount < _FAINT), 0.0, amount)


def middles(covered):
    """The middle (n, 2) of each patch of pixels, weighted by how far they are covered."""
    count, label = cv2.connectedComponents((covered > 0).astype(np.uint8), connectivity=8)
    rows, columns = np.indices(covered.shape)
    found = []
    for patch in range(1, count):
        weight = np.where(label == patch, covered, 0)
        # A lone faint pixel is where two colours meet.
        if weight.sum() >= 1:
            middle = np.array([(columns + 0.5) * weight, (rows + 0.5) * weight])
            found.append(middle.sum(axis=(1, 2)) / weight.sum())
    return np.array(sorted(found, key=lambda place: place[0])).reshape(-1, 2)


def changed(first, second):
    """Which pixels of two pictures differ visibly."""
    return np.abs(first.astype(int) - second.astype(int)).max(axis=-1) > 12


def disc(points):
    """How many pixels a round mark covers that is so many points wide."""
    return np.pi * (points * PX_PER_POINT / 2) ** 2


def _cut(picture, box):
    return picture[box.y : box.y + box.height, box.x : box.x + box.width]
