"""Pictures of ObjectVectorOverlay: each option does what it says."""

import numpy as np
import pytest

from neurospatial.overlays import BodypartOverlay, ObjectVectorOverlay, PositionOverlay
from tests.overlays.pictures.options import shows
from tests.overlays.pictures.shots import PX_PER_POINT, changed, shoot, still

OBJECTS = np.array([(15.3, 46.2), (84.7, 50.1)])
HERE = np.array([50.0, 15.0])


def animal(*place):
    return PositionOverlay(still(*(place or HERE)), size=3)


def check_vectors(shot, frame, start, objects=OBJECTS, color="cyan"):
    """Raise unless a mark lies on each object and a line leads there from the start."""
    for place in objects:
        for part in (0.15, 0.4, 0.6):
            there = np.array(start) + part * (np.array(place) - start)
            assert shot.at(frame, color, there) > 0.3, f"no arrow at {there}"
        assert shot.at(frame, color, place) > 0.9, f"no mark at {place}"
    ends = np.array([start, *objects])
    assert not outside(shot, frame, color, ends).any(), "something is drawn elsewhere"


def outside(shot, frame, color, ends):
    """Pixels of a colour outside of the rectangle around some places."""
    px = shot.px(ends)
    (left, top), (right, bottom) = px.min(axis=0) - 8, px.max(axis=0) + 8
    covered = shot.share(frame, color) > 0.3
    rows, columns = np.indices(covered.shape)
    return covered & ((columns < left) | (columns > right) | (rows < top) | (rows > bottom))


@shows("ObjectVectorOverlay", "objects")
def test_arrows_lead_from_the_animal_to_the_objects():
    shot = shoot(animal(), ObjectVectorOverlay(OBJECTS))
    check_vectors(shot, 0, HERE)


def test_objects_alone_are_marked_to_half_a_pixel():
    # An animal that is lost leaves no arrow beside the marks.
    lost = still(*HERE)
    lost[1] = np.nan
    shot = shoot(PositionOverlay(lost, size=3), ObjectVectorOverlay(OBJECTS))
    shot.check_marks(1, "cyan", OBJECTS)


def test_arrows_follow_the_animal():
    walk = np.array([(20, 10), (40, 20), (60, 5), (80, 12)], dtype=float)
    shot = shoot(PositionOverlay(walk, size=3), ObjectVectorOverlay(OBJECTS))
    for frame, place in enumerate(walk):
        check_vectors(shot, frame, place)


def test_objects_of_a_mapping_have_their_names():
    plain = shoot(animal(), ObjectVectorOverlay(OBJECTS))
    named = shoot(animal(), ObjectVectorOverlay({"lamp": OBJECTS[0], "door": OBJECTS[1]}))
    check_vectors(named, 0, HERE)
    differs = changed(plain.panel(0), named.panel(0))
    for place in OBJECTS:
        column, row = named.px(place).astype(int)
        below = np.s_[row + 8 : row + 28, column - 22 : column + 22]
        assert (named.share(0, "white")[below] > 0.5).sum() > 15, "no name below the object"
        differs[below] = False
    assert not differs.any()


@shows("ObjectVectorOverlay", "color")
def test_arrows_have_their_color():
    shot = shoot(animal(), ObjectVectorOverlay(OBJECTS, color="lime"))
    check_vectors(shot, 0, HERE, color="lime")
    assert shot.amount(0, "cyan") < 1


@shows("ObjectVectorOverlay", "width")
def test_arrows_are_as_wide_as_said():
    widths = []
    for width in (2, 5):
        shot = shoot(animal(20, 30), ObjectVectorOverlay([(80, 30)], width=width))
        column = int(shot.px((40, 30))[0])
        widths.append(shot.share(0, "cyan")[:, column].sum())
    assert widths == pytest.approx([2 * PX_PER_POINT, 5 * PX_PER_POINT], abs=0.8)


@shows("ObjectVectorOverlay", "anchor")
def test_arrows_start_at_their_anchor():
    vectors = ObjectVectorOverlay(OBJECTS, anchor=animal(70, 20))
    check_vectors(shoot(animal(20, 20), vectors), 0, (70, 20))


def test_arrows_of_a_pose_start_amid_its_keypoints():
    pose = BodypartOverlay({"nose": still(50, 23), "tail": still(50, 7)})
    check_vectors(shoot(pose, ObjectVectorOverlay(OBJECTS)), 0, HERE)
