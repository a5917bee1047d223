"""From coordinates as they were recorded to places on the picture."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from neurospatial import Environment
from neurospatial.scene import OverlayContext
from neurospatial.scene.compile.overlays.coordinates import trajectory_coordinates

NODES = {0: (0.0, 0.0), 1: (0.0, 60.0), 2: (-50.0, 60.0), 3: (50.0, 60.0)}
TRACK = Environment.from_graph(NODES, [(0, 1), (1, 2), (1, 3)], 20.0, 5.0, units="cm")
CLOCK = np.arange(6) / 30


def context(layout, bounds=(0.0, -1.0, 200.0, 7.0)):
    return OverlayContext(CLOCK, CLOCK, bounds, layout, "cm")


def test_places_of_a_plane_are_as_they_were_given(env):
    here = context(env.layout)
    places = here.to_drawable_coordinates([[1, 2], [np.nan, np.nan], [3, 4]])
    np.testing.assert_array_equal(here.to_world(places), [[1, 2], [np.nan, np.nan], [3, 4]])


@example(80.0)
@given(st.floats(1, 199))
def test_distances_are_led_through_the_plane_and_back(distance):
    here = context(TRACK.layout)
    places = here.to_drawable_coordinates([distance])
    np.testing.assert_allclose(places, TRACK.to_2d(np.array([distance])))
    if 60 <= distance <= 80 or 130 <= distance <= 150:  # gaps; at their ends the arms meet
        return
    np.testing.assert_allclose(here.to_world(places), [[distance, -1.0]], atol=1e-9)


def test_places_between_two_arms_lie_on_the_track_and_not_in_the_gap():
    """Half way from one arm to the next is their meeting point, not half the distance."""
    here = context(TRACK.layout)
    left, right = here.to_drawable_coordinates([[-10.0, 60.0], [10.0, 60.0]])
    ((distance, _),) = here.to_world(((left + right) / 2)[None])
    assert min(abs(distance - at) for at in (60, 80, 150)) < 1e-9


def test_a_ribbon_takes_distances_and_places():
    here = context(TRACK.layout.ribbon())
    np.testing.assert_allclose(here.to_world(here.to_drawable_coordinates([30.0])), [[0, 30]])
    np.testing.assert_allclose(here.to_world(here.to_drawable_coordinates([[3, 30.0]])), [[3, 30]])


def test_a_path_keeps_its_distances_on_a_line():
    np.testing.assert_array_equal(
        trajectory_coordinates(TRACK.layout, [12.3, 70.1], "path"), [[12.3], [70.1]]
    )
    np.testing.assert_allclose(
        trajectory_coordinates(TRACK.layout, [[0.0, 30.0]], "path"), [[30.0]]
    )


def test_a_1d_grid_has_no_plane():
    grid = Environment.from_grid_edges([np.arange(5.0)])
    here = context(grid.layout, (0.0, 0.0, 4.0, 1.0))
    np.testing.assert_array_equal(here.to_world(here.to_drawable_coordinates([1.5])), [[1.5, 0.0]])
    with pytest.raises(ValueError, match=r"Expected: \(n_samples, 1\) for 1D environment"):
        here.to_drawable_coordinates([[1.0, 2.0]])


@pytest.mark.parametrize("shape", [(6, 3), (6,), (0, 2), (6, 1, 2), ()], ids=str)
def test_wrong_shapes_are_refused_with_both(env, shape):
    text = (
        r"(?s)^Head has incorrect shape.\n  Expected: \(n_samples, 2\) for 2D environment\n  Got"
    )
    with pytest.raises(ValueError, match=text):
        context(env.layout).to_drawable_coordinates(np.zeros(shape), "Head")


def test_infinite_values_are_counted(env):
    data = np.zeros((50, 2))
    data[[5, 8, 23, 40], 1] = np.inf
    text = r"found 4 samples with Inf .* indices: \[5, 8, 23, \.\.\.\].\n.* index 5: \[0.0, inf\]"
    with pytest.raises(ValueError, match=text):
        context(env.layout).to_drawable_coordinates(data)
