"""Parts of environments, on every layout."""

import pickle
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings

from neurospatial import Environment
from neurospatial.environment.diffusion import HeatKernel
from neurospatial.layouts import GraphTrack, RegularGrid, TrackRibbon
from neurospatial.layouts.subset import LayoutPart
from neurospatial.layouts.track.from_graph import build_track_from_graph
from neurospatial.scene import Curve, Field, compile_scene
from tests.environment.kinds import ARMS, W, layout_of, seeds, some_kind


def part_of(kind: str, seed: int) -> tuple[Environment, Environment, np.ndarray]:
    env = Environment(layout_of(kind, seed), units="cm", name="whole")
    env.regions.add("goal", point=env.bin_centers[0])
    rng = np.random.default_rng(seed)
    kept = np.flatnonzero(rng.uniform(size=env.n_bins) < 0.6)
    kept = kept if kept.size else np.array([0])
    return env, env.subset(rng.permutation(kept)), kept


@settings(deadline=None, max_examples=100)
@given(some_kind, seeds)
def test_a_part_has_the_bins_that_were_named(kind: str, seed: int) -> None:
    env, part, kept = part_of(kind, seed)
    assert type(part.layout) is (LayoutPart if kind == "third_party" else type(env.layout))
    assert (part.units, part.name, part.regions) == ("cm", "whole", env.regions)
    np.testing.assert_array_equal(part.bin_centers, env.bin_centers[kept])
    measures = env.layout.bin_measures[kept]
    np.testing.assert_allclose(part.layout.bin_measures, measures, rtol=1e-14)
    between = env.connectivity[kept][:, kept].toarray()
    np.testing.assert_allclose(part.connectivity.toarray(), between)
    points = env.bin_centers[np.random.default_rng(seed).integers(0, env.n_bins, 50)]
    before = env.bin_at(points)
    expected = np.where(np.isin(before, kept), np.searchsorted(kept, before), -1)
    np.testing.assert_array_equal(part.bin_at(points), expected)
    assert env.subset(np.isin(np.arange(env.n_bins), kept)) == part
    part.regions.add("more", point=(0, 0))
    assert "more" not in env.regions


@settings(deadline=None, max_examples=100)
@given(some_kind, seeds)
def test_a_part_is_a_layout_like_another(kind: str, seed: int) -> None:
    env, part, kept = part_of(kind, seed)
    layout = part.layout
    assert part.bin_at(part.bin_centers).tolist() == list(range(kept.size))
    if env.n_dims == 2:
        rings = [env.layout.bin_polygons[number] for number in kept]
        for mine, ring in zip(layout.bin_polygons, rings, strict=True):
            np.testing.assert_allclose(mine, ring)
    links = layout.conductances.toarray()
    assert ((links > 0) <= (env.layout.conductances.toarray()[np.ix_(kept, kept)] > 0)).all()
    np.testing.assert_array_equal(links, links.T)
    masses = np.random.default_rng(seed).random((1, kept.size))
    np.testing.assert_allclose(HeatKernel(layout, 3.0).apply(masses).sum(), masses.sum())
    again = pickle.loads(pickle.dumps(part))
    assert again == part
    assert part != env or kept.size == env.n_bins
    once_more = part.subset([0])
    np.testing.assert_array_equal(once_more.bin_centers, env.bin_centers[kept[:1]])
    if env.n_dims < 3:
        scene = compile_scene(part, masses)
        drawn = [layer for layer in scene.panels[0].layers if isinstance(layer, Field | Curve)]
        assert len(drawn) == 1


@pytest.mark.parametrize("kind", ["track", "ribbon"])
def test_arms_of_a_track_are_those_of_a_track_without_the_others(kind: str) -> None:
    whole = build_track_from_graph(W, ARMS, 3.0, 1.5)
    few = [(2, 3), (3, 5), (5, 4)]
    alone = build_track_from_graph(W, few, 3.0, 1.5)
    held = np.isin(whole.edge_of_bin, [ARMS.index(arm) for arm in few])
    if kind == "ribbon":
        part, other = Environment(whole.ribbon(1.0)).subset(held).layout, alone.ribbon(1.0)
    else:
        part, other = Environment(whole).subset(held).layout, alone
        np.testing.assert_allclose(part.bin_measures, other.bin_measures)
    np.testing.assert_allclose(part.adjacency.toarray(), other.adjacency.toarray())
    np.testing.assert_allclose(part.conductances.toarray(), other.conductances.toarray())


def test_a_part_of_a_track_keeps_its_axis_and_its_drawings() -> None:
    env = Environment.from_graph(W, ARMS, 3.0, 1.5)
    part = env.subset(np.arange(4, 20))
    positions = np.random.default_rng(0).uniform(0, 8, (200, 2))
    np.testing.assert_array_equal(part.linearize(positions), env.linearize(positions))
    assert part.dimension_ranges == env.dimension_ranges
    field = np.arange(16.0)
    layers = compile_scene(part, field[np.newaxis]).panels[0].layers
    [line] = [layer for layer in layers if isinstance(layer, Curve)]
    np.testing.assert_array_equal(line.x, part.bin_centers[:, 0])
    [ribbon] = compile_scene(part, field[np.newaxis], track="ribbon").panels[0].fields
    assert isinstance(ribbon.geometry.layout, TrackRibbon)
    assert ribbon.geometry.n_bins == 16
    assert part.plot_field(field).get_xlabel() == "Distance"


@pytest.mark.parametrize("kind", ["track", "ribbon", "grid", "triangles"])
def test_a_part_is_saved_and_read(tmp_path: Path, kind: str) -> None:
    _, part, _ = part_of(kind, 1)
    part.save(tmp_path / "part.npz")
    assert Environment.load(tmp_path / "part.npz") == part


def test_a_region_names_the_bins() -> None:
    env = Environment.from_polygon(shapely.box(0, 0, 20, 10), 2.0, units="cm")
    env.regions.add("home", polygon=shapely.box(0, 0, 8, 10))
    env.regions.add("goal", polygon=shapely.box(16, 0, 20, 4))
    home = env.subset(region="home")
    assert home == env.subset(env.bins_in_region("home")) == env.subset(env.region_mask("home"))
    assert home.n_bins == 20
    assert list(home.regions) == ["home", "goal"]
    assert env.subset(region=["home", "goal"]).n_bins == 24
    env.regions.add("slit", polygon=shapely.box(1.9, 0, 2.1, 10))
    with pytest.raises(ValueError, match=r"No bin has its centre in 'slit'[\s\S]*HOW"):
        env.subset(region="slit")
    with pytest.raises(KeyError, match=r"hme[\s\S]*home"):
        env.subset(region="hme")


def test_bins_or_a_region() -> None:
    env = Environment.from_mask([True] * 3, [range(4)])
    with pytest.raises(TypeError, match="neither bins nor region"):
        env.subset()
    with pytest.raises(TypeError, match="both bins and region"):
        env.subset([0], region="home")


@pytest.mark.parametrize(
    ("bins", "found"),
    [([], "There are no bins"), ([99], "no bin 99"), ([0.5], "dtype float64"),
     ([True, False], "dtype bool"), ([[0]], r"shape \(1, 1\)")],
)  # fmt: skip
def test_bad_parts(bins: list[object], found: str) -> None:
    env = Environment.from_mask(np.ones((3, 3), bool), [np.arange(4.0)] * 2)
    with pytest.raises(ValueError, match=rf"{found}[\s\S]*HOW"):
        env.subset(bins)


@pytest.mark.parametrize("bins", [[], [1, 1], [2, 1], [-1, 0], [0, 3], [0.0, 1.0], [[0]]])
def test_bins_of_a_part_ascend(bins: list[object]) -> None:
    grid = RegularGrid((np.arange(4.0),), np.ones(3, bool))
    with pytest.raises(ValueError, match=r"the layout has 3 bins[\s\S]*HOW"):
        LayoutPart(grid, bins)


@pytest.mark.parametrize(
    ("active", "found"),
    [
        (np.ones(3, bool), r"shape \(3,\), and the track has 6 cells"),
        (np.zeros(6, bool), "active is all False"),
        (np.ones(6), "dtype float64"),
    ],
)
def test_cells_of_a_track_are_active_or_not(active: np.ndarray, found: str) -> None:
    track = build_track_from_graph({0: (0, 0), 1: (6, 0)}, [(0, 1)], 0.0, 1.0)
    given = (track.segments, track.nodes, track.spacing, 1.0, track.precedence)
    with pytest.raises(ValueError, match=rf"{found}[\s\S]*HOW"):
        GraphTrack(*given, active)
    assert GraphTrack(*given, np.ones(6, bool)) == track
