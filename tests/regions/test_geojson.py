"""Regions as GeoJSON, changed, measured and asked what they hold."""

import json
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon, box

from neurospatial import Environment, Region, Regions
from neurospatial.layouts import HexagonalGrid, RegularGrid
from neurospatial.layouts.track.from_graph import build_track_from_graph
from tests.damaged_reading import read_damaged, read_damaged_apart

RING = Polygon(box(0, 0, 10, 10).exterior.coords[::-1], [box(4, 4, 6, 6).exterior.coords])
PARTS = MultiPolygon([RING, box(20, 0, 25, 5)])


def places() -> Regions:
    made = Regions([Region("goal", point=(1.1, 2.2), metadata={"reward": "sugar", "name": "x"})])
    made.add("ring", polygon=RING)
    made.add("parts", polygon=PARTS, metadata={"sides": [1, 2]})
    return made


def test_geojson_holds_every_region_and_comes_back() -> None:
    text = json.dumps(places().to_geojson())
    for given_ in (text, json.loads(text)):
        again = Regions.from_geojson(given_)
        assert list(again) == ["goal", "ring", "parts"]
        assert again["goal"] == places()["goal"]
        for name in ("ring", "parts"):
            assert shapely.equals(again[name].polygon, places()[name].polygon)
            assert type(again[name].polygon) is type(places()[name].polygon)
            assert again[name].metadata == places()[name].metadata


def test_geojson_is_what_shapely_reads_and_winds_as_the_standard_says() -> None:
    features = places().to_geojson()["features"]
    ring = shapely.from_geojson(json.dumps(features[1]["geometry"]))
    assert ring.area == 96
    assert ring.exterior.is_ccw
    assert not ring.interiors[0].is_ccw
    assert shapely.from_geojson(json.dumps(features[2])).area == 121
    assert features[0]["geometry"] == {"type": "Point", "coordinates": [1.1, 2.2]}


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9)), max_size=4))
def test_points_come_back_to_the_last_bit(spots: list[tuple[float, float]]) -> None:
    made = Regions(Region(f"r{number}", point=spot) for number, spot in enumerate(spots))
    assert Regions.from_geojson(json.dumps(made.to_geojson())) == made


def test_a_name_may_be_a_property_or_a_number() -> None:
    point = {"type": "Point", "coordinates": [1, 2]}
    named = {"type": "Feature", "geometry": point, "properties": {"name": "a", "k": 1}}
    numbered = {"type": "Feature", "geometry": point, "properties": None, "id": 7}
    read = Regions.from_geojson({"type": "FeatureCollection", "features": [named, numbered]})
    assert list(read) == ["a", "7"]
    assert read["a"].metadata == {"k": 1}


@pytest.mark.parametrize(
    ("collection", "found"),
    [
        ("{", "not JSON"),
        ("[]", "no list of features"),
        ({"features": 3}, "no list of features"),
        ({"features": [{}]}, "Feature 0 has no geometry"),
        ({"features": [{"geometry": {"type": "Point", "coordinates": [1, 2]}}]}, "nor a name"),
        ({"features": [{"id": "a", "geometry": {"type": "LineString"}}]}, "'a' is a LineString"),
        ({"features": [{"id": "a", "geometry": {"type": "Point"}}]}, "'a' does not describe"),
        (
            {"features": [{"id": "a", "geometry": {"type": "Polygon", "coordinates": [[[0]]]}}]},
            "'a' does not describe",
        ),
    ],
    ids=map(str, range(8)),
)
def test_bad_geojson(collection: object, found: str) -> None:
    with pytest.raises(ValueError, match=rf"{found}[\s\S]*WHY[\s\S]*FeatureCollection"):
        Regions.from_geojson(collection)  # type: ignore[arg-type]


def test_what_geojson_cannot_hold() -> None:
    with pytest.raises(ValueError, match="one coordinate"):
        Regions([Region("a", point=(1.0,))]).to_geojson()
    with pytest.raises(TypeError, match="metadata of region 'a'"):
        Regions([Region("a", point=(1, 2), metadata={"k": np.ones(2)})]).to_geojson()


def test_renaming_and_updating_keep_the_order() -> None:
    made = places()
    assert made.rename("ring", "annulus").polygon == RING
    assert list(made) == ["goal", "annulus", "parts"]
    assert made["annulus"].name == "annulus"
    made.update("goal", point=(5, 5))
    assert made["goal"] == Region("goal", point=(5, 5), metadata=places()["goal"].metadata)
    made.update("goal", polygon=RING, metadata={})
    assert made["goal"] == Region("goal", polygon=RING)
    made.update("annulus", metadata={"a": 1})
    assert made["annulus"] == Region("annulus", polygon=RING, metadata={"a": 1})
    assert list(made) == ["goal", "annulus", "parts"]
    assert made.rename("goal", "goal") == made["goal"]


def test_bad_renaming_and_updating_change_nothing() -> None:
    made = places()
    with pytest.raises(ValueError, match="'parts' already"):
        made.rename("ring", "parts")
    with pytest.raises(ValueError, match="name is ''"):
        made.rename("ring", "")
    with pytest.raises(KeyError, match="Did you mean 'goal'"):
        made.rename("gaol", "x")
    with pytest.raises(KeyError, match="no region 'x'"):
        made.update("x", point=(0, 0))
    with pytest.raises(ValueError, match="both point and polygon"):
        made.update("ring", point=(0, 0), polygon=RING)
    assert made == places()


def test_area_and_buffer() -> None:
    assert [region.area for region in places().values()] == [0, 96, 121]
    disc = places()["goal"].buffer(5.0, "near")
    assert disc.name == "near"
    assert disc.metadata == places()["goal"].metadata
    assert disc.area == pytest.approx(np.pi * 25, rel=1e-3)
    shrunk = places()["ring"].buffer(-1.0)
    assert shrunk.area == pytest.approx(64 - (4 * 2 + 4 + np.pi), rel=1e-3)
    with pytest.raises(ValueError, match="region 'ring' is empty"):
        places()["ring"].buffer(-4.0)
    with pytest.raises(ValueError, match="buffered by nan"):
        places()["ring"].buffer(np.nan)
    with pytest.raises(ValueError, match=r"1 coordinate\(s\)"):
        Region("a", point=(1.0,)).buffer(1.0)


@settings(deadline=None, max_examples=40)
@given(st.booleans(), st.integers(0, 1000))
def test_bins_and_positions_in_regions_are_those_that_shapely_finds(
    hexagonal: bool, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    full = np.ones((14, 7), bool)
    grid = RegularGrid((np.arange(0, 30, 2.0), np.arange(0, 16, 2.0)), full)
    layout = HexagonalGrid((0.3, 0.1), 2.0, full) if hexagonal else grid
    env = Environment(layout, regions=places())
    for name in ("ring", "parts"):
        area = places()[name].polygon
        centers = [area.intersects(shapely.Point(center)) for center in env.bin_centers]
        np.testing.assert_array_equal(env.region_mask(name), centers)
        assert env.bins_in_region(name).tolist() == np.flatnonzero(centers).tolist()
    assert env.bins_in_region("goal").tolist() == env.bin_at([[1.1, 2.2]]).tolist()
    both = env.region_mask(["goal", "parts"])
    np.testing.assert_array_equal(both, env.region_mask("goal") | env.region_mask("parts"))
    positions = rng.uniform(0, 30, (100, 2)).round()
    positions[::9] = np.nan
    inside = env.region_membership(positions)
    assert inside.shape == (100, 3)
    for spot, (goal, ring, parts) in zip(positions, inside, strict=True):
        point = shapely.Point(spot)
        lost = np.isnan(spot).any()
        assert ring == (not lost and RING.intersects(point))
        assert parts == (not lost and PARTS.intersects(point))
        assert goal == (env.bin_at([spot])[0] == env.bin_at([[1.1, 2.2]])[0])


def test_regions_of_a_track_lie_in_its_plane() -> None:
    track = build_track_from_graph({0: (0, 0), 1: (10, 0), 2: (10, 6)}, [(0, 1), (1, 2)], 4.0, 1.0)
    env = Environment(track)
    env.regions.add("arm", polygon=box(9.2, 2, 11, 9))
    env.regions.add("goal", point=(9.9, 5.5))
    env.regions.add("along", point=(3.5,))
    env.regions.add("away", point=(12.0,))
    assert env.bins_in_region("arm").tolist() == [12, 13, 14, 15]
    assert env.bins_in_region("goal").tolist() == [15]
    assert env.bins_in_region("along").tolist() == [3]
    assert env.bins_in_region("away").tolist() == []
    assert env.region_membership([[3.2], [16.5], [np.nan]], ["along", "arm"]).tolist() == [
        [True, False],
        [False, True],
        [False, False],
    ]


def test_regions_of_other_dimensions_are_refused() -> None:
    line = Environment(RegularGrid((np.arange(4.0),), np.ones(3, bool)), regions=places())
    with pytest.raises(ValueError, match="'ring' is an area"):
        line.bins_in_region("ring")
    with pytest.raises(ValueError, match="positions has incorrect shape"):
        line.bins_in_region("goal")
    with pytest.raises(KeyError, match="Did you mean 'ring'"):
        line.region_mask(["rong"])


def of(kind: str, coordinates: object) -> dict[str, object]:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"features": [{"type": "Feature", "id": "a", "geometry": geometry}]}


SQUARE = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]


@pytest.mark.parametrize(
    ("collection", "found"),
    [
        ("[" * 100_000, "not JSON: maximum recursion depth"),
        ('{"features": ' + "9" * 5000 + "}", "not JSON: Exceeds the limit"),
        ("version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "is a Git LFS pointer"),
        (of("Polygon", [[*SQUARE[:2], [float("nan"), 4], SQUARE[0]]]), "that are not finite"),
        (of("Polygon", [[*SQUARE[:2], [None, 4], SQUARE[0]]]), "'a' does not describe"),
        (of("Polygon", [SQUARE, SQUARE[:2]]), r"a ring has shape \(2, 2\)"),
        (of("Polygon", [[[*place, 0, 0] for place in SQUARE]]), r"a ring has shape \(5, 4\)"),
        (of("Polygon", [[[x * 1e308 for x in place] for place in SQUARE]]), "a place"),
        (of("Polygon", [[[x * 4e307 for x in place] for place in SQUARE]]), "an area of inf"),
        (of("Polygon", []), "a polygon has no rings"),
        (of("MultiPolygon", [[]]), "a polygon has no rings"),
        (of("MultiPolygon", []), "is empty"),
        (of("MultiPolygon", {"a": 1}), "a list of polygons has the type dict"),
        (of("Polygon", "text"), "a list of rings has the type str"),
        (of("Polygon", [3]), "a list of positions has the type int"),
        (of("Point", [10**400, 1]), "does not describe"),
        ({"features": [{"id": True, "geometry": {"type": "Point"}}]}, "nor a name"),
        ({"features": [{"id": "a", "geometry": {"type": ["Point"]}}]}, "'a' is a "),
    ],
    ids=map(str, range(18)),
)
def test_what_no_place_is_made_of_is_refused(collection: object, found: str) -> None:
    with pytest.raises(ValueError, match=rf"{found}[\s\S]*WHY[\s\S]*FeatureCollection"):
        Regions.from_geojson(collection)


def test_heights_and_open_rings_are_taken() -> None:
    high = Regions.from_geojson(of("Polygon", [[[*place, 7] for place in SQUARE]]))
    unclosed = Regions.from_geojson(of("Polygon", [SQUARE[:-1]]))
    assert high["a"].area == unclosed["a"].area == 16


def read_regions(path: Path) -> None:
    Regions.from_geojson(path.read_text("utf-8", errors="replace"))


CONTENT = json.dumps(places().to_geojson()).encode()


def test_any_damage_is_read_or_refused(tmp_path: Path) -> None:
    assert not read_damaged(read_regions, CONTENT, tmp_path, "regions.json", "json", 80)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_much_damage_is_read_or_refused(tmp_path: Path, seed: int) -> None:
    read = f"{__name__}:read_regions"
    assert not read_damaged_apart(read, CONTENT, tmp_path, "regions.json", "json", 300, seed)
