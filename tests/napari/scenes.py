"""Scenes that the tests of the viewer share."""

import numpy as np

from neurospatial.layouts import RegularGrid
from neurospatial.napari import animation_of, backend
from neurospatial.scene import Points, Segments, Trace, rgba
from neurospatial.testing import scene_of

N_FRAMES = 40


def make_grid():
    """An oblong grid away from the origin whose bins are no unit squares, with holes."""
    active = np.ones((9, 6), dtype=bool)
    active[7:, 4:] = False
    active[2, 3] = False
    return RegularGrid((np.arange(10) * 4.0 + 100, np.arange(7) * 2.5 - 30), active)


def make_ramps(layout, n_frames=N_FRAMES):
    return np.arange(n_frames)[:, None] / n_frames + np.arange(layout.n_bins) / 100


def make_walk(layout, n_frames=N_FRAMES):
    (x_min, x_max), (y_min, y_max) = layout.bounds
    share = np.linspace(0.1, 0.9, n_frames)[:, None]
    way = np.concatenate([x_min + share * (x_max - x_min), y_min + share * (y_max - y_min)], 1)
    return way[:, None].astype(np.float32)


def make_marks(layout, n_frames=N_FRAMES):
    """A position with its trail, a heading and a signal."""
    xy = make_walk(layout, n_frames)
    times = np.linspace(-1, n_frames / 30 + 1, 300)
    return [
        Points(name="Position", xy=xy, color=rgba("red"), trail=5, z=3.0),
        Segments(name="Heading", start=xy, stop=xy + 3, color=rgba("yellow"), arrowhead=True, z=2),
        Trace(name="Speed", times=times, values=np.sin(times), color=rgba("orange"),
              window=1.0, limits=(-1.0, 1.0), label="speed [cm/s]"),
    ]  # fmt: skip


def show_scene(viewer, layout=None, fields=None, layers=(), **options):
    layout = layout or make_grid()
    scene = scene_of(layout, make_ramps(layout) if fields is None else fields, layers)
    backend.present(scene, backend.Options(viewer=viewer, **options))
    return animation_of(viewer)
