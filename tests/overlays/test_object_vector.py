import numpy as np
import pytest
from shapely import box

from neurospatial import Environment
from neurospatial.layouts import RegularGrid
from neurospatial.overlays.bodypart import BodypartOverlay
from neurospatial.overlays.object_vector import ObjectVectorOverlay
from neurospatial.overlays.position import PositionOverlay
from neurospatial.scene import Points, Segments, Text, compile_scene

CLOCK = np.arange(0.0, 5.0)
PLACES = np.array([(1, 1), (2, 1), (3, 5), (np.nan, np.nan), (5, 5)], dtype=float)
ANIMAL = PositionOverlay(PLACES)
OBJECTS = np.array([(10.0, 12.0), (30.0, 4.0), (-2.0, 3.0)])


def arena():
    return Environment.from_polygon(box(-5, 0, 40, 20), bin_size=5.0)


def maze():
    nodes = {0: (0, 0), 1: (30, 0), 2: (30, 40)}
    return Environment.from_graph(nodes, [(0, 1), (1, 2)], 0.0, 5.0)


def layers(*overlays, env=None, **more):
    env = env or arena()
    fields = np.zeros((len(CLOCK), env.n_bins))
    scene = compile_scene(
        env, fields, vmin=0, vmax=1, overlays=overlays, frame_times=CLOCK, **more
    )
    return [layer for layer in scene.panels[0].layers if layer.name.startswith("Object vectors")]


def test_arrows_run_from_the_animal_to_every_object():
    arrows, marks = layers(ANIMAL, ObjectVectorOverlay(OBJECTS, "red", 3.0))
    assert isinstance(arrows, Segments)
    assert isinstance(marks, Points)
    start, stop = np.broadcast_arrays(arrows.start, arrows.stop)
    assert start.shape == (5, 3, 2)
    for frame, place in enumerate(PLACES):
        for number, there in enumerate(OBJECTS):
            np.testing.assert_array_equal(start[frame, number], place)
            np.testing.assert_array_equal(stop[frame, number], there)
    assert (arrows.arrowhead, arrows.width, arrows.color, arrows.z) == (
        True,
        3.0,
        (1, 0, 0, 1),
        2.8,
    )
    np.testing.assert_array_equal(marks.xy, OBJECTS[None])


def test_names_stand_below_their_objects():
    named = {"lamp": (10, 12), "box": (30, 4)}
    (
        arrows,
        *_,
    ) = found = layers(ANIMAL, ObjectVectorOverlay(named))
    texts = {layer.strings: layer for layer in found if isinstance(layer, Text)}
    assert set(texts) == {("lamp",), ("box",)}
    assert texts[("box",)].anchor.tolist() == [[30, 4]]
    assert texts[("box",)].shift[1] < -4
    assert len({layer.name for layer in found}) == len(found) == 4
    assert arrows.stop.tolist() == [[[10, 12], [30, 4]]]


def test_start_is_between_samples_of_the_tracking():
    animal = PositionOverlay([(0, 0), (8, 4)], [0, 4], max_gap=9)
    arrows, _ = layers(animal, ObjectVectorOverlay(OBJECTS[:1]))
    np.testing.assert_allclose(arrows.start[:, 0], np.outer(np.arange(5), (2, 1)))


def test_follows_a_pose_or_its_anchor():
    pose = BodypartOverlay({"nose": PLACES[[0] * 5] + 2, "tail": PLACES[[0] * 5]})
    arrows, _ = layers(pose, ObjectVectorOverlay(OBJECTS))
    assert (arrows.start == 2).all()
    arrows, _ = layers(pose, ObjectVectorOverlay(OBJECTS, anchor=ANIMAL))
    np.testing.assert_array_equal(arrows.start[:, 1], PLACES)


def test_two_animals_have_their_own():
    animals = [PositionOverlay(np.full((5, 2), n)) for n in (3.0, 8.0)]
    found = layers(*animals, *[ObjectVectorOverlay(OBJECTS[:1]) for _ in range(2)])
    arrows = {layer.name: layer for layer in found if isinstance(layer, Segments)}
    assert {name: layer.start.max() for name, layer in arrows.items()} == {
        "Object vectors 1": 3,
        "Object vectors 2": 8,
    }


def test_on_a_strip_objects_lie_along_the_track_or_in_the_plane():
    animal = PositionOverlay(np.array([0.0, 10, 30, 50, 70]))
    for objects in ({"well": 50.0}, {"well": (30, 20)}, [(30, 20)], [50.0]):
        arrows, *_ = layers(animal, ObjectVectorOverlay(objects), env=maze(), track="ribbon")
        np.testing.assert_allclose(arrows.stop[0, 0], (30, 20), atol=1e-5)
    np.testing.assert_allclose(
        arrows.start[:, 0], [(0, 0), (10, 0), (30, 0), (30, 20), (30, 40)], atol=1e-5
    )


@pytest.mark.parametrize(
    "env", [maze(), Environment(RegularGrid((np.arange(5.0),), np.ones(4, bool)))]
)
def test_a_line_is_refused(env):
    text = r"(?s)ObjectVectorOverlay requires 2D environment\..*WHY.*HOW.*track='ribbon'"
    with pytest.raises(ValueError, match=text):
        layers(ObjectVectorOverlay(OBJECTS, anchor=PositionOverlay(np.arange(5.0))), env=env)


@pytest.mark.parametrize(
    ("overlay", "text"),
    [
        (ObjectVectorOverlay(OBJECTS[:, :1], anchor=ANIMAL), r"Object positions.*Got: \(3, 1\)"),
        (ObjectVectorOverlay({}, anchor=ANIMAL), r"Object positions has incorrect shape"),
        (ObjectVectorOverlay({"lamp": (1, 2, 3)}, anchor=ANIMAL), r"object 'lamp'.*\(1, 3\)"),
        (ObjectVectorOverlay([(1, 2), (np.nan, 3)], anchor=ANIMAL), "1 of 2 objects .* index 1"),
        (ObjectVectorOverlay([(1, np.inf)], anchor=ANIMAL), "1 samples with Inf"),
        (ObjectVectorOverlay(OBJECTS, width=0, anchor=ANIMAL), "width is 0 points"),
        (ObjectVectorOverlay(OBJECTS, "rde", anchor=ANIMAL), "'rde' is not a colour"),
        (ObjectVectorOverlay(OBJECTS), "There is no animal"),
    ],
)
def test_mistakes_are_explained(overlay, text):
    with pytest.raises(ValueError, match=rf"(?s){text}.*WHY.*HOW"):
        layers(overlay)
