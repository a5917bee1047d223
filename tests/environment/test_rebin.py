"""Coarser grids."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from neurospatial import Environment
from neurospatial.layouts import RegularGrid


@settings(deadline=None)
@given(
    st.integers(1, 3), st.integers(1, 3), st.integers(1, 4), st.integers(1, 4), st.integers(0, 999)
)
def test_a_coarser_grid_holds_the_same_places(a: int, b: int, n: int, m: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    mask = rng.uniform(size=(a * n, b * m)) < 0.4
    mask[0, 0] = True
    edges = [rng.uniform(0.5, 2, size + 1).cumsum() for size in mask.shape]
    env = Environment.from_mask(mask, edges, units="cm", name="box")
    env.regions.add("goal", point=(1, 2))
    coarse = env.rebin((a, b))
    assert coarse.layout.grid_shape == (n, m)
    assert (coarse.units, coarse.name, list(coarse.regions)) == ("cm", "box", ["goal"])
    np.testing.assert_allclose(coarse.dimension_ranges, env.dimension_ranges)
    into = coarse.bin_at(env.bin_centers)
    assert set(into) == set(range(coarse.n_bins))
    sums = np.bincount(into, env.layout.bin_measures)
    assert (sums <= coarse.layout.bin_measures * (1 + 1e-9)).all()


def test_by_one_it_is_itself_in_any_number_of_dimensions() -> None:
    active = np.ones((4, 3, 3), bool)
    active[1, 1, 1] = False
    env = Environment(RegularGrid((np.arange(5.0), np.arange(4.0), np.arange(4.0)), active, False))
    assert env.rebin(1) == env
    assert env.rebin((2, 1, 3)).n_bins == 6
    assert not env.rebin((2, 1, 3)).layout.diagonal


@pytest.mark.parametrize(
    ("factor", "found"),
    [
        (2, "factor 2 does not divide the grid of 3 × 2 cells"),
        (0, "factor is 0"),
        (1.5, "factor is 1.5"),
        ((1, 1, 1), "the grid has 2 dimension"),
    ],
)
def test_bad_factors(factor: object, found: str) -> None:
    env = Environment.from_mask(np.ones((3, 2), bool), [np.arange(4.0), np.arange(3.0)])
    with pytest.raises(ValueError, match=found):
        env.rebin(factor)


def test_only_grids_have_coarser_ones() -> None:
    env = Environment.from_polygon(shapely.box(0, 0, 9, 9), 3.0, layout="triangular")
    with pytest.raises(ValueError, match="on a TriangularMesh, not on a grid"):
        env.rebin(2)
