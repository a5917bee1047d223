"""Named places."""

import pickle
import subprocess
import sys

import numpy as np
import pytest
from shapely import MultiPolygon, Polygon, box

from neurospatial.regions import Region, Regions, UnknownRegionError

SQUARE = [(0, 0), (10, 0), (10, 10), (0, 10)]


def test_a_point_or_an_area() -> None:
    goal = Region("goal", point=(80, 70), metadata={"reward": "sugar"})
    assert goal.point is not None
    assert goal.point.tolist() == [80, 70]
    assert goal.polygon is None
    assert goal.metadata == {"reward": "sugar"}
    start = Region("start", polygon=np.array(SQUARE))
    assert start.point is None
    assert start.polygon == Polygon(SQUARE)


def test_shapely_areas_keep_holes_and_parts() -> None:
    ring = box(0, 0, 10, 10) - box(4, 4, 6, 6)
    both = MultiPolygon([box(0, 0, 1, 1), box(5, 5, 6, 6)])
    assert Region("ring", polygon=ring).polygon is ring
    assert Region("both", polygon=both).polygon is both


def test_a_region_does_not_change() -> None:
    region = Region("goal", point=(1, 2), metadata={"a": 1})
    region.metadata["a"] = 2
    assert region.metadata == {"a": 1}
    with pytest.raises(AttributeError):
        region.name = "other"
    assert region.point is not None
    with pytest.raises(ValueError, match="read-only"):
        region.point[0] = 9


def test_regions_compare_by_content_and_pickle() -> None:
    for region in (Region("a", point=(1, 2)), Region("a", polygon=SQUARE, metadata={"k": [1]})):
        again = pickle.loads(pickle.dumps(region))
        assert again == region
        assert hash(again) == hash(region)
    assert Region("a", point=(1, 2)) != Region("a", point=(1, 3))
    assert Region("a", point=(1, 2)) != Region("b", point=(1, 2))
    assert Region("a", polygon=SQUARE) != Region("a", polygon=[*SQUARE[:3], (0, 9)])
    assert Region("a", point=(1, 2)) != "a"


def test_repr_says_where() -> None:
    assert repr(Region("goal", point=(80, 70.5))) == "Region('goal', point=(80, 70.5))"
    assert "x 0…10, y 0…10" in repr(Region("start", polygon=SQUARE))


@pytest.mark.parametrize(
    ("name", "place", "found"),
    [
        ("", {"point": (0, 0)}, "name is ''"),
        ("a", {}, "neither point nor polygon"),
        ("a", {"point": (0, 0), "polygon": SQUARE}, "both point and polygon"),
        ("a", {"point": [[0, 0]]}, r"shape \(1, 2\)"),
        ("a", {"point": (0, np.nan)}, "1 values not finite"),
        ("a", {"polygon": SQUARE[:2]}, r"shape \(2, 2\)"),
        (
            "a",
            {"polygon": [(0, 0), (1, np.inf), (1, 1)]},
            "region 'a' has 1 coordinates not",
        ),
        ("a", {"polygon": [(0, 0), (1, 1), (2, 2)]}, "polygon of region 'a' is not valid"),
        ("a", {"polygon": [(0, 0), (10, 10), (10, 0), (0, 10)]}, "Self-intersection"),
        ("a", {"polygon": Polygon()}, "The polygon of region 'a' is empty"),
    ],
)
def test_bad_regions(name: str, place: dict[str, object], found: str) -> None:
    with pytest.raises(ValueError, match=found):
        Region(name, **place)


def test_a_mapping_in_the_order_of_adding() -> None:
    regions = Regions()
    regions.add("z", point=(0, 0))
    added = regions.add("a", polygon=SQUARE)
    assert list(regions) == ["z", "a"]
    assert regions["a"] is added
    assert len(regions) == 2
    assert "z" in regions
    assert "q" not in regions
    regions.remove("z")
    assert list(regions) == ["a"]
    assert Regions(regions.values()) == regions
    assert pickle.loads(pickle.dumps(regions)) == regions


def test_a_name_is_taken_once() -> None:
    regions = Regions([Region("goal", point=(0, 0))])
    with pytest.raises(ValueError, match=r"'goal' already[\s\S]*remove\('goal'\)"):
        regions.add("goal", point=(1, 1))
    with pytest.raises(ValueError, match="already"):
        Regions([Region("a", point=(0, 0)), Region("a", point=(1, 1))])


@pytest.mark.parametrize("use", [Regions.__getitem__, Regions.remove])
def test_an_unknown_name_suggests_the_nearest(use: object) -> None:
    regions = Regions([Region("goal", point=(0, 0))])
    with pytest.raises(KeyError) as caught:
        use(regions, "gaol")
    assert isinstance(caught.value, UnknownRegionError)
    assert str(caught.value).startswith("There is no region 'gaol'. Did you mean 'goal'?\n")


def test_points_need_no_shapely() -> None:
    code = (
        "import sys; from neurospatial import Regions; Regions().add('goal', point=(0, 0)); "
        "sys.exit('shapely' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
