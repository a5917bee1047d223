"""A film beside a field, and what every backend must make of it."""

import numpy as np

from neurospatial import Environment, FieldPanel
from neurospatial.layouts import RegularGrid
from neurospatial.overlays import CameraPanel, PositionOverlay
from neurospatial.scene import compile_panels
from neurospatial.testing.fixture import Fixture

BLOCK = 12
"""Pixels of a picture along each square of its letter."""

_F = np.array([[1, 1, 1, 1], [1, 0, 0, 0], [1, 1, 1, 0], [1, 0, 0, 0], [1, 0, 0, 0]])
_BRIGHT, _DARK = (40, 120, 200), (10, 30, 50)
_RED = (255, 0, 0)

MARK_AT = (3.5 * BLOCK, 4.5 * BLOCK)
"""Column and row of a mark: the lower right square, which is dark."""


def make_film(n_pictures=3):
    """The letter F, upright; it grows brighter from picture to picture."""
    bright = _F.repeat(BLOCK, axis=0).repeat(BLOCK, axis=1)[..., None]
    steps = 10 * np.arange(n_pictures)[:, None, None, None]
    return (np.where(bright, _BRIGHT, _DARK) + steps).astype(np.uint8)


def make_panel_pair(**camera):
    """A camera of three pictures from 1 s on, with a mark, beside a field from 0 s on."""
    edges = (np.arange(5.0), np.arange(4.0))
    env = Environment(RegularGrid(edges, np.ones((4, 3), bool)), units="cm")
    times = np.array([1.0, 2.0, 3.0])
    mark = PositionOverlay(np.tile(MARK_AT, (3, 1)), times, color="red", size=8)
    return [
        CameraPanel(make_film(), times=times, overlays=[mark], title="camera", **camera),
        FieldPanel(env, np.eye(12)[:5], frame_times=np.arange(5.0), title="cell"),
    ]


def check_camera_panel(fixture: Fixture) -> None:
    """The letter stands upright, rows go downward, and the mark lies on its pixel."""
    scene = compile_panels(make_panel_pair())
    assert scene.panels[0].layers[0].frame_index.tolist() == [-1, 0, 1, 2, -1]
    shown = fixture.show(scene, **fixture.suite.several_panels)
    for i in (1, 3):
        shown.check(i)
        picture = shown.get_picture(i)
        for row, column in np.ndindex(_F.shape):
            place = np.array([[column + 0.5, row + 0.5]]) * BLOCK
            x, y = shown.to_px(place)[0].astype(int)
            is_mark = tuple(place[0]) == MARK_AT
            ground = np.array(_BRIGHT if _F[row, column] else _DARK) + 10 * (i - 1)
            off = np.abs(picture[y, x] - (_RED if is_mark else ground)).max()
            assert off <= shown.tolerance, (row, column)
    for i in (0, 4):
        assert np.abs(shown.get_picture(i) - shown.background).max() <= shown.tolerance
