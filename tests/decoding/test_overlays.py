"""The estimate, its error and the credible ring are drawn where they are."""

from pathlib import Path

import numpy as np
import pytest

from neurospatial import Environment, decode_positions
from neurospatial.decoding import Decoded
from neurospatial.scene import Layer, Points, Segments, compile_scene
from tests.decoding.worlds import World, make_box, make_maze, make_world

CLOCK = np.arange(0, 60, 0.1)


def decode(world: World, **options: object) -> Decoded:
    """Decode ten seconds, half a second each, of an animal that goes from bin to bin."""
    bins = (CLOCK / 2).astype(int) % world.env.n_bins
    truth = world.env.bin_centers[bins]
    return decode_positions(
        world.env, world.fields, world.spikes, time_bins=(10, 20, 0.5),
        **{"times": CLOCK, "positions": truth, **options},
    )  # fmt: skip


def lower(decoded: Decoded, **options: object) -> dict[str, Layer]:
    """Compile a scene of what was decoded, its marks by name."""
    scene = compile_scene(decoded.env, decoded, overlays=decoded.overlays(), **options)
    return {layer.name: layer for layer in scene.panels[0].layers}


@pytest.fixture(scope="module")
def box() -> Decoded:
    return decode(make_world(make_box()))


@pytest.fixture(scope="module")
def maze() -> Decoded:
    return decode(make_world(make_maze()))


def test_marks_are_where_the_numbers_say(box: Decoded) -> None:
    layers = lower(box)
    mark, error, ring = layers["Decoded"], layers["Decoding error"], layers["Credible"]
    assert isinstance(mark, Points)
    assert isinstance(error, Segments)
    assert isinstance(ring, Segments)
    np.testing.assert_allclose(mark.xy[:, 0], box.map_position)
    np.testing.assert_allclose(error.start[:, 0], box.true_position, rtol=1e-6)
    np.testing.assert_allclose(error.stop[:, 0], box.map_position)
    away = np.linalg.norm(ring.start - box.map_position[:, np.newaxis], axis=2)
    np.testing.assert_allclose(away, np.tile(box.credible_radius[:, None], (1, 32)), rtol=1e-5)
    np.testing.assert_allclose(ring.start[:, 1:], ring.stop[:, :-1])
    length = np.linalg.norm(error.stop - error.start, axis=2)[:, 0]
    np.testing.assert_allclose(length, box.error, rtol=1e-5)


def test_without_the_truth_there_is_no_error() -> None:
    decoded = decode(make_world(make_box()), times=None, positions=None)
    assert decoded.error is None
    assert "Decoding error" not in lower(decoded)
    assert len(decoded.overlays()) == 2


def test_where_the_animal_was_lost_no_line_is_drawn() -> None:
    world = make_world(make_box())
    lost = world.env.bin_centers[np.zeros(CLOCK.size, int)].copy()
    lost[(CLOCK > 12) & (CLOCK < 15)] = np.nan
    decoded = decode(world, positions=lost)
    error = lower(decoded)["Decoding error"]
    assert isinstance(error, Segments)
    hidden = np.isnan(error.start).any(axis=(1, 2))
    np.testing.assert_array_equal(hidden, (decoded.times > 12) & (decoded.times < 15))


def test_a_frame_shows_the_time_bin_it_lies_in(box: Decoded) -> None:
    frames = np.arange(9.05, 21, 0.1)
    shown = compile_scene(
        box.env, np.zeros((frames.size, box.env.n_bins)), vmin=0, vmax=1,
        frame_times=frames, overlays=box.overlays(),
    )  # fmt: skip
    mark = next(layer for layer in shown.panels[0].layers if layer.name == "Decoded")
    assert isinstance(mark, Points)
    row = np.floor((frames - 10) / 0.5).astype(int)
    inside = (row >= 0) & (row < 20)
    np.testing.assert_array_equal(np.isnan(mark.xy[:, 0, 0]), ~inside)
    np.testing.assert_allclose(mark.xy[inside, 0], box.map_position[row[inside]])


def test_frames_on_another_clock_are_refused(box: Decoded) -> None:
    with pytest.raises(ValueError, match="No frame lies within the time that was decoded"):
        compile_scene(
            box.env, np.ones((3, box.env.n_bins)), vmin=0, vmax=1,
            frame_times=[1e6, 2e6, 3e6], overlays=box.overlays(),
        )  # fmt: skip


def test_on_a_line_the_stretch_stays_on_its_edge(maze: Decoded) -> None:
    layers = lower(maze, track="line")
    mark, stretch = layers["Decoded"], layers["Credible"]
    assert isinstance(mark, Points)
    assert isinstance(stretch, Segments)
    np.testing.assert_allclose(mark.xy[:, 0, 0], maze.map_position[:, 0], rtol=1e-6)
    ends = [(0, 20), (25, 45), (50, 70)]
    for (x, low, high), radius in zip(
        np.column_stack([maze.map_position, stretch.start[:, 0, 0], stretch.stop[:, 0, 0]]),
        maze.credible_radius, strict=True,
    ):  # fmt: skip
        begin, end = next(edge for edge in ends if edge[0] <= x <= edge[1])
        assert low == pytest.approx(max(x - radius, begin), abs=1e-4)
        assert high == pytest.approx(min(x + radius, end), abs=1e-4)


def test_on_a_ribbon_marks_lie_in_the_plane(maze: Decoded) -> None:
    mark = lower(maze, track="ribbon")["Decoded"]
    assert isinstance(mark, Points)
    np.testing.assert_allclose(mark.xy[:, 0], maze.env.to_2d(maze.map_position[:, 0]), atol=1e-5)


def test_on_a_line_without_a_plane_too() -> None:
    line = Environment.from_mask(np.ones(12, bool), [np.arange(13) * 3.0])
    decoded = decode(make_world(line))
    stretch = lower(decoded)["Credible"]
    assert isinstance(stretch, Segments)
    assert stretch.start[..., 0].min() >= 0
    assert stretch.stop[..., 0].max() <= 36


@pytest.mark.parametrize("track", ["line", "ribbon"])
def test_it_is_written_as_a_page(maze: Decoded, track: str, tmp_path: Path) -> None:
    page = maze.env.animate_fields(
        maze, overlays=maze.overlays(), track=track, save_path=tmp_path / "a.html", progress=False
    )
    text = page.read_text(encoding="utf-8")
    assert "Decoding error" in text
    assert "Credible" in text
