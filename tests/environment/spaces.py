"""Spaces of every kind, drawn at random."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon, box

from neurospatial import Regions
from neurospatial.layouts import GraphTrack, HexagonalGrid, RegularGrid, TriangularMesh
from neurospatial.layouts.track.from_graph import build_track_from_graph

finite = st.floats(-1e6, 1e6, allow_subnormal=False)


@st.composite
def masks(draw: Callable[..., object], n_dims: int) -> np.ndarray:
    shape = draw(st.tuples(*[st.integers(1, 5)] * n_dims))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    mask = rng.uniform(size=shape) < draw(st.floats(0.1, 1))
    mask.flat[0] = True
    return mask


@st.composite
def grids(draw: Callable[..., object]) -> RegularGrid:
    mask = draw(masks(draw(st.integers(1, 3))))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    edges = tuple(draw(finite) + np.cumsum(rng.uniform(0.1, 3, n + 1)) for n in mask.shape)
    return RegularGrid(edges, mask, draw(st.booleans()))


@st.composite
def hexagons(draw: Callable[..., object]) -> HexagonalGrid:
    origin = draw(st.tuples(finite, finite))
    side = draw(st.sampled_from(["pointy", "flat"]))
    return HexagonalGrid(origin, draw(st.floats(0.1, 50)), draw(masks(2)), side)


@st.composite
def meshes(draw: Callable[..., object]) -> TriangularMesh:
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    n = draw(st.integers(1, 6))
    heights = np.stack([rng.uniform(0, 1, n + 1), rng.uniform(2, 3, n + 1)], axis=1)
    vertices = np.stack([np.repeat(np.arange(n + 1.0), 2), heights.ravel()], axis=1)
    ribbon = np.arange(2 * n)[:, np.newaxis] + np.arange(3)
    return TriangularMesh(vertices / 3, ribbon)


@st.composite
def tracks(draw: Callable[..., object]) -> GraphTrack:
    spot = st.tuples(st.integers(-50, 50), st.integers(-50, 50))
    spots = draw(st.lists(spot, min_size=2, max_size=6, unique=True))
    nodes = {number: (x / 7, y / 7) for number, (x, y) in enumerate(spots)}
    order = [(number, number + 1) for number in range(len(nodes) - 1)]
    return build_track_from_graph(nodes, order, draw(st.floats(0, 20)), draw(st.floats(0.5, 9)))


ribbons = st.builds(lambda track, width: track.ribbon(width), tracks(), st.floats(0.01, 9))
parts = tracks().map(lambda track: replace(track, active=np.arange(track.n_bins) % 3 != 1))
layouts = st.one_of(grids(), hexagons(), meshes(), tracks(), ribbons, parts)


@st.composite
def areas(draw: Callable[..., object]) -> Polygon | MultiPolygon:
    x, y, size = draw(finite), draw(finite), draw(st.floats(3, 100))
    outer = box(x, y, x + size, y + size)
    holed = outer - box(x + 1, y + 1, x + 2, y + 2)
    parts = MultiPolygon([outer, box(x - 5, y, x - 1, y + 1)])
    return draw(st.sampled_from([outer, holed, parts]))


metadata = st.dictionaries(
    st.text(max_size=4),
    st.one_of(st.text(max_size=4), finite, st.lists(st.booleans())),
    max_size=3,
)


@st.composite
def regions(draw: Callable[..., object]) -> Regions:
    names = draw(st.lists(st.text(min_size=1, max_size=6), max_size=3, unique=True))
    made = Regions()
    for name in names:
        if draw(st.booleans()):
            made.add(name, point=draw(st.tuples(finite, finite)), metadata=draw(metadata))
        else:
            made.add(name, polygon=draw(areas()), metadata=draw(metadata))
    return made
