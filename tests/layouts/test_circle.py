"""Bins around a circle: the last is beside the first, and angles wind as they like."""

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurospatial.layouts import Circle, is_gridded, is_periodic
from neurospatial.layouts.periodic import shorten_steps, unwrap_places, wrap_places

TURN = 2 * np.pi

sizes = st.integers(3, 90)
angles = st.floats(-1e4, 1e4)


@given(sizes)
def test_every_centre_is_in_its_bin_after_any_turns(size: int) -> None:
    circle = Circle(np.ones(size, bool))
    for turns in (-3, 0, 1, 40):
        found = circle.locate(circle.bin_centers + turns * TURN)
        np.testing.assert_array_equal(found, np.arange(size))


@given(sizes, angles)
def test_no_angle_is_lost(size: int, angle: float) -> None:
    circle = Circle(np.ones(size, bool))
    [found] = circle.locate(np.array([[angle]]))
    [away] = shorten_steps(circle, angle - circle.bin_centers[found])
    assert abs(away) <= circle.bin_size / 2 * (1 + 1e-9)


def test_the_seam_belongs_to_the_first_bin_and_what_is_below_to_the_last() -> None:
    circle = Circle(np.ones(7, bool))
    seam = np.array([[0.0], [TURN], [-0.0], [-1e-300], [np.nextafter(TURN, 0)]])
    assert circle.locate(seam).tolist() == [0, 0, 0, 6, 6]


def test_what_is_no_angle_is_in_no_bin() -> None:
    circle = Circle(np.ones(7, bool))
    assert circle.locate(np.array([[np.nan], [np.inf], [-np.inf]])).tolist() == [-1] * 3
    assert circle.locate(np.empty((0, 1))).shape == (0,)
    with pytest.raises(ValueError, match=r"Points have shape \(4, 2\)"):
        circle.locate(np.zeros((4, 2)))


@given(sizes)
def test_every_bin_has_two_neighbours_one_bin_away(size: int) -> None:
    circle = Circle(np.ones(size, bool))
    adjacency = circle.adjacency.toarray()
    assert ((adjacency > 0).sum(axis=1) == 2).all()
    steps = shorten_steps(circle, circle.bin_centers - circle.bin_centers.T)
    beside = adjacency > 0
    np.testing.assert_allclose(adjacency[beside], np.abs(steps)[beside])
    np.testing.assert_allclose(circle.conductances.toarray()[beside] * adjacency[beside], 1)
    assert circle.bin_measures.sum() == pytest.approx(TURN)


def test_bins_left_out_are_walls() -> None:
    circle = Circle(np.ones(6, bool)).subset(np.array([0, 1, 3, 5]))
    assert circle.locate(circle.bin_centers).tolist() == [0, 1, 2, 3]
    assert circle.locate(np.array([[2.5 * TURN / 6]])).tolist() == [-1]
    linked = np.argwhere(circle.adjacency.toarray() > 0).tolist()
    assert linked == [[0, 1], [0, 3], [1, 0], [3, 0]]


def test_joined_cells_go_all_around() -> None:
    circle = Circle(np.ones(12, bool))
    assert circle.coarsen(4) == Circle(np.ones(3, bool))
    for factor in (5, 6, 12):
        with pytest.raises(ValueError, match=r"Pass one of 2, 3, 4"):
            circle.coarsen(factor)


@pytest.mark.parametrize("cells", [[True, True], [False] * 4, [[True] * 3] * 3])
def test_cells_that_make_no_circle_are_refused(cells: list[bool]) -> None:
    with pytest.raises(ValueError, match="3 or more cells"):
        Circle(np.array(cells))


def test_it_is_what_it_says() -> None:
    circle = Circle(np.array([True, False, True, True]))
    assert is_periodic(circle)
    assert is_gridded(circle)
    assert pickle.loads(pickle.dumps(circle)) == circle
    assert hash(circle) == hash(Circle(circle.active.copy()))
    assert circle != Circle(np.ones(4, bool))
    with pytest.raises(ValueError, match="no bin polygons"):
        _ = circle.bin_polygons


@given(st.lists(angles, min_size=2, max_size=30))
def test_a_path_laid_out_wraps_back_to_itself(path: list[float]) -> None:
    circle = Circle(np.ones(5, bool))
    places = wrap_places(circle, np.array(path)[:, np.newaxis])
    assert (places >= 0).all()
    assert (places <= TURN).all()
    laid = unwrap_places(circle, places)
    assert (np.abs(np.diff(laid, axis=0)) <= np.pi * (1 + 1e-9)).all()
    np.testing.assert_allclose(shorten_steps(circle, laid - places), 0, atol=1e-9)
