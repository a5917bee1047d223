"""A few positions far from all others are said before they stretch an environment."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neurospatial import Environment
from neurospatial.environment.discretize.stray_positions import find_stray_positions
from neurospatial.layouts import RegularGrid
from neurospatial.samples import open_field
from tests.environment.kinds import seeds

_, PLACES = open_field()


@pytest.mark.parametrize("layout", ["grid", "hexagonal", "triangular"])
def test_one_sample_far_away_is_said(layout: str) -> None:
    path = PLACES.copy()
    path[77, 1] = 310.0
    expected = (
        r"1 of 29,800 positions \(0.0034 %\) lie far from all others: "
        r"y runs from 0.9\d* to 310, of the others from 0.9\d* to 99.\d*"
    )
    with pytest.warns(UserWarning, match=expected):
        Environment.from_samples(path, 5.0, layout=layout)
    path[77] = np.nan
    Environment.from_samples(path, 5.0, layout=layout)


def test_lost_samples_at_zero_are_told_as_such() -> None:
    path = PLACES + 300
    path[::70] = 0
    with pytest.warns(UserWarning, match=r"426 of 29,800 .*\n.*lost where they are all 0") as told:
        Environment.from_samples(path, 5.0)
    assert {one.filename for one in told} == {__file__}


@settings(deadline=None)
@given(
    st.integers(200, 3000),
    st.lists(st.floats(1.6, 1e6) | st.floats(-1e6, -0.6), max_size=3),
    st.floats(-1e6, 1e6),
    st.floats(1e-3, 1e6),
    seeds,
)
def test_strays_are_counted_on_either_side(
    n: int, strays: list[float], shift: float, scale: float, seed: int
) -> None:
    others = np.random.default_rng(seed).permutation(np.linspace(0, 1, n))
    found = find_stray_positions(shift + scale * np.append(others, strays))
    assert found.number == len(strays)
    np.testing.assert_allclose([found.low, found.high], [shift, shift + scale], rtol=1e-9)


def test_of_places_that_animals_go_to_nothing_is_said() -> None:
    rng = np.random.default_rng(0)
    arm = np.linspace(1, 4, 60)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for x in (
            PLACES[:, 0],
            rng.normal(size=100_000),
            np.append(rng.random(20_000), arm),
            np.append(rng.random(1000), 9 + rng.random(100)),
            np.array([0.0, 9.0, 0.0, 90.0]),
            np.zeros(5),
            np.empty(0),
            np.array([-1.7e308, 1.7e308]),
        ):
            assert find_stray_positions(x).number == 0
    assert isinstance(Environment.from_samples(PLACES, 5.0).layout, RegularGrid)


def test_the_first_bin_is_in_the_environment() -> None:
    line = Environment.from_mask([True] * 4, [range(5)])
    frames = np.arange(100)
    places = np.where(frames % 5 < 2, 0.5, 50.0)
    with pytest.warns(UserWarning, match=r"60 of 100 positions \(60 %\) lie outside"):
        line.occupancy(frames / 30, places)
