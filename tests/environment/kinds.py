"""Layouts of every kind to try, and paths on them."""

from dataclasses import dataclass

import numpy as np
import shapely
from hypothesis import strategies as st
from numpy.typing import NDArray

from neurospatial import Environment
from neurospatial.layouts import HexagonalGrid, Layout, RegularGrid
from neurospatial.layouts.track.from_graph import build_track_from_graph
from neurospatial.layouts.triangular.mesh import mesh_polygon

KINDS = [
    "grid", "four", "solid", "pointy", "flat", "triangles", "track", "ribbon", "third_party"
]  # fmt: skip
PLANAR = ["grid", "four", "pointy", "flat", "triangles"]
WIDE = shapely.Polygon(
    [(0, 0), (9, 0), (9, 5), (6, 5), (5, 8), (0, 8)], [[(2, 2), (4, 2), (3, 4)]]
)
W = {0: (0, 0), 1: (0, 8), 2: (4, 0), 3: (4, 8), 4: (8, 0), 5: (8, 8), 6: (20, 0), 7: (23, 4)}
ARMS = [(2, 3), (3, 1), (1, 0), (3, 5), (5, 4), (6, 7)]  # the last is not joined to the others

seeds = st.integers(0, 10_000)
some_kind = st.sampled_from(KINDS)


@dataclass(frozen=True)
class ThirdParty:
    """Somebody else's layout: it does what a grid does and is none."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]

    def __getattr__(self, name: str) -> object:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(RegularGrid((self.x, self.y), np.ones((5, 4), bool)), name)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, ThirdParty) and self.x[1] == other.x[1] and self.y[1] == other.y[1]
        )

    __hash__ = None


def layout_of(kind: str, seed: int) -> Layout:
    rng = np.random.default_rng(seed)
    if kind == "triangles":
        return mesh_polygon(WIDE, rng.uniform(1, 2))
    if kind in ("track", "ribbon"):
        track = build_track_from_graph(W, ARMS, float(rng.choice([0.0, 3.0])), rng.uniform(0.7, 3))
        return track.ribbon(1.0) if kind == "ribbon" else track
    if kind == "third_party":
        return ThirdParty(*(np.cumsum(rng.uniform(0.5, 2, size)) for size in (6, 5)))
    active = rng.uniform(size=(4, 3, 3) if kind == "solid" else (7, 6)) < rng.uniform(0.4, 1)
    active.flat[0] = True
    if kind in ("pointy", "flat"):
        return HexagonalGrid((1.0, -2.0), 1.5, active, kind)  # type: ignore[arg-type]
    edges = tuple(np.cumsum(rng.uniform(0.5, 2, size + 1)) for size in active.shape)
    return RegularGrid(edges, active, diagonal=kind != "four")


def walk(env: Environment, seed: int, n: int = 200) -> tuple[NDArray[np.float64], ...]:
    """Times with pauses, and positions of which some are outside or lost."""
    rng = np.random.default_rng(seed)
    times = np.cumsum(rng.choice([0.1, 0.1, 0.1, 0.9], n))
    picked = np.repeat(rng.integers(0, env.n_bins, n), rng.integers(1, 5, n))[:n]
    positions = env.bin_centers[picked].copy()
    positions[rng.uniform(size=n) < 0.1] = np.nan
    positions[rng.uniform(size=n) < 0.1] += 1e4
    return times, positions
