"""Environments to draw over: a box, a maze in the plane, and a line."""

import numpy as np

from neurospatial import Environment
from neurospatial.layouts import RegularGrid
from neurospatial.scene import OverlayContext, compile_scene

EXPLAINED = r".*\n\n  WHY: .*\n\n  HOW: Choose one of these solutions:\n    1\. "
BOX = (100.0, 60.0)


def make_box(units="cm"):
    """A box of 100 by 60 with bins of 10."""
    edges = (np.linspace(0, BOX[0], 11), np.linspace(0, BOX[1], 7))
    return Environment(RegularGrid(edges, np.ones((10, 6), dtype=bool)), units=units)


def make_track(spacing=0.0):
    """A track of two arms of 40 and 30: along x, then up."""
    nodes = {0: (0.0, 0.0), 1: (40.0, 0.0), 2: (40.0, 30.0)}
    return Environment.from_graph(nodes, [(0, 1), (1, 2)], spacing, 5.0, units="cm")


def make_line():
    """A 1-D grid with no place in the plane."""
    return Environment(RegularGrid((np.linspace(0, 100, 11),), np.ones(10, bool)), units="cm")


def make_scene(env, overlays, frame_times, **more):
    """The scene of a flat field in each frame."""
    fields = np.tile(np.linspace(0, 1, env.n_bins), (len(frame_times), 1))
    return compile_scene(env, fields, overlays=overlays, frame_times=frame_times, **more)


def make_layers(env, overlays, frame_times, **more):
    """The layers of overlays by name, without the field."""
    scene = make_scene(env, overlays, frame_times, **more)
    layers = (*scene.panels[0].layers, *scene.strips)
    return {layer.name: layer for layer in layers if layer.name != "Field"}


def make_context(frame_times, field_times=None, env=None, overlays=()):
    """What an overlay of the box is told."""
    env = env or make_box()
    times = np.asarray(frame_times, dtype=float)
    given = times if field_times is None else np.asarray(field_times, dtype=float)
    bounds = tuple(np.array(env.layout.bounds).T.ravel().tolist())
    return OverlayContext(times, given, bounds, env.layout, env.units or "", tuple(overlays))
