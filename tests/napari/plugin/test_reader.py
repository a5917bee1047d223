"""Files and the sample, opened as napari's menus do."""

import numpy as np
import pytest

from neurospatial import Environment
from neurospatial.backends import demo_scene, open_scene
from neurospatial.napari.plugin.reader import get_reader
from tests.napari.plugin.exports import get_animation, sample_bins

PLUGIN = "neurospatial-napari"


def test_the_distribution_carries_a_valid_manifest():
    npe2 = pytest.importorskip("npe2", reason="npe2 comes with napari")
    manifest = npe2.PluginManifest.from_distribution(PLUGIN)
    manifest.validate_imports()
    assert [reader.filename_patterns for reader in manifest.contributions.readers] == [
        ["*.npz", "neurospatial://*"]
    ]
    assert [sample.display_name for sample in manifest.contributions.sample_data] == [
        "Demo session"
    ]
    assert [widget.display_name for widget in manifest.contributions.widgets] == [
        "Export animation"
    ]


@pytest.mark.parametrize("path", ["a.png", "a.npy", ["a.npz", "b.npz"], "neurospatial://other"])
def test_other_paths_are_left_to_others(path):
    assert get_reader(path) is None


def test_a_file_shows_its_frames(viewer, fields_file):
    assert viewer.open(fields_file, plugin=PLUGIN) == []
    animation = get_animation(viewer)
    fields = np.load(fields_file)["fields"]
    assert (animation.n_frames, animation.scene.title) == (8, "Rates")
    centers = open_scene(fields_file).panels[0].fields[0].geometry.layout.bin_centers
    scale = animation.scene.panels[0].fields[0].color
    for frame in (0, 7):
        animation.frame = frame
        seen = sample_bins(
            animation.frame_pixels(), centers, animation.scene.panels[0].view.bounds
        )
        expected = scale.table[scale.quantise(fields[frame])].astype(int)
        # The mark of the animal covers a bin or two.
        assert np.median(np.abs(seen - expected).max(axis=1)) <= 2
    assert "Trajectory" in viewer.layers


def test_a_file_of_several_cells_shows_a_panel_each(viewer, tmp_path):
    path = tmp_path / "cells.npz"
    fields = np.random.default_rng(8).uniform(0, 20, (3, 8, 30))
    np.savez(
        path, fields=fields, active=np.ones((6, 5), bool),
        edges_x=np.linspace(0, 60, 7), edges_y=np.linspace(0, 50, 6),
    )  # fmt: skip
    assert viewer.open(path, plugin=PLUGIN) == []
    animation = get_animation(viewer)
    panels = animation.scene.panels
    assert (len(panels), animation.n_frames) == (3, 8)
    assert [layer.name for layer in viewer.layers] == [
        "axes", *(f"{panel.title}: Field" for panel in panels)
    ]  # fmt: skip
    centers = panels[0].fields[0].geometry.layout.bin_centers
    for frame in (0, 7):
        animation.frame = frame
        for number, panel in enumerate(panels):
            scale = panel.fields[0].color
            seen = sample_bins(animation.frame_pixels(number), centers, panel.view.bounds)
            expected = scale.table[scale.quantise(fields[number, frame])].astype(int)
            assert np.median(np.abs(seen - expected).max(axis=1)) <= 2


def test_an_environment_shows_its_bins_and_regions(viewer, tmp_path):
    env = Environment.from_mask(np.ones((4, 3), bool), [np.arange(5.0), np.arange(4.0)])
    env.regions.add("goal", polygon=[(0, 0), (2, 0), (2, 2)])
    env.save(tmp_path / "arena.npz")
    viewer.open(tmp_path / "arena.npz", plugin=PLUGIN)
    animation = get_animation(viewer)
    (field,) = animation.scene.panels[0].fields
    np.testing.assert_array_equal(field.values.read(0, 1), [np.arange(12)])
    assert "goal" in " ".join(layer.name for layer in viewer.layers)


def test_the_sample_is_the_demonstration(viewer):
    viewer.open_sample(PLUGIN, "demo")
    animation, expected = get_animation(viewer), demo_scene()
    assert animation.n_frames == expected.timeline.n_frames
    assert animation.scene.title == expected.title
    values = [x.panels[0].fields[0].values.read(600, 601) for x in (animation.scene, expected)]
    np.testing.assert_array_equal(*values)


def test_a_second_file_gets_a_window_of_its_own(viewer, fields_file):
    import napari

    viewer.open(fields_file, plugin=PLUGIN)
    first = get_animation(viewer)
    viewer.open(fields_file, plugin=PLUGIN)
    assert get_animation(viewer) is first
    second = napari.current_viewer()
    assert second is not viewer
    assert get_animation(second).n_frames == 8
    second.close()


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda path: path.write_text("text"), "is not an npz file"),
        (lambda path: np.savez(path, fields=np.ones((3, 4))), "does not say which space"),
        (lambda path: np.savez(path, pictures=np.ones((3, 4))), "has no array 'fields'"),
        (
            lambda path: np.savez(path, fields=np.ones((3, 4)), positions=np.eye(2), bin_size=0.5),
            "n_bins is 2, a field here has shape",
        ),
    ],
)
def test_a_bad_file_says_what_why_and_how(viewer, tmp_path, made, said):
    path = tmp_path / "some.npz"
    made(path)
    with pytest.raises(ValueError, match=said) as caught:
        viewer.open(path, plugin=PLUGIN)
    assert "WHY:" in str(caught.value)
    assert "HOW:" in str(caught.value)
    assert list(viewer.layers) == []


def test_a_damaged_file_says_so(viewer, fields_file):
    content = bytearray(fields_file.read_bytes())
    content[200:260] = bytes(60)
    fields_file.write_bytes(content)
    with pytest.raises(ValueError, match="is damaged"):
        viewer.open(fields_file, plugin=PLUGIN)
