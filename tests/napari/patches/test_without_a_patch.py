"""With any patch failing the viewer opens, shows the same, and the log says it once."""

import logging
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import numpy as np
import pytest

from neurospatial.napari import patches
from neurospatial.napari.patches import guard
from neurospatial.napari.patches.unwrap_viewer import unwrap_viewer
from neurospatial.scene import Affine2D, ArraySource, Field, Image, Polygons, Text, rgba
from neurospatial.testing import LAYOUTS
from tests.napari import test_conformance_napari as whole
from tests.napari.patches.hidden import ACCESSES, hide_access
from tests.napari.scenes import make_marks, make_ramps, show_scene

LOG = "neurospatial"
FRAMES = (4, 21)
ERRORS = (AttributeError, TypeError, RuntimeError)
PATCHES = {access.partition(".")[0] for access in ACCESSES}
THROUGH_VISUALS = {"keep_shaders", "skip_empty_text", "skip_empty_tiles"}
# Of each access the patches that are off without it.
AFFECTED = {access: {access.partition(".")[0]} for access in ACCESSES} | {
    access: THROUGH_VISUALS for access in ACCESSES if access.startswith("visuals.")
}


def make_everything():
    """A mesh whose bins come and go, and a layer of every kind over it."""
    layout = LAYOUTS["flat hexagons"]()
    fields = make_ramps(layout) / 2
    fields[20:, ::3] = np.nan
    (x, right), (y, top) = layout.bounds
    square = np.array([(x, y), (x, top), ((x + right) / 2, top), ((x + right) / 2, y)])
    pictures = np.random.default_rng(0).integers(0, 255, (2, 8, 9, 3), dtype=np.uint8)
    to_world = Affine2D.translation(x, top) @ Affine2D.scaling((right - x) / 18, (y - top) / 16)
    layers = [
        *make_marks(layout),
        Polygons(name="Area", polygons=((square,),), fill=rgba("red", 0.2),
                 edge=rgba("white"), z=0.2),
        Text(name="Note", anchor=square[2:3], strings=("here",), color=rgba("white"), z=9.0),
        Image(name="Camera", frames=ArraySource(pictures), px_to_world=to_world,
              frame_index=np.arange(len(fields)) // 20, opacity=0.5, z=0.1),
    ]  # fmt: skip
    return layout, fields, layers


def look_at(viewer, animation):
    """Pictures of some frames and strips, with axes, from closer up, and with a text."""
    found = {}
    for frame in FRAMES:
        animation.frame = frame
        found[frame] = animation.frame_pixels(0, 300)
        found[frame, "strip"] = animation.strip_pixels(0)
    found["canvas"] = viewer.screenshot(flash=False)
    field = viewer.layers["Field"]
    field.contrast_limits = (0.2, 0.6)
    zoom, viewer.scene.camera.zoom = viewer.scene.camera.zoom, viewer.scene.camera.zoom * 1.7
    found["closer"] = viewer.screenshot(flash=False)
    viewer.scene.camera.zoom = zoom
    viewer.layers["Position"].text = {"string": {"constant": "I"}, "size": 20, "color": "white"}
    found["text"] = animation.frame_pixels(0, 300)
    return found


def open_window():
    """A window whose canvas is as large whichever controls of layers were made in it."""
    import napari

    viewer = napari.Viewer()
    viewer.window._qt_viewer.dockLayerControls.setVisible(False)
    return viewer


@pytest.fixture(scope="module")
def expected(qapp):
    """What is seen with all patches, in a window of its own."""
    viewer = open_window()
    found = look_at(viewer, show_scene(viewer, *make_everything()))
    viewer.close()
    return found


@pytest.fixture
def own_viewer(qapp, monkeypatch):
    """A window of its own, in which the log has said nothing yet."""
    monkeypatch.setattr(guard, "_OFF", set())
    viewer = open_window()
    yield viewer
    viewer.close()


def check_log(caplog, access):
    """The log says of each patch that is off that it is, once."""
    said = [record.getMessage() for record in caplog.records if record.name == LOG]
    off = {name for name in AFFECTED[access] if any(f"patch {name!r}" in line for line in said)}
    assert off == AFFECTED[access]
    assert len(said) == len(off)


def check_pictures(found, expected):
    assert found.keys() == expected.keys()
    for name, picture in found.items():
        assert picture.shape == expected[name].shape, name
        different = np.abs(picture.astype(int) - expected[name]).max()
        assert different <= 1, f"{name}: {different}"


@pytest.mark.parametrize(("access", "error"), [*zip(ACCESSES, cycle(ERRORS), strict=False)])
def test_it_opens_and_shows_the_same(own_viewer, expected, caplog, access, error):
    with caplog.at_level(logging.WARNING, LOG), hide_access(access, error) as hidden:
        animation = show_scene(own_viewer, *make_everything())
        found = look_at(own_viewer, animation)
        animation.close()
    assert hidden.times > 0
    check_pictures(found, expected)
    check_log(caplog, access)


@pytest.mark.parametrize("access", ["skip_empty_tiles._data", "suspend_refresh._block_refresh"])
def test_it_goes_on_where_a_patch_fails_later(own_viewer, expected, caplog, access):
    animation = show_scene(own_viewer, *make_everything())
    with caplog.at_level(logging.WARNING, LOG), hide_access(access) as hidden:
        found = look_at(own_viewer, animation)
        animation.close()
    assert hidden.times > 0
    check_pictures(found, expected)
    check_log(caplog, access)


# One access a patch, and one that all three need which reach for what draws a layer.
ONE_EACH = [next(a for a in ACCESSES if a.startswith(f"{name}.")) for name in sorted(PATCHES)]


class HidesAnAccess:
    """Every test of a class runs once for each patch, which fails all the while."""

    @pytest.fixture(autouse=True, params=ONE_EACH)
    def _hidden(self, request, qapp):
        with hide_access(request.param):
            yield


class TestWithoutAPatch(HidesAnAccess, whole.TestViewer):
    """The first case of every kind of layer, and of fields on a grid and on a mesh."""

    def cases(self):
        first = {case.about: case for case in reversed(super().cases())}
        return [replace(case, layouts=case.layouts[:1]) for case in first.values()] + [
            replace(first[Field], layouts=("flat hexagons",))
        ]


@pytest.mark.long
class TestAllWithoutAPatch(HidesAnAccess, whole.TestViewer):
    """The viewer's whole conformance."""


def test_a_proxy_that_hides_the_viewer_is_taken_as_it_is(caplog, monkeypatch):
    class Proxy:
        @property
        def __wrapped__(self):
            raise TypeError("no more")

    monkeypatch.setattr(guard, "_OFF", set())
    proxy = Proxy()
    with caplog.at_level(logging.WARNING, LOG):
        assert unwrap_viewer(proxy) is proxy
        assert unwrap_viewer(proxy) is proxy
    assert len(caplog.records) == 1
    assert "unwrap_viewer" in caplog.text


def test_every_patch_is_tried():
    folder = Path(patches.__file__).parent
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__", "guard"}
    assert modules == PATCHES | {"unwrap_viewer"}
