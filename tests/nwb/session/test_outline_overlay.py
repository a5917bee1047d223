import numpy as np
import pytest
from shapely import Polygon

from neurospatial import Environment
from neurospatial.nwb.session.outline_overlay import ArenaOverlay
from neurospatial.scene import compile_scene

RNG = np.random.default_rng(3)
RING = RNG.uniform(-20, 20, (4000, 2))
RING = RING[(np.hypot(*RING.T) > 8) & (np.hypot(*RING.T) < 19)]


@pytest.mark.parametrize("layout", ["grid", "hexagonal", "triangular"])
def test_the_outline_holds_every_bin_and_nothing_else(layout: str) -> None:
    env = Environment.from_samples(RING, 2.0, layout=layout)
    scene = compile_scene(env, np.zeros((1, env.n_bins)), overlays=[ArenaOverlay()])
    (outline,) = [layer for layer in scene.panels[0].layers if layer.name == "Arena"]
    area = sum(Polygon(shell, holes).area for shell, *holes in outline.polygons)
    assert area == pytest.approx(env.layout.bin_measures.sum(), rel=1e-4)
    assert any(len(rings) > 1 for rings in outline.polygons)  # the hole in the middle


def test_a_line_has_no_outline() -> None:
    env = Environment.from_mask([True] * 4, [range(5)])
    scene = compile_scene(env, np.zeros((1, 4)), overlays=[ArenaOverlay()])
    assert "Arena" not in {layer.name for layer in scene.panels[0].layers}
