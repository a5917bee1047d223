"""Pictures of BodypartOverlay: each option does what it says."""

import numpy as np
import pytest

from neurospatial.overlays import BodypartOverlay, Skeleton
from tests.overlays.pictures.options import shows
from tests.overlays.pictures.shots import PX_PER_POINT, disc, shoot, still

NOSE, BACK, TAIL = (75.3, 40.2), (50.1, 31.7), (22.4, 12.6)
COLORS = {"nose": "red", "back": "lime", "tail": "blue"}
ENDS = {"nose": "red", "tail": "blue"}
LIMBS = [("nose", "back"), ("back", "tail")]


def pose(**more):
    return {"nose": still(*NOSE), "back": still(*BACK), "tail": still(*TAIL), **more}


def middle(first, second):
    return (np.array(first) + second) / 2


@shows("BodypartOverlay", "data", "colors")
def test_keypoints_are_where_they_are_in_their_colors():
    moving = still(*NOSE) + np.arange(4)[:, None] * (3.0, -7.0)
    shot = shoot(BodypartOverlay(pose(nose=moving), colors=COLORS))
    for frame in range(4):
        shot.check_marks(frame, "red", moving[frame])
        shot.check_marks(frame, "lime", BACK)
        shot.check_marks(frame, "blue", TAIL)


def test_keypoints_have_colors_of_their_own():
    shot = shoot(BodypartOverlay({"nose": still(*NOSE), "tail": still(*TAIL)}))
    shot.check_marks(0, "red", NOSE)
    assert shot.at(0, "white", TAIL) > 0.9


@shows("BodypartOverlay", "times")
def test_keypoints_are_between_their_samples():
    two = {"nose": [NOSE, NOSE, BACK], "tail": [TAIL, TAIL, TAIL]}
    shot = shoot(BodypartOverlay(two, times=[-1.0, 0.0, 2.0], colors=ENDS), frames=[0, 1, 2])
    shot.check_marks(1, "red", middle(NOSE, BACK))


def test_each_keypoint_has_its_clock():
    data = {"nose": [NOSE, BACK], "tail": [TAIL, BACK, TAIL]}
    times = {"nose": [0.0, 2.0], "tail": [0.0, 1.0, 2.0]}
    shot = shoot(BodypartOverlay(data, times=times, colors=ENDS), frames=[0, 1, 2])
    shot.check_marks(1, "red", middle(NOSE, BACK))
    shot.check_marks(1, "blue", BACK)


@shows("BodypartOverlay", "skeleton", "skeleton_color")
def test_limbs_join_keypoints():
    for skeleton in (LIMBS, Skeleton("rat", LIMBS)):
        shot = shoot(
            BodypartOverlay(pose(), skeleton=skeleton, colors=COLORS, skeleton_color="magenta")
        )
        for first, second in ((NOSE, BACK), (BACK, TAIL)):
            assert shot.at(2, "magenta", middle(first, second)) > 0.9
        assert shot.at(2, "magenta", middle(NOSE, TAIL)) == 0
        shot.check_marks(2, "red", NOSE)


def test_limbs_are_white_and_those_of_a_preset_are_drawn():
    animal = BodypartOverlay(
        {"nose": still(*NOSE), "tail_base": still(*TAIL)},
        skeleton=Skeleton.preset("mouse", ["nose", "tail_base"]),
        colors={"nose": "red", "tail_base": "blue"},
    )
    assert shoot(animal).at(0, "white", middle(NOSE, TAIL)) > 0.9


def test_limb_with_an_end_that_is_not_seen_is_not_drawn():
    nose = still(*NOSE)
    nose[1] = np.nan
    animal = BodypartOverlay(
        pose(nose=nose), skeleton=LIMBS, colors=COLORS, skeleton_color="magenta"
    )
    shot = shoot(animal)
    assert [shot.at(i, "magenta", middle(NOSE, BACK)) > 0.9 for i in range(3)] == [1, 0, 1]
    assert shot.at(1, "magenta", middle(BACK, TAIL)) > 0.9
    assert len(shot.marks(1, "red")) == 0


@shows("BodypartOverlay", "skeleton_width")
def test_limbs_are_as_wide_as_said():
    level = {"nose": still(80, 30), "tail": still(20, 30)}
    animal = BodypartOverlay(
        level, skeleton=[("nose", "tail")], colors=ENDS, skeleton_color="lime", skeleton_width=6
    )
    shot = shoot(animal)
    column = int(shot.px((50, 30))[0])
    across = shot.share(0, "lime")[:, column]
    assert across.sum() == pytest.approx(6 * PX_PER_POINT, abs=0.7)
    assert np.average(np.arange(len(across)) + 0.5, weights=across) == pytest.approx(
        shot.px((50, 30))[1], abs=0.5
    )


@shows("BodypartOverlay", "size")
def test_keypoints_are_as_wide_as_said():
    shot = shoot(BodypartOverlay(pose(), colors=COLORS, size=14))
    for color in COLORS.values():
        assert shot.amount(0, color) == pytest.approx(disc(14), rel=0.06)


@shows("BodypartOverlay", "confidence")
def test_unsure_keypoints_are_not_drawn():
    animal = BodypartOverlay(pose(), colors=COLORS, confidence={"nose": [1, 0.2, 0.9, np.nan]})
    shot = shoot(animal)
    assert [len(shot.marks(i, "red")) for i in range(4)] == [1, 0, 1, 0]
    assert [len(shot.marks(i, "blue")) for i in range(4)] == [1, 1, 1, 1]


@shows("BodypartOverlay", "min_confidence")
def test_how_sure_is_sure_enough():
    confidence = {"nose": [1, 0.2, 0.7, 0.9], "tail": [0.5] * 4}
    shot = shoot(
        BodypartOverlay(pose(), colors=COLORS, confidence=confidence, min_confidence=0.15)
    )
    assert [len(shot.marks(i, "red")) for i in range(4)] == [1, 1, 1, 1]
    assert [len(shot.marks(i, "blue")) for i in range(4)] == [1, 1, 1, 1]


@shows("BodypartOverlay", "max_gap")
def test_gap_longer_than_the_limit_stays_open():
    times = [0.0, 1.0, 5.0, 6.0]
    animal = BodypartOverlay(
        pose(), times=times, skeleton=LIMBS, colors=COLORS, skeleton_color="magenta", max_gap=2
    )
    shot = shoot(animal, frames=np.arange(7))
    for color in ("red", "blue", "magenta"):
        assert [i for i in range(7) if len(shot.marks(i, color))] == [0, 1, 5, 6]
