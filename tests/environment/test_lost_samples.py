"""Lost samples, which are NaN, hide nothing of what the others say."""

from types import SimpleNamespace

import numpy as np
import pytest

from neurospatial import Environment
from neurospatial.environment import trajectory_check
from neurospatial.samples import open_field

TIMES, PLACES = open_field()
LOST = np.arange(5, 200, 7)


@pytest.mark.parametrize("layout", ["grid", "hexagonal"])
def test_a_stray_sample_is_said_among_lost_ones(layout: str) -> None:
    path = PLACES.copy()
    path[77, 1] = 310.0
    path[LOST + 1000] = np.nan
    with pytest.warns(UserWarning, match="1 of 29,8?.* lie far from all others"):
        Environment.from_samples(path, 5.0, layout=layout)


def test_positions_reach_as_far_with_lost_ones_among_them() -> None:
    ends = np.array([[0.0, 50.0], [100.0, 50.0], [np.nan, np.nan]])
    given = SimpleNamespace(
        positions=ends, layout=SimpleNamespace(bounds=((0.0, 100.0), (0.0, 100.0)))
    )
    assert trajectory_check._is_spread(given)
    given.positions = np.array([[0.0, 0.0], [3.0, 3.0], [np.nan, np.nan]])
    assert not trajectory_check._is_spread(given)


def test_a_speed_that_is_nowhere_fast_enough_is_refused_where_some_is_lost() -> None:
    env = Environment.from_samples(PLACES, 5.0)
    speed = np.full(len(PLACES), 2.0)
    speed[LOST] = np.nan
    with pytest.raises(ValueError, match=r"No sample is as fast as min_speed=3; .* moves at 2 "):
        env.occupancy(TIMES, PLACES, speed=speed, min_speed=3.0)
    speed[1] = 3.0
    assert env.occupancy(TIMES, PLACES, speed=speed, min_speed=3.0).sum() > 0


def test_a_corner_that_is_no_number_is_counted() -> None:
    corners = [(0, 0), (9, 0), (9, np.inf), (np.nan, 5)]
    with pytest.raises(ValueError, match=r"polygon has 2 coordinates not finite"):
        Environment.from_polygon(corners, 1.0)
