from dataclasses import FrozenInstanceError

import networkx as nx
import pytest

from neurospatial.overlays.skeleton import _PRESETS, Skeleton, as_skeleton
from tests.overlays.scenes import EXPLAINED

CALMS21 = ["nose", "left_ear", "right_ear", "neck", "left_hip", "right_hip", "tail_base"]


@pytest.mark.parametrize("name", _PRESETS)
def test_presets_are_whole_animals(name):
    """In one piece, and no limb twice."""
    skeleton = Skeleton.preset(name)
    assert skeleton.name == name
    assert nx.is_connected(nx.Graph(skeleton.edges))
    assert len({frozenset(edge) for edge in skeleton.edges}) == len(skeleton.edges)


@pytest.mark.parametrize(("name", "n_parts"), [("mouse", 27), ("fly", 13), ("openfield", 4)])
def test_presets_have_the_keypoints_of_their_models(name, n_parts):
    assert len(Skeleton.preset(name).parts) == n_parts


def test_preset_among_the_parts_at_hand():
    edges = Skeleton.preset("mouse", CALMS21).edges
    assert {frozenset(edge) for edge in edges} == {
        frozenset(edge)
        for edge in [
            ("nose", "left_ear"), ("nose", "right_ear"), ("nose", "neck"), ("neck", "left_ear"),
            ("neck", "right_ear"), ("neck", "left_hip"), ("neck", "right_hip"),
            ("neck", "tail_base"), ("left_hip", "tail_base"), ("right_hip", "tail_base"),
        ]
    }  # fmt: skip


def test_recording_of_two_keypoints_has_one_limb():
    """The flies among the recordings are tracked at these two."""
    assert Skeleton.preset("fly", ["thorax", "head"]).edges == (("thorax", "head"),)


def test_branching_without_its_middle_falls_apart():
    assert Skeleton.preset("fly", ["head", "wingL", "wingR"]).edges == ()
    assert Skeleton.preset("fly", ["wingL", "eyeL", "head"]).edges == (
        ("head", "wingL"),
        ("head", "eyeL"),
    )


def test_among_gives_only_the_parts_asked_for():
    for n in range(len(CALMS21)):
        assert set(Skeleton.preset("mouse", CALMS21[:n]).parts) <= set(CALMS21[:n])


def test_skeleton_is_frozen_and_comparable():
    skeleton = Skeleton("s", [["a", "b"]])
    assert skeleton == Skeleton("s", (("a", "b"),))
    assert hash(skeleton) == hash(Skeleton("s", (("a", "b"),)))
    with pytest.raises(FrozenInstanceError):
        skeleton.name = "t"


def test_pairs_and_nothing_are_skeletons():
    assert as_skeleton([("a", "b")]).edges == (("a", "b"),)
    assert as_skeleton(None).edges == ()
    skeleton = Skeleton("s", (("a", "b"),))
    assert as_skeleton(skeleton) is skeleton


def test_unknown_preset():
    text = "(?s)no skeleton 'mose'. Did you mean 'mouse'.*mouse, rat, openfield, fly"
    with pytest.raises(ValueError, match=text):
        Skeleton.preset("mose")


@pytest.mark.parametrize("edge", [("a",), ("a", "b", "c"), ("a", "a"), "ab", (1, 2)], ids=str)
def test_what_is_no_limb(edge):
    with pytest.raises(ValueError, match="(?s)A limb of the skeleton is .*" + EXPLAINED):
        Skeleton("s", (edge,))


def test_missing_parts_are_suggested():
    skeleton = Skeleton("s", (("nose", "ear_left"), ("nose", "tail_tip"), ("nose", "xyz")))
    text = (
        r"(?s)Skeleton references bodyparts not in data.\n"
        r"  Missing: \['ear_left', 'tail_tip', 'xyz'\]\n"
        r"  Available: \['nose', 'ear_right', 'tail_base'\]\n\n"
        r"  WHY: Cannot draw edges without both endpoint keypoints.*"
        r"  Suggestions \(fuzzy match\):\n"
        r"    'ear_left' -> Did you mean 'ear_right'\?\n"
        r"    'tail_tip' -> Did you mean 'tail_base'\?$"
    )
    with pytest.raises(ValueError, match=text):
        skeleton.check_parts(["nose", "ear_right", "tail_base"])
    skeleton.check_parts(["nose", "ear_left", "tail_tip", "xyz", "more"])


def test_missing_parts_without_anything_alike():
    with pytest.raises(ValueError, match=r"Missing: \['zzz'\]") as caught:
        Skeleton("s", (("nose", "zzz"),)).check_parts(["nose"])
    assert "Suggestions" not in str(caught.value)
