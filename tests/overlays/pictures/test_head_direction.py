"""Pictures of HeadDirectionOverlay: each option does what it says."""

import numpy as np
import pytest

from neurospatial.overlays import BodypartOverlay, HeadDirectionOverlay, PositionOverlay
from tests.overlays.pictures.options import shows
from tests.overlays.pictures.shots import PX_PER_POINT, shoot, still

HERE, LENGTH = np.array([55.2, 28.4]), 20.0
CENTRE = np.array([50.0, 30.0])
ANGLES = np.array([0.0, 2.0, -1.2, 5.0])


def position(*place, **more):
    return PositionOverlay(still(*place), size=3, color="blue", **more)


def way(angle):
    return np.array([np.cos(angle), np.sin(angle)])


def check_arrow(shot, frame, start, angle, length=LENGTH, color="yellow"):
    """Raise unless an arrow of this length leads this way from its start, head ahead."""
    covered = shot.share(frame, color)
    rows, columns = np.nonzero(covered > 0.5)
    assert len(rows) > 20, f"frame {frame}: no arrow of {color}"
    from_start = np.stack([columns + 0.5, rows + 0.5], axis=1) - shot.px(start)
    along = way(angle) * (1, -1)
    reached, beside = from_start @ along, from_start @ (along[1], -along[0])
    far = length * shot.px_per_unit[0]
    assert reached.max() == pytest.approx(far, abs=1.5), f"frame {frame}: the tip is elsewhere"
    assert reached.min() < 5, f"frame {frame}: the arrow starts elsewhere"
    shaft = reached < far - 6 * 3 * PX_PER_POINT
    assert abs(beside[shaft].mean()) < 0.5, f"frame {frame}: the arrow is beside its way"
    head = (reached > far / 2) & ~shaft
    assert np.ptp(beside[head]) > 1.5 * np.ptp(beside[shaft]), f"frame {frame}: no head"


@shows("HeadDirectionOverlay", "data")
def test_arrow_leads_the_way_of_each_angle():
    shot = shoot(position(*HERE), HeadDirectionOverlay(ANGLES))
    for frame, angle in enumerate(ANGLES):
        check_arrow(shot, frame, HERE, angle)


def test_arrow_leads_the_way_of_each_vector():
    vectors = np.stack([way(angle) for angle in ANGLES]) * [[1], [0.1], [7], [0]]
    shot = shoot(position(*HERE), HeadDirectionOverlay(vectors))
    for frame in range(3):
        check_arrow(shot, frame, HERE, ANGLES[frame])
    assert shot.amount(3, "yellow") < 1, "a vector of no length is drawn"


@shows("HeadDirectionOverlay", "times")
def test_arrow_turns_the_short_way_between_samples():
    shot = shoot(
        position(*HERE, times=[0.0, 2.0, 3.0, 4.0]),
        HeadDirectionOverlay([1.0, 6.1, 0.4], times=[-1.0, 0.0, 2.0]),
        frames=[0, 1, 2],
    )
    check_arrow(shot, 1, HERE, (6.1 - 2 * np.pi + 0.4) / 2)


@shows("HeadDirectionOverlay", "color")
def test_arrow_has_its_color():
    shot = shoot(position(*HERE), HeadDirectionOverlay(ANGLES, color="lime"))
    check_arrow(shot, 1, HERE, ANGLES[1], color="lime")
    assert shot.amount(1, "yellow") < 1


@shows("HeadDirectionOverlay", "length")
def test_arrow_is_as_long_as_said():
    shot = shoot(position(*HERE), HeadDirectionOverlay(ANGLES, length=26))
    check_arrow(shot, 1, HERE, ANGLES[1], length=26)


@shows("HeadDirectionOverlay", "width")
def test_arrow_is_as_wide_as_said():
    widths = []
    for width in (3, 6):
        arrow = HeadDirectionOverlay(np.zeros(4), length=40, width=width)
        shot = shoot(position(30, 30), arrow)
        column = int(shot.px((40, 30))[0])
        widths.append(shot.share(0, "yellow")[:, column].sum())
    assert widths == pytest.approx([3 * PX_PER_POINT, 6 * PX_PER_POINT], abs=0.8)


@shows("HeadDirectionOverlay", "max_gap")
def test_gap_longer_than_the_limit_stays_open():
    times = [0.0, 1.0, 5.0, 6.0]
    shot = shoot(
        position(*HERE, times=times),
        HeadDirectionOverlay(ANGLES, times=times, max_gap=2),
        frames=np.arange(7),
    )
    assert [i for i in range(7) if shot.amount(i, "yellow") > 20] == [0, 1, 5, 6]


@shows("HeadDirectionOverlay", "anchor")
def test_arrow_starts_at_its_anchor():
    shown, other = position(15, 12), position(70, 35)
    shot = shoot(shown, HeadDirectionOverlay(ANGLES, anchor=other))
    check_arrow(shot, 1, (70, 35), ANGLES[1])


def test_arrow_follows_the_animal():
    walk = np.array([(25.0, 25.0), (60.0, 25.0), (60.0, 40.0), (70.0, 30.0)])
    shot = shoot(PositionOverlay(walk, size=3, color="blue"), HeadDirectionOverlay(ANGLES))
    for frame in range(4):
        check_arrow(shot, frame, walk[frame], ANGLES[frame])


def test_arrow_without_a_position_starts_amid_the_keypoints():
    pose = BodypartOverlay(
        {"nose": still(60, 40), "tail": still(70, 20)}, colors={"nose": "red", "tail": "blue"}
    )
    check_arrow(shoot(pose, HeadDirectionOverlay(ANGLES)), 1, (65, 30), ANGLES[1])


def test_arrow_alone_starts_at_the_centre():
    shot = shoot(HeadDirectionOverlay(ANGLES))
    for frame in range(4):
        check_arrow(shot, frame, CENTRE, ANGLES[frame])


def test_each_animal_has_its_arrow():
    shot = shoot(
        position(20, 30),
        position(80, 30),
        HeadDirectionOverlay(ANGLES, length=15),
        HeadDirectionOverlay(ANGLES + 1, color="lime", length=15),
    )
    check_arrow(shot, 2, (20, 30), ANGLES[2], length=15)
    check_arrow(shot, 2, (80, 30), ANGLES[2] + 1, length=15, color="lime")
