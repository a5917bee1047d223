"""How a moving view comes out of a bundle."""

from dataclasses import replace

import numpy as np
import pytest

from neurospatial.scene import Scene, ViewPath
from tests.html.pages import Bundle, bumps, bundled, every_layer, layers_of, room, scene_in


def moving(n_frames: int, zoom: float = 3.0, far: float = 0.0, panels: int = 1) -> Scene:
    """Panels whose views share one path."""
    places = np.column_stack([np.linspace(5, 35, n_frames) + far, np.full(n_frames, 12.0)])
    path = ViewPath(places, np.linspace(1, zoom, n_frames))
    env = room()
    scene = scene_in(env, {str(k): bumps(env, n_frames) for k in range(panels)})
    moved = (
        replace(
            panel,
            view=replace(
                panel.view,
                path=path,
                bounds=tuple(np.add(panel.view.bounds, (far, 0, far, 0)).tolist()),
            ),
        )
        for panel in scene.panels
    )
    return replace(scene, panels=tuple(moved))


def entries(header: dict[str, object]) -> list[dict[str, object] | None]:
    return [panel["view"]["path"] for panel in header["panels"]]


@pytest.mark.parametrize(("far", "kind"), [(0.0, np.float32), (5e6, np.float64)])
def test_the_place_and_the_zoom_of_each_frame_come_back(far, kind):
    scene = moving(500, far=far)
    _, read = bundled(scene)
    found = read.array(entries(read.header)[0])
    path = scene.panels[0].view.path
    assert found.dtype == kind
    np.testing.assert_allclose(found, np.column_stack([path.centers, path.zoom]), rtol=1e-7)


def test_what_is_seen_closely_takes_finer_numbers():
    """A hundredth of a pixel matters where a hundred times as many are shown."""
    kinds = [entries(bundled(moving(9, zoom))[1].header)[0]["dtype"] for zoom in (2.0, 100.0)]
    assert kinds == ["float32", "float64"]


def test_panels_that_share_a_path_share_its_numbers():
    names = {entry["name"] for entry in entries(bundled(moving(9, panels=3))[1].header)}
    assert len(names) == 1


def test_a_view_that_stays_has_no_path():
    scene = scene_in(room(), bumps(room(), 5), *every_layer(5))
    assert entries(bundled(scene)[1].header) == [None]


def test_the_path_of_many_frames_comes_in_parts_when_they_are_shown():
    n_frames = 100_000
    env = room()
    scene = scene_in(env, np.zeros((n_frames, env.n_bins), dtype=np.float32))
    path = ViewPath(np.zeros((n_frames, 2)), np.full(n_frames, 2.0))
    (panel,) = scene.panels
    scene = replace(scene, panels=(replace(panel, view=replace(panel.view, path=path)),))
    bundle: Bundle
    bundle, read = bundled(scene)
    (entry,) = entries(read.header)
    first = [
        bundle.first_frame(f"{entry['name']}/{k}") for k in range(-(-n_frames // entry["rows"]))
    ]
    assert len(first) > 3
    assert first == [entry["rows"] * k for k in range(len(first))]


@pytest.mark.parametrize(("zoom", "times"), [(1.0, 1.0), (2.5, 2.5), (50.0, None)])
def test_the_map_of_bins_is_as_fine_as_the_closest_frame_and_no_larger_than_a_browser_takes(
    zoom, times
):
    scene = moving(4, zoom)
    _, read = bundled(scene, size=(400, 300))
    width, height = read.header["panels"][0]["raster"]
    high, wide = layers_of(read)["Field"]["index_map"]["shape"]
    if times is None:
        assert 8e6 < high * wide < 8.5e6
    else:
        assert (wide, high) == (round(width * times), round(height * times))
    assert wide / high == pytest.approx(width / height, rel=1e-2)
    index = read.array(layers_of(read)["Field"]["index_map"])
    (field,) = scene.panels[0].fields
    raster = scene.panels[0].view.make_raster(wide, high)
    assert np.array_equal(index, field.geometry.index_map(raster))
