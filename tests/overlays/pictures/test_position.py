"""Pictures of PositionOverlay: each option does what it says."""

import numpy as np
import pytest

from neurospatial.overlays import PositionOverlay
from tests.overlays.pictures.options import shows
from tests.overlays.pictures.shots import disc, shoot, still

WALK = np.array([(12.3, 50.1), (37.4, 33.3), (61.7, 20.9), (88.1, 7.2)])


@shows("PositionOverlay", "data")
def test_mark_is_where_the_animal_is():
    shot = shoot(PositionOverlay(WALK))
    for frame, place in enumerate(WALK):
        shot.check_marks(frame, "red", place)


def test_lost_animal_is_not_drawn():
    walk = WALK.copy()
    walk[2] = np.nan
    shot = shoot(PositionOverlay(walk))
    assert [len(shot.marks(frame, "red")) for frame in range(4)] == [1, 1, 0, 1]


@shows("PositionOverlay", "times")
def test_mark_is_between_two_samples():
    times = np.array([-1.0, 0.5, 1.5, 4.0])
    shot = shoot(PositionOverlay(WALK, times=times), frames=[0, 1, 2, 3])
    for frame in range(4):
        place = [np.interp(frame, times, column) for column in WALK.T]
        shot.check_marks(frame, "red", place)


@shows("PositionOverlay", "color")
def test_mark_has_its_color():
    shot = shoot(PositionOverlay(WALK, color="cyan"))
    shot.check_marks(1, "cyan", WALK[1])
    assert shot.amount(1, "red") == 0


def test_translucent_mark_lets_the_field_through():
    shot = shoot(PositionOverlay(WALK, color=(0, 1, 0, 0.5)))
    assert shot.at(2, "lime", WALK[2]) == pytest.approx(0.5, abs=0.02)


@shows("PositionOverlay", "size")
def test_mark_is_as_wide_as_said():
    for size in (6.0, 20.0):
        shot = shoot(PositionOverlay(WALK, size=size))
        assert shot.amount(1, "red") == pytest.approx(disc(size), rel=0.06)


@shows("PositionOverlay", "trail_length")
def test_trail_reaches_back_as_far_as_asked():
    walk = np.stack([np.linspace(8, 92, 7), np.linspace(12, 45, 7)], axis=1)
    shot = shoot(PositionOverlay(walk, trail_length=2), frames=7)
    for frame in range(7):
        between = (walk[1:] + walk[:-1]) / 2
        light = np.array([shot.at(frame, "red", place) for place in between])
        steps = np.flatnonzero(light > 0.1)
        assert steps.tolist() == [step for step in (frame - 2, frame - 1) if step >= 0]
        assert (np.diff(light[steps]) > 0).all(), "an older piece is not fainter"


@shows("PositionOverlay", "trail")
def test_trail_reaches_back_as_many_seconds_as_asked():
    walk = np.stack([np.linspace(8, 92, 7), np.linspace(12, 45, 7)], axis=1)
    shot = shoot(PositionOverlay(walk, trail=1.0), frames=np.arange(7) / 2)
    between = (walk[1:] + walk[:-1]) / 2
    light = np.array([shot.at(5, "red", place) for place in between])
    assert np.flatnonzero(light > 0.1).tolist() == [3, 4]


@shows("PositionOverlay", "max_gap")
def test_gap_longer_than_the_limit_stays_open():
    times = np.array([0.0, 1.0, 5.0, 6.0])
    shot = shoot(PositionOverlay(WALK, times=times, max_gap=2.0), frames=np.arange(7))
    frames_shown = [frame for frame in range(7) if len(shot.marks(frame, "red"))]
    assert frames_shown == [0, 1, 5, 6]


def test_gap_within_the_limit_is_bridged():
    times = np.array([0.0, 1.0, 5.0, 6.0])
    shot = shoot(PositionOverlay(WALK, times=times), frames=np.arange(7))
    shot.check_marks(3, "red", (WALK[1] + WALK[2]) / 2)


def test_several_animals():
    others = [still(20, 15), still(50, 40), still(83, 22)]
    colors = ["red", "lime", "blue"]
    animals = [PositionOverlay(o, color=c) for o, c in zip(others, colors, strict=True)]
    shot = shoot(*animals)
    for place, color in zip(others, colors, strict=True):
        shot.check_marks(3, color, place[0])
