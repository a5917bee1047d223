"""Pictures of regions: those of the environment, and those of RegionOverlay."""

import numpy as np
import pytest
from shapely import Polygon, box

from neurospatial.overlays import PositionOverlay, RegionOverlay
from neurospatial.regions import Region
from tests.overlays.pictures.options import shows
from tests.overlays.pictures.shots import arena, changed, shoot, still

AREA, POINT = (10.0, 10.0, 40.0, 40.0), (75.3, 41.2)
ORANGE = "#ff7f0e"
"""Colour of the second region."""
BESIDE = (15.0, 15.0)
"""Within the area, away from its name."""
FIELD = 0.2


def regions():
    return [Region("start", polygon=box(*AREA)), Region("goal", point=POINT)]


def marked():
    env = arena()
    for region in regions():
        env.regions.add(region.name, polygon=region.polygon, point=region.point)
    return env


def check_area(shot, alpha=0.3, frame=0):
    """Raise unless the area is filled as far as said within a white edge."""
    assert shot.at(frame, "white", BESIDE) == pytest.approx(alpha, abs=0.02)
    for place in ((10, 25), (40, 25), (25, 10), (25, 40)):
        assert shot.at(frame, "white", place) > 0.6, f"no edge at {place}"
    for place in ((5, 25), (45, 25), (25, 5), (25, 45)):
        assert shot.at(frame, "white", place) == 0, f"the area reaches {place}"


def check_goal(shot, frame=0, color=ORANGE):
    shot.check_marks(frame, color, POINT)
    column, row = shot.px(POINT).astype(int)
    name = shot.share(frame, "white")[row + 9 : row + 25, column - 16 : column + 16]
    assert (name > 0.5).sum() > 15, "no name below the mark"


@shows("RegionOverlay", "regions")
def test_regions_lie_where_they_are():
    for given in (regions(), {region.name: region for region in regions()}):
        shot = shoot(RegionOverlay(given))
        check_area(shot)
        check_goal(shot)


@shows("RegionOverlay", "names")
def test_only_regions_named_are_drawn():
    shot = shoot(RegionOverlay(regions(), names=["goal"]))
    # The first one that is drawn is white.
    assert shot.at(0, "white", POINT) > 0.9
    assert shot.amount(0, ORANGE) == 0
    only = shoot(RegionOverlay(regions()[1:]))
    assert not changed(shot.panel(0), only.panel(0)).any()


@shows("RegionOverlay", "alpha")
def test_filling_is_as_opaque_as_said():
    for alpha in (0.0, 0.6):
        shot = shoot(RegionOverlay(regions(), alpha=alpha))
        check_area(shot, alpha)


@shows("animate_fields", "show_regions")
def test_regions_of_the_environment_need_no_overlay():
    shot = shoot(env=marked(), show_regions=True)
    check_area(shot)
    check_goal(shot)


def test_regions_of_the_environment_with_an_overlay():
    shot = shoot(PositionOverlay(still(60, 15), color="lime"), env=marked(), show_regions=True)
    check_area(shot, frame=3)
    check_goal(shot, frame=3)
    shot.check_marks(3, "lime", (60, 15))


def test_regions_of_the_environment_that_are_named():
    shot = shoot(env=marked(), show_regions=["start"])
    check_area(shot)
    assert shot.amount(0, ORANGE) == 0
    nothing = shoot(env=marked())
    assert nothing.at(0, "white", BESIDE) == 0
    assert nothing.amount(0, ORANGE) == 0


@shows("animate_fields", "region_alpha")
def test_filling_of_the_environments_regions():
    check_area(shoot(env=marked(), show_regions=True, region_alpha=0.7), 0.7)


def test_field_is_seen_through_a_region_and_in_its_hole():
    hole = Polygon(box(*AREA).exterior, [box(20, 20, 30, 30).exterior])
    env = arena()
    fields = np.full((2, env.n_bins), FIELD)
    overlay = RegionOverlay([Region("Region", polygon=hole)])
    shot = shoot(overlay, env=env, fields=fields, frames=2)
    assert shot.at(0, "white", BESIDE) == pytest.approx(FIELD + 0.3 * (1 - FIELD), abs=0.02)
    assert shot.at(0, "white", (28, 22)) == pytest.approx(FIELD, abs=0.02)
