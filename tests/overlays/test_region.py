from dataclasses import fields as dataclass_fields

import numpy as np
import pytest
from shapely import Polygon, box

from neurospatial import Environment
from neurospatial.overlays.region import RegionOverlay
from neurospatial.regions import Region
from neurospatial.scene import Polygons, compile_scene

HOLED = Polygon(box(0, 0, 30, 20).exterior, [box(5, 5, 10, 10).exterior])


def arena():
    env = Environment.from_polygon(box(0, 0, 40, 20), bin_size=5.0)
    env.regions.add("goal", point=(12.5, 7))
    env.regions.add("home", polygon=HOLED)
    return env


def maze():
    env = Environment.from_graph({0: (0, 0), 1: (30, 0), 2: (30, 40)}, [(0, 1), (1, 2)], 0.0, 5.0)
    env.regions.add("corner", polygon=box(20, -5, 35, 10))
    env.regions.add("well", point=(10, 0))
    return env


def layers(env, **more):
    fields = np.zeros((2, env.n_bins))
    panel = compile_scene(env, fields, vmin=0, vmax=1, **more).panels[0]
    return [layer for layer in panel.layers if layer.name != "Field"]


def same(first, second):
    return type(first) is type(second) and all(
        np.array_equal(getattr(first, field.name), getattr(second, field.name))
        if not isinstance(first, Polygons) or field.name != "polygons"
        else all(
            np.array_equal(a, b)
            for one, other in zip(first.polygons, second.polygons, strict=True)
            for a, b in zip(one, other, strict=True)
        )
        for field in dataclass_fields(first)
    )


@pytest.mark.parametrize(
    ("env", "track"), [(arena(), "line"), (maze(), "ribbon"), (maze(), "line")]
)
@pytest.mark.parametrize("names", [None, "one"])
def test_is_drawn_as_show_regions_draws_it(env, track, names):
    chosen = None if names is None else [list(env.regions)[1]]
    overlay = RegionOverlay(env.regions, chosen, alpha=0.7)
    own = layers(env, overlays=[overlay], track=track)
    shown = layers(env, show_regions=chosen or True, region_alpha=0.7, track=track)
    assert len(own) == len(shown) == (2 if chosen else 4)
    assert all(map(same, own, shown))


def test_regions_need_not_be_those_of_the_environment():
    overlay = RegionOverlay(
        [Region("water", point=(3, 4)), Region("food", polygon=box(1, 1, 2, 2))]
    )
    own = layers(arena(), overlays=[overlay])
    assert {layer.name for layer in own} == {
        *("Region water", "Region water name", "Region food", "Region food name"),
    }
    (area,) = [layer for layer in own if isinstance(layer, Polygons)]
    assert area.fill[3] == 0.3


@pytest.mark.parametrize(
    ("overlay", "text"),
    [
        (RegionOverlay(arena().regions, ["gaol"]), "no region 'gaol'.*'goal'"),
        (RegionOverlay(arena().regions, alpha=1.5), "alpha is 1.5"),
        (RegionOverlay([Region("a", point=(1, 2))] * 2), "a region 'a' already"),
    ],
)
def test_mistakes_are_explained(overlay, text):
    with pytest.raises(ValueError, match=rf"(?s){text}.*WHY.*HOW"):
        layers(arena(), overlays=[overlay])
