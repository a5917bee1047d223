from dataclasses import dataclass

import numpy as np
import pytest

from neurospatial.overlays.anchor import resolve_anchor
from neurospatial.overlays.bodypart import BodypartOverlay
from neurospatial.overlays.events import EventOverlay
from neurospatial.overlays.head_direction import HeadDirectionOverlay
from neurospatial.overlays.object_vector import ObjectVectorOverlay
from neurospatial.overlays.position import PositionOverlay
from neurospatial.overlays.trajectory import Trajectory
from tests.overlays.scenes import make_box, make_context, make_layers, make_track

TIMES = np.array([0.0, 1.0, 2.0])
FRAMES = np.array([0.0, 0.5, 1.0, 2.0])


def at(x):
    return PositionOverlay(np.full((3, 2), float(x)), TIMES, name=f"at {x}")


def heading(**more):
    return HeadDirectionOverlay(np.zeros(3), TIMES, **more)


@dataclass(eq=False)
class ThirdParty:
    """An overlay with neither place nor anchor."""

    def layers(self, context):
        return ()


def place(overlay, *overlays):
    """The x at which an overlay finds its animal; None where it finds none."""
    found = resolve_anchor(overlay, make_context(FRAMES, overlays=overlays))
    return None if found is None else float(found.interpolate(np.array([0.5]))[0, 0])


def test_alone_there_is_none():
    overlay = heading()
    assert place(overlay, overlay, ThirdParty()) is None


def test_as_many_of_both_go_in_pairs():
    a, b = heading(), heading()
    overlays = (a, at(10), at(20), b, ThirdParty())
    assert (place(a, *overlays), place(b, *overlays)) == (10, 20)


def test_otherwise_all_go_with_the_first():
    a, b = heading(), heading()
    assert (place(a, a, b, at(10)), place(b, a, b, at(10))) == (10, 10)
    assert place(a, a, at(10), at(20)) == 10
    third_party = ThirdParty()
    assert place(third_party, a, b, third_party, at(30), at(20)) == 30


def test_overlays_of_other_kinds_are_not_counted():
    a, b = heading(), heading()
    third_party = ThirdParty()
    overlays = (third_party, a, b, at(10), at(20))
    assert (place(b, *overlays), place(third_party, *overlays)) == (20, 10)


def test_anchor_comes_first_drawn_or_not():
    far = at(40)
    overlay = heading(anchor=far)
    assert place(overlay, overlay, at(10)) == 40
    assert place(overlay, overlay, at(10), far) == 40


@pytest.mark.parametrize(
    "overlay",
    [
        HeadDirectionOverlay(np.zeros(3), TIMES, anchor=(1.0, 2.0)),
        EventOverlay([1.0], anchor=(1.0, 2.0)),
        ObjectVectorOverlay([(1.0, 2.0)], anchor=(1.0, 2.0)),
    ],
    ids=lambda overlay: type(overlay).__name__,
)
def test_anchor_that_is_nowhere_is_refused(overlay):
    name = type(overlay).__name__
    with pytest.raises(TypeError, match=rf"(?s)^{name}: anchor is a tuple\..*WHY: .*HOW: "):
        place(overlay, overlay)


def test_body_serves_where_there_is_no_position():
    def body(x):
        data = {"nose": np.full((3, 2), x + 1.0), "tail": np.full((3, 2), x - 3.0)}
        return BodypartOverlay(data, TIMES)

    a, b = heading(), heading()
    overlays = (a, b, body(20), body(30))
    assert (place(a, *overlays), place(b, *overlays)) == (19, 29)
    assert place(a, a, body(20), at(10)) == 10


def test_middle_of_a_body_is_that_of_what_is_seen():
    nose, tail = np.full((3, 2), 10.0), np.full((3, 2), 20.0)
    nose[1], tail[2, 0] = np.nan, np.nan
    body = BodypartOverlay({"nose": nose, "tail": tail}, TIMES, confidence={"tail": [0, 1, 1]})
    found = body.to_trajectory(make_context(FRAMES))
    np.testing.assert_array_equal(found.places, [[10, 10], [20, 20], [10, 10]])
    tail[1] = np.nan
    found = body.to_trajectory(make_context(FRAMES))
    assert np.isnan(found.places[1]).all()


def test_middle_of_a_body_of_several_clocks():
    data = {"nose": np.array([[0.0, 0.0], [20.0, 20.0]]), "tail": np.full((2, 2), 10.0)}
    body = BodypartOverlay(data, {"nose": [0, 2], "tail": [1, 3]}, max_gap=5)
    found = body.to_trajectory(make_context(FRAMES))
    assert found.times.tolist() == [0, 1, 2, 3]
    assert found.max_gap == 5
    np.testing.assert_array_equal(found.places[:, 0], [0, 10, 15, 10])


def test_each_arrow_stands_on_its_own_animal():
    overlays = [at(10), heading(), at(40), heading()]
    layers = make_layers(make_box(), overlays, FRAMES)
    for number in (1, 2):
        mark = layers["at 10" if number == 1 else "at 40"]
        np.testing.assert_array_equal(layers[f"Head direction {number}"].start, mark.xy)


def test_clock_of_an_anchor_that_is_not_drawn_is_checked():
    late = PositionOverlay(np.ones((3, 2)), TIMES + 50)
    with pytest.raises(ValueError, match="anchor PositionOverlay: No temporal overlap"):
        make_layers(make_box(), [heading(anchor=late)], FRAMES)
    short = PositionOverlay(np.ones((3, 2)), TIMES / 5)
    with pytest.warns(UserWarning, match="anchor PositionOverlay: Limited") as found:
        make_layers(make_box(), [heading(anchor=short)], FRAMES)
    assert len(found) == 1


def test_clock_of_a_drawn_companion_is_told_once():
    short = PositionOverlay(np.ones((3, 2)), TIMES / 5)
    with pytest.warns(UserWarning, match="Limited") as found:
        make_layers(make_box(), [heading(), short, heading(anchor=short)], FRAMES)
    assert len(found) == 1


def test_place_on_a_track_is_in_the_plane_until_it_is_drawn():
    position = PositionOverlay([10.0, 55.0], [0.0, 1.0])
    context = make_context(FRAMES, env=make_track(), overlays=(position,))
    found = resolve_anchor(ThirdParty(), context)
    np.testing.assert_allclose(
        found.interpolate(np.array([0.0, 1.0, 9.0])), [[10, 0], [40, 15], [np.nan] * 2]
    )
    np.testing.assert_allclose(context.to_world(found.interpolate(np.array([1.0])))[:, 0], [55])


def test_gap_of_the_position_is_kept():
    trajectory = Trajectory(np.array([0.0, 10.0]), np.zeros((2, 2)), max_gap=5.0)
    assert np.isnan(trajectory.interpolate(np.array([3.0]))).all()
    assert (
        PositionOverlay(np.zeros((3, 2)), TIMES, max_gap=7)
        .to_trajectory(make_context(FRAMES))
        .max_gap
        == 7
    )
