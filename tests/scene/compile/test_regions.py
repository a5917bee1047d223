import numpy as np
import pytest
from shapely import MultiPolygon, Polygon, box

from neurospatial import Environment
from neurospatial.layouts import RegularGrid
from neurospatial.scene import Points, Polygons, Text, compile_scene

HOLED = Polygon(
    box(0, 0, 30, 20).exterior, [box(5, 5, 10, 10).exterior, box(20, 2, 25, 8).exterior]
)
PARTS = MultiPolygon([box(0, 0, 5, 5), Polygon([(20, 0), (30, 0), (25, 9)]), HOLED.buffer(-12)])


@pytest.fixture
def env():
    edges = np.linspace(0, 40, 5), np.linspace(0, 20, 4)
    env = Environment(RegularGrid(edges, np.ones((4, 3), dtype=bool)))
    env.regions.add("goal", point=(12.5, 7))
    env.regions.add("home", polygon=HOLED)
    env.regions.add("arms", polygon=PARTS)
    return env


def layers(env, **more):
    panel = compile_scene(env, np.zeros((2, 12)), vmin=0, vmax=1, **more).panels[0]
    return [layer for layer in panel.layers if layer.name != "Field"]


def area(rings):
    """Area of a polygon with holes, as shapely has it."""
    return Polygon(rings[0], rings[1:]).area


def test_none_are_shown_by_default(env):
    assert layers(env) == []


def test_all_are_shown_when_asked(env):
    names = {layer.name for layer in layers(env, show_regions=True)}
    assert {"Region goal", "Region home", "Region arms"} <= names


def test_chosen_ones_are_shown(env):
    shown = layers(env, show_regions=["home"])
    assert [type(layer) for layer in shown] == [Polygons, Text]
    assert layers(env, show_regions="home")[0].name == shown[0].name


def test_holes_stay_open_and_rings_are_not_closed(env):
    (polygons,) = [x for x in layers(env, show_regions=["home"]) if isinstance(x, Polygons)]
    ((outer, *holes),) = polygons.polygons
    assert len(holes) == 2
    assert outer.shape == (4, 2)
    assert not np.array_equal(outer[0], outer[-1])
    assert area((outer, *holes)) == HOLED.area


def test_every_part_is_drawn(env):
    (polygons,) = [x for x in layers(env, show_regions=["arms"]) if isinstance(x, Polygons)]
    assert len(polygons.polygons) == len(PARTS.geoms)
    assert sum(area(rings) for rings in polygons.polygons) == pytest.approx(PARTS.area)


def test_point_is_marked_where_it_is(env):
    mark, label = layers(env, show_regions=["goal"])
    assert isinstance(mark, Points)
    assert mark.xy.tolist() == [[[12.5, 7.0]]]
    assert label.anchor.tolist() == [[12.5, 7.0]]
    assert label.shift[1] < -mark.size / 2


def test_names_stand_inside_their_areas(env):
    labels = {
        x.strings: x.anchor[0] for x in layers(env, show_regions=True) if isinstance(x, Text)
    }
    assert set(labels) == {("goal",), ("home",), ("arms",)}
    from shapely import Point

    assert HOLED.contains(Point(labels[("home",)]))
    assert PARTS.contains(Point(labels[("arms",)]))


@pytest.mark.parametrize("alpha", [0, 0.3, 1])
def test_opacity_is_that_of_the_filling(env, alpha):
    made = layers(env, show_regions=True, region_alpha=alpha)
    areas = [layer for layer in made if isinstance(layer, Polygons)]
    assert [layer.fill[3] for layer in areas] == [alpha, alpha]
    assert {layer.edge[3] for layer in areas} == {1.0}


def test_default_opacity_is_documented(env):
    assert layers(env, show_regions=["home"])[0].fill[3] == 0.3


def test_unknown_region_names_the_nearest(env):
    with pytest.raises(ValueError, match=r"(?s)no region 'gaol'.*'goal'.*WHY.*HOW"):
        layers(env, show_regions=["home", "gaol"])


def test_environment_without_regions_shows_none():
    edges = np.linspace(0, 40, 5), np.linspace(0, 20, 4)
    assert layers(Environment(RegularGrid(edges, np.ones((4, 3), bool))), show_regions=True) == []
