"""The squares of an outline are joined as any polygons are, only faster."""

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from neurospatial.environment.discretize.grid import ActiveRule
from neurospatial.environment.discretize.outline import compute_outline


@given(st.integers(0, 2**32 - 1), st.booleans(), st.sampled_from([0.0, 0.1, 5e6]))
def test_the_outline_is_that_of_a_general_union(seed, fill_holes, origin):
    rng = np.random.default_rng(seed)
    positions = origin + np.cumsum(rng.normal(0, 1.5, (rng.integers(90, 400), 2)), axis=0)
    rule = ActiveRule(fill_holes=fill_holes)
    fast = compute_outline(positions, 2.0, rule)
    coverage_union, shapely.coverage_union_all = shapely.coverage_union_all, shapely.union_all
    try:
        plain = compute_outline(positions, 2.0, rule)
    finally:
        shapely.coverage_union_all = coverage_union
    assert shapely.equals_exact(fast.normalize(), plain.normalize(), tolerance=0)
