"""One of each overlay, all in places and colours of their own, and how each is recognised."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pytest
from shapely import box

from neurospatial import overlays as room
from neurospatial.overlays.camera.calibration import VideoCalibration
from neurospatial.regions import Region
from neurospatial.scene import Raster
from tests.overlays.pictures.camera import HUES
from tests.overlays.pictures.shots import arena, share, shoot

N_FRAMES = 9
CLOCK = np.arange(N_FRAMES) / 10
GREEN, ROSE, AZURE, VIOLET = (0, 1, 0.5), (1, 0, 0.5), (0, 0.5, 1), (0.5, 0, 1)
ORANGE = "#ff7f0e"
FIGURE = {"figsize": (5.5, 4.5), "frames": CLOCK}
SMALL = 20
"""Pixels along a side of the camera's picture."""


@dataclass(frozen=True)
class Ground:
    """An environment, and places on it by hundredths of its width and sixtieths of its height."""

    make: Callable = arena
    options: dict = field(default_factory=dict)
    extent: tuple = (0.0, 0.0, 100.0, 60.0)

    def spot(self, x, y):
        x_min, y_min, x_max, y_max = self.extent
        steps = np.array([(x_max - x_min) / 100, (y_max - y_min) / 60])
        return np.stack(np.broadcast_arrays(x, y), axis=-1) * steps + (x_min, y_min)

    def still(self, x, y):
        return np.tile(self.spot(x, y), (N_FRAMES, 1))

    def walk(self):
        """Where the animal is in each frame."""
        return self.spot(8 + 4 * np.arange(N_FRAMES), 6.3)


PLANE = Ground()


@dataclass(frozen=True)
class Member:
    """An overlay, or an option of `animate_fields` that draws, and its check."""

    check: Callable
    overlay: Callable | None = None
    option: Callable = dict


def _area(ground, left, right):
    low, high = ground.spot([left, right], [24, 44])
    return box(*low, *high)


def _camera(ground):
    """A picture over a small square; its left half is dark in even frames, its right in odd."""
    (low, high) = ground.spot([16, 28], [44, 56])
    placed = VideoCalibration(
        Raster(SMALL, SMALL, (*low, *high)).world_to_px.inverse, (SMALL, SMALL)
    )
    pictures = np.zeros((N_FRAMES, SMALL, SMALL, 3), np.uint8)
    pictures[0::2, :, SMALL // 2 :] = HUES["magenta"]
    pictures[1::2, :, : SMALL // 2] = HUES["magenta"]
    return room.VideoOverlay(pictures, placed, alpha=1.0)


def _check_camera(shot, ground, frame):
    shot.check_marks(frame, "magenta", ground.spot(25 - 6 * (frame % 2), 50))


def _check_position(shot, ground, frame):
    shot.check_marks(frame, GREEN, ground.walk()[frame])


def _check_pose(shot, ground, frame):
    shot.check_marks(frame, "lime", ground.spot(70, 10.2))
    shot.check_marks(frame, "blue", ground.spot(90, 14.8))
    assert shot.at(frame, VIOLET, ground.spot(80, 12.5)) > 0.9, "the limb is lost"


def _angle(frame):
    return 0.3 + 0.3 * frame


def _check_heading(shot, ground, frame):
    along = np.array([np.cos(_angle(frame)), np.sin(_angle(frame))])
    for reach in (3, 6):
        place = ground.spot(55, 12) + reach * along
        assert shot.at(frame, "yellow", place) > 0.5, "the arrow is lost"


def _check_event(shot, ground, frame):
    wanted = 0 if frame < 2 else max(0.0, 1 - (frame - 2) / 8)
    assert shot.at(frame, "cyan", ground.spot(8, 30)) == pytest.approx(wanted, abs=0.05)


def _check_signal(shot, ground, frame):
    strip = shot.strip(frame)
    # Over white, so that the opposite hue stands out over black.
    light = share(255 - strip[..., :3], "cyan")
    rows = np.arange(len(light)) + 0.5
    for part in (0.2, 0.8):
        column = light[:, int(part * light.shape[1])]
        time = CLOCK[frame] + (part - 0.5) * 2
        wanted = (1 - (time + 2) / 5) * len(light)
        assert column.sum() > 0.5, "the signal is lost"
        assert rows @ column / column.sum() == pytest.approx(wanted, abs=1.5)


def _check_vectors(shot, ground, frame):
    for part in (0.3, 0.5, 1.0):
        place = ground.spot(28, 20) + part * (ground.spot(44, 36) - ground.spot(28, 20))
        assert shot.at(frame, AZURE, place) > 0.5, "the object's vector is lost"


def _check_area(left):
    def check(shot, ground, frame):
        for x, y in ((left, 34), (left + 7, 24), (left + 14, 34), (left + 7, 44)):
            column, row = shot.px(ground.spot(x, y)).astype(int)
            around = shot.panel(frame)[row - 1 : row + 2, column - 1 : column + 2, :3]
            assert around.min(axis=-1).max() > 150, "an edge of the region is lost"

    return check


def _check_path(shot, ground, frame):
    for x in (48, 60, 72, 84):
        assert shot.at(frame, "red", ground.spot(x, 55)) > 0.2, "the path is lost"


TIMES = np.arange(-20, 31) / 10
CAST = {
    "PositionOverlay": Member(
        _check_position, lambda ground: room.PositionOverlay(ground.walk(), color=GREEN)
    ),
    "BodypartOverlay": Member(
        _check_pose,
        lambda ground: room.BodypartOverlay(
            {"nose": ground.still(70, 10.2), "tail": ground.still(90, 14.8)},
            skeleton=[("nose", "tail")],
            colors={"nose": "lime", "tail": "blue"},
            skeleton_color=VIOLET,
        ),
    ),
    "HeadDirectionOverlay": Member(
        _check_heading,
        lambda ground: room.HeadDirectionOverlay(
            _angle(np.arange(N_FRAMES)), length=11, anchor=_anchor(ground, 55, 12)
        ),
    ),
    "EventOverlay": Member(
        _check_event,
        lambda ground: room.EventOverlay(
            [0.2], positions=[ground.spot(8, 30)], color="cyan", decay=0.8
        ),
    ),
    "TimeSeriesOverlay": Member(
        _check_signal,
        lambda ground: room.TimeSeriesOverlay(
            TIMES + 2, TIMES, "speed [cm/s]", "red", window=2.0, vmin=0.0, vmax=5.0
        ),
    ),
    "ObjectVectorOverlay": Member(
        _check_vectors,
        lambda ground: room.ObjectVectorOverlay(
            [ground.spot(44, 36)], color=AZURE, anchor=_anchor(ground, 28, 20)
        ),
    ),
    "VideoOverlay": Member(_check_camera, _camera),
    "RegionOverlay": Member(
        _check_area(60),
        lambda ground: room.RegionOverlay([Region("own", polygon=_area(ground, 60, 74))]),
    ),
    "show_regions": Member(_check_area(80), option=lambda ground: {"show_regions": True}),
    "overlay_trajectory": Member(
        _check_path,
        option=lambda ground: {"overlay_trajectory": ground.spot([42, 66, 90], 55)},
    ),
}


def _anchor(ground, x, y):
    return room.PositionOverlay(ground.still(x, y))


def environment(ground):
    """The environment, with a region that is drawn when asked for."""
    env = ground.make()
    env.regions.add("goal", polygon=_area(ground, 80, 94))
    return env


def together(names, ground=PLANE):
    """The overlays and options of some members."""
    members = [CAST[name] for name in names]
    options = {}
    for member in members:
        options |= member.option(ground) if member.overlay is None else {}
    return [m.overlay(ground) for m in members if m.overlay is not None], options


def shot_of(names, ground=PLANE, **more):
    overlays, options = together(names, ground)
    more = {**FIGURE, **ground.options, **options, **more}
    return shoot(*overlays, env=environment(ground), **more)
