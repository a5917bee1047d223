"""The dock, and the files it writes."""

import gc
import threading

import numpy as np
import pytest

from neurospatial import animate_fields
from neurospatial.backends import open_scene
from neurospatial.fields import read_fields_file
from neurospatial.napari.plugin.export_form import list_suffixes
from neurospatial.video import VideoOptions, panel_pixels
from tests.html.browser import open_browser, open_tab
from tests.napari.plugin.exports import (
    decode_pictures,
    export_to,
    get_animation,
    sample_bins,
    wait_until,
)


@pytest.fixture
def dock(viewer, fields_file, open_dock):
    """The dock beside the animation of the file."""
    viewer.open(fields_file, plugin="neurospatial-napari")
    return open_dock()


@pytest.fixture
def centers(fields_file):
    """Where the bins lie."""
    return open_scene(fields_file).panels[0].fields[0].geometry.layout.bin_centers


def crop_panel(picture, scene, path):
    """Cut the panel's view out of a picture of a video."""
    options = VideoOptions(save_path=path, progress=False)
    return picture[panel_pixels(scene, options)[0]]


def test_the_dock_follows_the_viewer(viewer, fields_file, open_dock):
    dock = open_dock()
    assert not dock.export_button.isEnabled()
    viewer.open(fields_file, plugin="neurospatial-napari")
    wait_until(dock.export_button.isEnabled)
    assert (dock.get_frames(), dock.last.maximum()) == ((0, 8), 8)
    get_animation(viewer).frame = 4
    dock.this_frame.click()
    assert dock.get_frames() == (4, 5)
    dock.all_frames.click()
    assert dock.get_frames() == (0, 8)
    dock.first.setValue(6)
    dock.last.setValue(2)
    assert dock.get_frames() == (5, 6)


def test_the_video_is_that_of_animate_fields(dock, viewer, fields_file, tmp_path):
    path, direct = tmp_path / "out.mp4", tmp_path / "direct.mp4"
    assert export_to(dock, path) == f"Wrote {path}"
    held = read_fields_file(fields_file)
    keywords = {**held.keywords(), "save_path": direct, "progress": False}
    animate_fields(held.environment(), held.fields(), **keywords)
    assert path.read_bytes() == direct.read_bytes()


def test_the_video_agrees_with_the_viewer(dock, viewer, centers, tmp_path):
    animation = get_animation(viewer)
    animation.frame = 3
    dock.this_frame.click()
    export_to(dock, tmp_path / "out.mp4")
    (picture,) = decode_pictures(tmp_path / "out.mp4")
    scene = animation.scene
    bounds = scene.panels[0].view.bounds
    video = sample_bins(crop_panel(picture, scene, tmp_path / "out.mp4"), centers, bounds)
    seen = sample_bins(animation.frame_pixels(), centers, bounds)
    path = scene.panels[0].layers[1].xy[:4, 0].astype(float)
    # A trail begins with the first frame that is exported.
    far = np.linalg.norm(centers[:, None] - path, axis=2).min(axis=1) > 6
    assert np.abs(video - seen)[far].max() < 25
    assert np.abs(video - seen)[far].mean() < 4
    for pixels in (crop_panel(picture, scene, tmp_path / "out.mp4"), animation.frame_pixels()):
        red, green, blue = sample_bins(pixels, path[-1:], bounds)[0]
        assert red > 200
        assert max(green, blue) < 90


def test_the_page_agrees_with_the_viewer(dock, viewer, centers, tmp_path):
    animation = get_animation(viewer)
    animation.frame = 5
    dock.first.setValue(6)
    export_to(dock, tmp_path / "out.html")
    with open_browser() as browser, open_tab(browser) as tab:
        tab.open(tmp_path / "out.html")
        assert (tab.words(".ns-counter"), tab.words(".ns-label")) == ("1 / 3", "t = 2.5 s")
        page = tab.pixels()
    bounds = animation.scene.panels[0].view.bounds
    path = animation.scene.panels[0].layers[1].xy[:6, 0]
    far = np.linalg.norm(centers[:, None] - path, axis=2).min(axis=1) > 6
    seen = sample_bins(animation.frame_pixels(), centers, bounds)[far]
    assert np.abs(sample_bins(page, centers, bounds)[far] - seen).max() <= 4


def write_long_file(folder):
    """Write fields that take a while to encode."""
    edges = np.arange(6.0)
    fields = np.random.default_rng(0).uniform(0, 1, (6000, 25))
    path = folder / "long.npz"
    np.savez(path, fields=fields, edges_x=edges, edges_y=edges, active=np.ones((5, 5), bool))
    return path


def begin_export(viewer, open_dock, folder):
    """Begin an export that is far from its end."""
    viewer.open(write_long_file(folder.parent), plugin="neurospatial-napari")
    dock = open_dock(viewer)
    (folder / "out.mp4").write_text("of before")
    dock.file.setText(str(folder / "out.mp4"))
    dock.export_button.click()
    wait_until(lambda: dock.bar.value() > 0)
    assert dock.bar.value() < 90
    return dock


@pytest.fixture
def long_export(viewer, open_dock, tmp_path):
    return begin_export(viewer, open_dock, tmp_path)


def holds_only_the_old_file(folder):
    """Find whether a folder holds what it held before the export, and nothing else."""
    (path,) = folder.iterdir()
    return path.read_text() == "of before"


def test_napari_goes_on_and_cancelling_leaves_what_was_there(long_export, viewer, tmp_path):
    animation = get_animation(viewer)
    for frame in range(100, 105):
        animation.frame = frame
        wait_until(lambda: True)
    assert animation.frame == 104
    assert long_export.cancel_button.isEnabled()
    assert not long_export.export_button.isEnabled()
    long_export.cancel_button.click()
    wait_until(lambda: not long_export.cancel_button.isEnabled())
    assert long_export.message.text() == "Cancelled; nothing was written."
    assert long_export.export_button.isEnabled()
    assert holds_only_the_old_file(tmp_path)


def test_closing_the_window_cancels(viewer, open_dock, tmp_path):
    job = begin_export(viewer, open_dock, tmp_path).job
    viewer.close()
    wait_until(lambda: not job.running)
    assert holds_only_the_old_file(tmp_path)
    assert not [x for x in threading.enumerate() if x.name == "neurospatial export"]


def test_a_dock_that_is_closed_cancels_and_goes(viewer, tmp_path):
    viewer.open(write_long_file(tmp_path.parent), plugin="neurospatial-napari")
    outer, dock = viewer.window.add_plugin_dock_widget("neurospatial-napari", "Export animation")
    dock.find_animation()
    dock.file.setText(str(tmp_path / "out.mp4"))
    dock.export_button.click()
    job = dock.job
    viewer.window.remove_dock_widget(outer)
    del outer, dock
    gc.collect()
    wait_until(lambda: not job.running)
    assert list(tmp_path.iterdir()) == []
    viewer.layers.clear()
    wait_until(lambda: True)


BAD_FILES = {
    "none/out.mp4": "does not exist.\n\n  WHY",
    "out.mp5": "Did you mean '.mp4'?",
    "out": "No backend writes '' files.",
    ".": "No backend writes '' files.",
}


def test_a_bad_file_is_said_in_the_dock(dock, tmp_path):
    before = sorted(tmp_path.iterdir())
    for name, said in BAD_FILES.items():
        assert said in export_to(dock, tmp_path / name)
        assert sorted(tmp_path.iterdir()) == before
    assert export_to(dock, tmp_path / "good.gif") == f"Wrote {tmp_path / 'good.gif'}"


def test_an_animation_that_is_gone_is_said(dock, viewer, tmp_path):
    get_animation(viewer).close()
    assert "The viewer shows no animation." in export_to(dock, tmp_path / "out.mp4")
    assert not dock.export_button.isEnabled()


def test_suffixes_of_every_writer_are_offered():
    assert {".mp4", ".gif", ".html"} <= set(list_suffixes())
