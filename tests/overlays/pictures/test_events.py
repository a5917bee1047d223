"""Pictures of EventOverlay: each option does what it says."""

import numpy as np
import pytest

from neurospatial.overlays import EventOverlay, PositionOverlay
from tests.overlays.pictures.options import shows
from tests.overlays.pictures.shots import disc, shoot, still

CLOCK = np.arange(4.0)
WALK = np.array([(12.3, 50.1), (37.4, 33.3), (61.7, 20.9), (88.1, 7.2)])
PLACE = (70.6, 41.8)


def along(time):
    return [np.interp(time, CLOCK, column) for column in WALK.T]


@shows("EventOverlay", "times")
def test_event_lies_where_the_animal_was_when_it_happened():
    shot = shoot(PositionOverlay(WALK, size=3), EventOverlay([1.5], decay=1.5), frames=CLOCK)
    assert [len(shot.marks(i, "magenta")) for i in range(4)] == [0, 0, 1, 1]
    shot.check_marks(2, "magenta", along(1.5))
    shot.check_marks(3, "magenta", along(1.5))


@shows("EventOverlay", "positions")
def test_event_lies_where_it_is_said_to():
    events = EventOverlay([0.0, 1.0], positions=[PLACE, (20, 20)], decay=0.5)
    shot = shoot(PositionOverlay(WALK, size=3), events, frames=CLOCK)
    shot.check_marks(0, "magenta", PLACE)
    shot.check_marks(1, "magenta", (20, 20))


def test_event_needs_no_animal_where_its_place_is_given():
    shoot(EventOverlay([0.0], positions=[PLACE]), frames=CLOCK).check_marks(0, "magenta", PLACE)


@shows("EventOverlay", "color")
def test_event_has_its_color():
    events = EventOverlay([0.0], positions=[PLACE], color="lime")
    shot = shoot(events, frames=CLOCK)
    shot.check_marks(0, "lime", PLACE)
    assert shot.amount(0, "magenta") == 0


@shows("EventOverlay", "size")
def test_event_is_as_wide_as_said():
    shot = shoot(EventOverlay([0.0], positions=[PLACE], size=18), frames=CLOCK)
    assert shot.amount(0, "magenta") == pytest.approx(disc(18), rel=0.06)


@shows("EventOverlay", "decay")
def test_event_fades_within_its_decay():
    events = EventOverlay([1.0], positions=[PLACE], decay=4.0, size=14)
    shot = shoot(events, frames=np.arange(7.0))
    light = [shot.at(i, "magenta", PLACE) for i in range(7)]
    assert light == pytest.approx([0, 1, 0.75, 0.5, 0.25, 0, 0], abs=0.03)


def test_event_fades_by_itself():
    shot = shoot(EventOverlay([1.0], positions=[PLACE], size=14), frames=np.arange(7.0))
    light = [shot.at(i, "magenta", PLACE) for i in range(7)]
    assert light == pytest.approx([0, 1, 0.8, 0.6, 0.4, 0.2, 0], abs=0.03)


@shows("EventOverlay", "anchor")
def test_event_follows_its_anchor():
    other = PositionOverlay(still(*PLACE))
    events = EventOverlay([0.0], anchor=other, decay=1.0)
    shoot(PositionOverlay(WALK, size=3), events, frames=CLOCK).check_marks(0, "magenta", PLACE)


def test_events_of_several_kinds():
    pairs = [[(x, y), (x + 5, y + 12)] for x, y in ((20, 20), (50, 40), (80, 20))]
    colors = ["lime", "cyan", "magenta"]
    spikes = [
        EventOverlay([0.0, 0.0], positions=pair, color=color)
        for pair, color in zip(pairs, colors, strict=True)
    ]
    shot = shoot(*spikes, frames=CLOCK)
    for pair, color in zip(pairs, colors, strict=True):
        shot.check_marks(0, color, pair)
