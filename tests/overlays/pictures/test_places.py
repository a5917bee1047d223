"""The company on hexagons, triangles and a track drawn in the plane; on a line, who may be."""

import numpy as np
import pytest
from shapely import box

from neurospatial import Environment
from neurospatial import overlays as room
from neurospatial.layouts import HexagonalGrid
from neurospatial.layouts.triangular.mesh import mesh_polygon
from neurospatial.regions import Region
from tests.overlays.pictures.cases import CAST, FIGURE, N_FRAMES, Ground, shot_of
from tests.overlays.pictures.shots import PX_PER_POINT, changed, shoot


def hexagons():
    return Environment(HexagonalGrid((-750.5, 1210.25), 9.0, np.ones((14, 9), bool)), units="cm")


def triangles():
    return Environment(mesh_polygon(box(0, 0, 100, 60), 12.0), units="cm")


def track():
    """Two arms of 100 and 60: along x, then up."""
    nodes = {0: (0.0, 0.0), 1: (100.0, 0.0), 2: (100.0, 60.0)}
    return Environment.from_graph(nodes, [(0, 1), (1, 2)], 0.0, 5.0, units="cm")


def extent(env):
    (x_min, x_max), (y_min, y_max) = env.layout.bounds
    return x_min, y_min, x_max, y_max


GROUNDS = {
    "hexagons": Ground(hexagons, extent=extent(hexagons())),
    "triangles": Ground(triangles, extent=extent(triangles())),
    "ribbon": Ground(track, {"track": "ribbon"}, (0.0, 0.0, 100.0, 60.0)),
}
TRANSLUCENT = {
    "RegionOverlay": [(60, 34), (67, 24), (74, 34), (67, 44)],
    "show_regions": [(80, 34), (87, 24), (94, 34), (87, 44)],
    "EventOverlay": [(8, 30)],
    "overlay_trajectory": [(48, 55), (84, 55)],
}
"""Where those are that show the grey beside a track through, on which no hue stands out."""


@pytest.fixture(scope="module", params=GROUNDS)
def ground(request):
    return GROUNDS[request.param]


@pytest.fixture(scope="module")
def company(ground):
    return shot_of(CAST, ground)


@pytest.mark.parametrize("name", CAST)
def test_in_the_plane(name, company, ground):
    if name in TRANSLUCENT and "track" in ground.options:
        return
    for frame in (0, 3, N_FRAMES - 1):
        CAST[name].check(company, ground, frame)


@pytest.mark.parametrize("name", TRANSLUCENT)
def test_translucent_ones_are_seen_beside_bins(name, company, ground):
    lacking = shot_of([other for other in CAST if other != name], ground)
    differs = changed(company.panel(3), lacking.panel(3))
    for x, y in TRANSLUCENT[name]:
        column, row = company.px(ground.spot(x, y)).astype(int)
        assert differs[row - 1 : row + 2, column - 1 : column + 2].any()


def test_distances_along_a_track_are_led_to_its_ribbon():
    distance = np.array([30.0, 77.0, 110.0, 145.0])
    plane = np.array([(30, 0), (77, 0), (100, 10), (100, 45)])
    shot = shoot(room.PositionOverlay(distance), env=track(), track="ribbon")
    for frame, place in enumerate(plane):
        shot.check_marks(frame, "red", place)
    spikes = room.EventOverlay([0.0], positions=[110.0])
    shoot(spikes, env=track(), track="ribbon").check_marks(0, "magenta", (100, 10))


DISTANCE = np.linspace(10, 150, N_FRAMES)


def line_shot(*overlays, env=None, **more):
    env = env or track()
    return shoot(*overlays, env=env, fields=np.full((N_FRAMES, env.n_bins), 0.5), **FIGURE, **more)


def in_the_plane(distance):
    return np.stack([np.minimum(distance, 100), np.maximum(distance - 100, 0)], axis=1)


@pytest.mark.parametrize("data", [DISTANCE, in_the_plane(DISTANCE)], ids=["1-D", "2-D"])
def test_animal_on_a_line_has_a_mark_at_the_foot_and_an_upright(data):
    shot = line_shot(room.PositionOverlay(data, size=8.0))
    for frame, distance in enumerate(DISTANCE):
        covered = shot.share(frame, "red")
        column, foot = shot.px((distance, 0.0))
        _, top = shot.px((distance, 1.0))
        for part, width in ((0.5, 1.5 * PX_PER_POINT), (1.0, 8.0 * PX_PER_POINT)):
            row = min(int(top + part * (foot - top)), len(covered) - 1)
            across = covered[row] if part == 1.0 else covered[row + 8]
            middle = across @ (np.arange(len(across)) + 0.5) / across.sum()
            assert middle == pytest.approx(column, abs=0.5)
            assert np.count_nonzero(across) == pytest.approx(width, abs=2.2)
        rows = np.flatnonzero(covered[:, int(column)] > 0.2)
        assert rows[0] == pytest.approx(top, abs=2)


def test_event_on_a_line_is_marked_at_the_foot():
    events = room.EventOverlay([0.2], size=5.0, decay=1.0)
    shot = line_shot(room.PositionOverlay(DISTANCE, size=1.0, color="lime"), events)
    assert len(shot.marks(1, "magenta")) == 0
    shot.check_marks(2, "magenta", (DISTANCE[2], 0.0))
    given = room.EventOverlay([0.0], positions=[120.0], size=5.0)
    line_shot(given).check_marks(0, "magenta", (120.0, 0.0))


def test_signal_under_a_line():
    signal = CAST["TimeSeriesOverlay"]
    shot = line_shot(signal.overlay(None))
    for frame in range(N_FRAMES):
        signal.check(shot, None, frame)


@pytest.mark.parametrize("how", ["overlay", "environment"])
def test_region_on_a_line_is_the_stretch_it_holds(how):
    area = box(20, -5, 50, 5)
    plain = line_shot()
    if how == "overlay":
        shot = line_shot(room.RegionOverlay([Region("arm", polygon=area)]))
    else:
        env = track()
        env.regions.add("arm", polygon=area)
        shot = line_shot(env=env, show_regions=True)
    differs = changed(plain.panel(0), shot.panel(0))
    columns = np.flatnonzero(differs.any(axis=0))
    left, right = shot.px([(20, 0), (50, 0)])[:, 0]
    assert columns[[0, -1]] + 0.5 == pytest.approx([left, right], abs=1.5)


def test_path_on_a_line():
    shot = line_shot(overlay_trajectory=DISTANCE)
    for frame, distance in enumerate(DISTANCE):
        column, row = shot.px((distance, 0.25))
        across = shot.share(frame, "red")[int(row)]
        assert across.sum() > 0.5
        middle = across @ (np.arange(len(across)) + 0.5) / across.sum()
        assert middle == pytest.approx(column, abs=0.5)


REFUSED = ["BodypartOverlay", "HeadDirectionOverlay", "ObjectVectorOverlay", "VideoOverlay"]


@pytest.mark.parametrize("name", REFUSED)
def test_others_are_refused_on_a_line(name):
    overlay = CAST[name].overlay(Ground())
    with pytest.raises(ValueError, match=f"{name} requires 2D environment"):
        line_shot(overlay)


def test_each_is_either_drawn_on_a_line_or_refused():
    on_a_line = {"PositionOverlay", "EventOverlay", "TimeSeriesOverlay", "RegionOverlay"}
    assert on_a_line | {"show_regions", "overlay_trajectory"} == set(CAST) - set(REFUSED)
