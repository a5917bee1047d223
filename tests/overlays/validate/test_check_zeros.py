"""Lost tracking written as (0, 0) is said, an animal that was there is not."""

import warnings

import numpy as np
import pytest

from neurospatial.overlays import BodypartOverlay, PositionOverlay
from tests.overlays.scenes import make_box, make_layers, make_line

CLOCK = np.arange(400) / 20


def walk(low, high):
    """A random walk in the box, each step a few cm."""
    rng = np.random.default_rng(1)
    steps = rng.normal(0, 2, (len(CLOCK), 2)).cumsum(axis=0)
    low, high = np.array(low), np.array(high)
    turned = np.mod(steps, 2 * (high - low))
    return low + np.minimum(turned, 2 * (high - low) - turned)


def list_warnings(overlay, env=None):
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        make_layers(env or make_box(), [overlay], CLOCK)
    return [str(one.message) for one in found if "exactly (0, 0)" in str(one.message)]


@pytest.mark.parametrize("wrap", [PositionOverlay, lambda xy, t: BodypartOverlay({"a": xy}, t)])
def test_lost_samples_are_said(wrap):
    path = walk((30, 20), (90, 55))
    path[40:60] = 0
    (text,) = list_warnings(wrap(path, CLOCK))
    assert text.startswith(
        ("PositionOverlay: 20 of 400 samples (5 %)", "BodypartOverlay: 20 of 400 samples (5 %)")
    )
    assert "pass lost=0" in text
    path[40:60] = np.nan
    assert not list_warnings(wrap(path, CLOCK))


def test_few_samples_or_a_rest_in_the_corner_are_no_loss():
    path = walk((30, 20), (90, 55))
    path[40:45] = 0
    assert not list_warnings(PositionOverlay(path, CLOCK))
    path = walk((0.5, 0.5), (90, 55))
    path[:50] = np.linspace((0.01, 0.01), path[50], 50)
    path[100:150] = 0
    path[99] = path[150] = 0.5
    assert not list_warnings(PositionOverlay(path, CLOCK))


def test_an_animal_that_never_moved_and_distances_are_not_looked_at():
    assert not list_warnings(PositionOverlay(np.zeros((400, 2)), CLOCK))
    along = np.where(np.arange(400) < 100, 0.0, 50.0)
    assert not list_warnings(PositionOverlay(along, CLOCK), make_line())


def test_keypoints_that_are_mostly_left_out_are_said():
    path, scores = walk((30, 20), (90, 55)), np.full(400, 0.25)
    scores[:100] = 0.9
    overlay = BodypartOverlay({"nose": path}, CLOCK, confidence={"nose": scores})
    text = r"Pose: 75 % of the samples of 'nose' are not drawn: .*min_confidence=0.3, the median"
    with pytest.warns(UserWarning, match=text):
        make_layers(make_box(), [overlay], CLOCK)
    overlay.min_confidence = 0.2
    make_layers(make_box(), [overlay], CLOCK)
