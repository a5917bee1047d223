"""Place fields found in a map, against scipy's labels and networkx."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage

from neurospatial import Environment
from neurospatial.fields.detection import detect_fields
from neurospatial.layouts import HexagonalGrid, RegularGrid
from neurospatial.layouts.track.from_graph import build_track_from_graph

seeds = st.integers(0, 10_000)
fractions = st.floats(0.05, 1)


def rates(n_bins: int, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    field = rng.gamma(0.5, 5, n_bins)
    field[rng.uniform(size=n_bins) < 0.1] = np.nan
    field[int(rng.integers(n_bins))] = 20.0
    return field


@settings(deadline=None, max_examples=80)
@given(seeds, fractions, st.booleans())
def test_on_a_grid_they_are_the_labels_of_scipy(
    seed: int, fraction: float, diagonal: bool
) -> None:
    layout = RegularGrid((np.arange(9.0), np.arange(0, 16, 2.0)), np.ones((8, 7), bool), diagonal)
    field = rates(56, seed)
    high = (field >= fraction * np.nanmax(field)).reshape(8, 7)
    labels, n = ndimage.label(high, np.ones((3, 3)) if diagonal else None)
    expected = {frozenset(np.flatnonzero(labels == label).tolist()) for label in range(1, n + 1)}
    found = detect_fields(Environment(layout), field, fraction=fraction)
    assert {frozenset(one.bins.tolist()) for one in found} == expected
    assert len(found) == n
    for one in found:
        assert one.bins.tolist() == sorted(one.bins.tolist())
        assert one.peak == field[one.bins].max() == field[one.peak_bin]
        assert one.peak_bin in one.bins
        assert one.size == 2 * one.bins.size
        image = np.where(labels == labels.ravel()[one.peak_bin], field.reshape(8, 7), 0)
        middle = np.array(ndimage.center_of_mass(image)) + 0.5
        np.testing.assert_allclose(one.centroid, middle * (1, 2))
    assert [one.peak for one in found] == sorted((one.peak for one in found), reverse=True)


@settings(deadline=None, max_examples=60)
@given(seeds, fractions, st.booleans())
def test_elsewhere_they_are_the_pieces_of_the_graph(
    seed: int, fraction: float, hexagonal: bool
) -> None:
    rng = np.random.default_rng(seed)
    active = rng.uniform(size=(7, 6)) < 0.7
    active[0, 0] = True
    nodes = {0: (0, 0), 1: (0, 8), 2: (-5, 8), 3: (5, 8)}
    track = build_track_from_graph(nodes, [(0, 1), (1, 2), (1, 3)], 2.0, 0.7)
    env = Environment(HexagonalGrid((0.0, 0.0), 2.0, active) if hexagonal else track)
    field = rates(env.n_bins, seed)
    high = np.flatnonzero(field >= fraction * np.nanmax(field)).tolist()
    graph = nx.from_scipy_sparse_array(env.connectivity).subgraph(high)
    found = detect_fields(env, field, fraction=fraction)
    components = {frozenset(component) for component in nx.connected_components(graph)}
    assert {frozenset(one.bins.tolist()) for one in found} == components
    for one in found if hexagonal else ():
        np.testing.assert_allclose(one.size, one.bins.size * 2 * np.sqrt(3))


@settings(deadline=None, max_examples=20)
@given(seeds, st.floats(1e-150, 1e150))
def test_the_centroid_weighs_rates_and_sizes(seed: int, hz: float) -> None:
    """In bins of any width it is the integral of place times rate over that of the rate."""
    rng = np.random.default_rng(seed)
    edges = np.cumsum(rng.uniform(0.5, 3, 7))
    rates_hz = rng.uniform(1, 4, 6)
    [one] = detect_fields(Environment.from_grid_edges([edges]), hz * rates_hz, fraction=0.2)
    moment = (rates_hz * np.diff(edges**2) / 2).sum()
    np.testing.assert_allclose(one.centroid, [moment / (rates_hz * np.diff(edges)).sum()])


@pytest.mark.parametrize("value", [0.0, np.nan])
def test_a_unit_that_never_fired_has_none(value: float) -> None:
    env = Environment.from_mask(np.ones((3, 3), bool), [np.arange(4.0)] * 2)
    assert detect_fields(env, np.full(9, value)) == ()


def test_a_flat_map_is_one_field() -> None:
    env = Environment.from_mask(np.ones((3, 3), bool), [np.arange(4.0)] * 2)
    [one] = detect_fields(env, np.full(9, 0.1), fraction=1.0)
    assert one.bins.tolist() == list(range(9))
    assert one.peak_bin == 0


@pytest.mark.parametrize(
    ("field", "fraction", "found"),
    [
        (np.ones(8), 0.2, r"shape \(8,\), expected \(9,\)"),
        (np.full(9, np.inf), 0.2, "infinite rates"),
        (np.ones(9), 0.0, r"fraction is 0\.0"),
        (np.ones(9), 1.5, r"fraction is 1\.5"),
        (np.ones(9), np.nan, "fraction is nan"),
    ],
)
def test_mistakes(field: np.ndarray, fraction: float, found: str) -> None:
    env = Environment.from_mask(np.ones((3, 3), bool), [np.arange(4.0)] * 2)
    with pytest.raises(ValueError, match=rf"{found}[\s\S]*WHY[\s\S]*HOW"):
        detect_fields(env, field, fraction=fraction)
