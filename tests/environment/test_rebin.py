"""Coarser environments, on every layout."""

import pickle
import warnings

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from neurospatial import Environment
from neurospatial.layouts import LayoutPart
from tests.environment.kinds import KINDS, layout_of, seeds

OURS = [kind for kind in KINDS if kind != "third_party"]
ours = st.sampled_from(OURS)
factors = st.integers(2, 4)


def some_of(kind: str, seed: int, share: float = 0.8) -> Environment:
    """Part of a layout, with gaps, walls and pieces apart."""
    env = Environment(layout_of(kind, seed), units="cm", name="box")
    kept = np.flatnonzero(np.random.default_rng(seed).uniform(size=env.n_bins) < share)
    env = env.subset(kept if kept.size else [0])
    env.regions.add("goal", point=env.bin_centers[0])
    return env


def coarser(env: Environment, kind: str, factor: int) -> Environment:
    """Grids in `kinds` have odd shapes: theirs is a factor for each dimension."""
    steps = {"grid": (7, 3), "four": (1, 2), "solid": (2, 3, 1)}
    return env.rebin(steps.get(kind, factor))


@settings(deadline=None, max_examples=150)
@given(ours, seeds, factors)
def test_it_holds_every_bin_and_keeps_what_it_is(kind: str, seed: int, factor: int) -> None:
    env = some_of(kind, seed)
    coarse = coarser(env, kind, factor)
    into = coarse.bin_at(env.bin_centers)
    assert into.min() >= 0
    assert type(coarse.layout) is type(env.layout)
    assert (coarse.units, coarse.name, coarse.regions) == ("cm", "box", env.regions)
    coarse.regions.add("more", point=env.bin_centers[0])
    assert "more" not in env.regions
    assert pickle.loads(pickle.dumps(coarse)) == coarse
    np.testing.assert_array_equal(coarse.bin_at(coarse.bin_centers), np.arange(coarse.n_bins))
    if kind != "triangles":
        assert set(into) == set(range(coarse.n_bins))


@settings(deadline=None, max_examples=150)
@given(ours, seeds, factors)
def test_what_is_connected_stays_so(kind: str, seed: int, factor: int) -> None:
    env = some_of(kind, seed)
    coarse = coarser(env, kind, factor)
    pieces = coarse.components[coarse.bin_at(env.bin_centers)]
    for piece in range(env.components.max() + 1):
        assert np.unique(pieces[env.components == piece]).size == 1
    if kind == "triangles":
        assert coarse.components.max() == env.components.max()


@settings(deadline=None, max_examples=60)
@given(ours, seeds)
def test_by_one_it_is_itself(kind: str, seed: int) -> None:
    env = some_of(kind, seed)
    assert env.rebin(1) == env


@settings(deadline=None, max_examples=100)
@given(ours, seeds, factors)
def test_a_field_goes_along_as_the_mean(kind: str, seed: int, factor: int) -> None:
    env = some_of(kind, seed)
    coarse = coarser(env, kind, factor)
    into, size = coarse.bin_at(env.bin_centers), env.layout.bin_measures
    field = np.random.default_rng(seed).uniform(0, 9, env.n_bins)
    held = np.bincount(into, size, coarse.n_bins)
    moved = np.bincount(into, field * size, coarse.n_bins)[held > 0] / held[held > 0]
    for number, mean in zip(np.flatnonzero(held), moved, strict=True):
        mine = into == number
        assert mean == pytest.approx(np.average(field[mine], weights=size[mine]))
    assert (moved * held[held > 0]).sum() == pytest.approx((field * size).sum())


@settings(deadline=None, max_examples=60)
@given(seeds, factors)
def test_a_mesh_keeps_its_outline(seed: int, factor: int) -> None:
    env = some_of("triangles", seed, share=0.95)
    outline, coarse = (
        shapely.coverage_union_all([shapely.Polygon(ring) for ring in each.layout.bin_polygons])
        for each in (env, env.rebin(factor))
    )
    assert coarse.area == pytest.approx(outline.area, rel=1e-9)
    assert shapely.hausdorff_distance(coarse, outline) < 1e-6


@pytest.mark.parametrize("factor", [2, 3, 5])
@pytest.mark.parametrize("turned", [0, 21])
def test_triangles_grow_by_the_square(factor: int, turned: float) -> None:
    arena = shapely.affinity.rotate(shapely.box(700, 0, 800, 80), turned)
    arena = arena.difference(shapely.Point(740, 40).buffer(12))
    env = Environment.from_polygon(arena, 1.0, layout="triangular")
    coarse = env.rebin(factor)
    sizes, larger = env.layout.bin_measures, coarse.layout.bin_measures
    assert np.median(larger) == pytest.approx(factor**2 * np.median(sizes), rel=1e-6)
    assert larger.sum() == pytest.approx(sizes.sum())
    # No point that the finer mesh put on a straight side makes small triangles there.
    anew = Environment.from_polygon(arena, float(factor), layout="triangular")
    assert coarse.n_bins == pytest.approx(anew.n_bins, rel=0.02)


@pytest.mark.parametrize("kind", ["grid", "four", "solid"])
def test_areas_of_a_grid_add_up(kind: str) -> None:
    for seed in range(20):
        env = Environment(layout_of(kind, seed))
        coarse = coarser(env, kind, 1)
        assert coarse.dimension_ranges == env.dimension_ranges
        sums = np.bincount(coarse.bin_at(env.bin_centers), env.layout.bin_measures)
        full = np.bincount(coarse.bin_at(env.bin_centers))
        cells = env.layout.active.size // coarse.layout.active.size
        assert (sums <= coarse.layout.bin_measures * (1 + 1e-9)).all()
        whole = full == cells
        np.testing.assert_allclose(sums[whole], coarse.layout.bin_measures[whole])


@settings(deadline=None, max_examples=60)
@given(seeds, st.tuples(st.integers(1, 7), st.integers(1, 6)), factors)
def test_what_makes_no_whole_bin_is_cut_off_and_said(
    seed: int, shape: tuple[int, int], factor: int
) -> None:
    mask = np.random.default_rng(seed).uniform(size=shape) < 0.7
    steps = tuple(min(factor, size) for size in shape)
    kept = [size // step * step for size, step in zip(shape, steps, strict=True)]
    whole = mask[: kept[0], : kept[1]]
    edges = [np.arange(size + 1.0) for size in shape]
    if not whole.any():
        mask[0, 0] = True
    env = Environment.from_mask(mask, edges, axis_names=("u", "v"))
    n_cut = int(mask.sum() - whole.sum())
    with warnings.catch_warnings(record=True, action="always") as caught:
        coarse = env.rebin(steps)
    expected = Environment.from_mask(
        whole, [edge[: n + 1] for edge, n in zip(edges, kept, strict=True)]
    )
    assert coarse.layout == expected.rebin(steps).layout
    assert len(caught) == bool(n_cut)
    for text in (str(one.message) for one in caught):
        assert f"{n_cut} of {env.n_bins} bins ({n_cut / env.n_bins:.1%}) are in none" in text
        for name, size, n in zip("uv", shape, kept, strict=True):
            said = f"the last {size - n} of {size} cells along {name}" in text
            assert said == (n < size)


def test_a_cut_names_the_factors_that_fit() -> None:
    env = Environment.from_grid_edges([np.arange(7.0), np.arange(10.0)])
    with pytest.warns(
        UserWarning, match=r"rebin cuts off the last 1 .*(?s:.*)pass a factor of 3, or"
    ):
        env.rebin(2)


@pytest.mark.parametrize(
    ("factor", "found"),
    [
        (3, "factor is 3, and the grid has 3 × 2 cells"),
        (0, "factor is 0"),
        (1.5, "factor is 1.5"),
        ((1, 1, 1), "the grid has 2 dimension"),
    ],
)
def test_bad_factors_of_a_grid(factor: object, found: str) -> None:
    env = Environment.from_mask(np.ones((3, 2), bool), [np.arange(4.0), np.arange(3.0)])
    with pytest.raises(ValueError, match=rf"{found}[\s\S]*HOW"):
        env.rebin(factor)


@pytest.mark.parametrize("kind", ["pointy", "flat", "triangles", "track", "ribbon"])
@pytest.mark.parametrize("factor", [0, -3, 1.5, (2, 3), True, "2"])
def test_bad_factors_elsewhere(kind: str, factor: object) -> None:
    env = Environment(layout_of(kind, 1))
    with pytest.raises(ValueError, match=r"factor is [\s\S]*whole number above 0") as caught:
        env.rebin(factor)
    assert f"factor is {factor!r}." in str(caught.value)
    assert type(env.layout).__name__ in str(caught.value)


def test_of_a_third_party_layout_there_is_none() -> None:
    env = Environment(layout_of("third_party", 0))
    with pytest.raises(ValueError, match=r"on a ThirdParty[\s\S]*larger bins: .*from_layout"):
        env.rebin(2)
    part = env.subset([0, 1])
    assert isinstance(part.layout, LayoutPart)
    with pytest.raises(ValueError, match="on a LayoutPart"):
        part.rebin(2)
