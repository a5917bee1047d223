"""A stretch of frames, as a scene of its own."""

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurospatial.scene import (
    Affine2D,
    ArraySource,
    Curve,
    Image,
    Points,
    Polygons,
    Segments,
    Text,
    Trace,
    compile_scene,
    slice_frames,
)
from neurospatial.testing.scenes import FixedOverlay

RED = (1.0, 0.0, 0.0, 1.0)
N = 6
XY = np.random.default_rng(2).random((N, 3, 2)).astype(np.float32)
PICTURES = ArraySource(np.zeros((2, 4, 5, 3), np.uint8))
MOVING = (
    Points(name="P", xy=XY, color=RED, opacity=XY[..., 0]),
    Segments(name="S", start=XY, stop=XY + 1, color=RED),
    Text(name="T", anchor=XY[:, 0], strings=tuple("abcdef"), color=RED),
    Image(
        name="I",
        frames=PICTURES,
        frame_index=np.array([0, 1, 0, -1, 1, 1]),
        px_to_world=Affine2D.scaling(1, 1),
    ),
)
STILL = (
    Points(name="P0", xy=XY[:1], color=RED),
    Segments(name="S0", start=XY[:1], stop=XY, color=RED),
    Text(name="T0", anchor=XY[:1, 0], strings=("a",), color=RED),
    Polygons(name="Y", polygons=(), fill=RED, edge=RED),
)
TRACE = Trace(
    name="W", times=np.arange(9.0), values=np.arange(9.0), color=RED, window=2.0, limits=(0, 9)
)
PER_FRAME = {
    "P": ("xy", "opacity"), "S": ("start", "stop"), "T": ("anchor", "strings"),
    "I": ("frame_index",), "S0": ("stop",),
}  # fmt: skip


class Counted:
    """Fields that remember which frames were read."""

    shape, dtype = (N, 12), np.dtype(float)

    def __init__(self, fields):
        self.fields, self.read_frames = fields, []

    def read(self, start, stop):
        self.read_frames += range(start, stop)
        return self.fields[start:stop]


@pytest.fixture
def scene(env, fields):
    overlay = FixedOverlay((*MOVING, *STILL, TRACE))
    return compile_scene(env, {"a": fields, "b": fields[::-1]}, overlays=[overlay], fps=10)


@pytest.mark.parametrize(("start", "stop"), [(0, 1), (2, 5), (5, 6), (0, 5)])
def test_every_frame_is_as_it_was(scene, fields, start, stop):
    part = slice_frames(scene, start, stop)
    assert part.timeline.n_frames == stop - start
    for panel, whole, values in zip(
        part.panels, scene.panels, (fields, fields[::-1]), strict=True
    ):
        read = panel.fields[0].values.read(0, stop - start)
        np.testing.assert_array_equal(read, values[start:stop])
        for layer, before in zip(panel.layers, whole.layers, strict=True):
            assert (layer.name, layer.z, type(layer)) == (before.name, before.z, type(before))
            for name in PER_FRAME.get(layer.name, ()):
                np.testing.assert_array_equal(
                    getattr(layer, name), getattr(before, name)[start:stop]
                )


def test_what_does_not_move_is_the_same_object(scene):
    part = slice_frames(scene, 1, 3)
    before = {layer.name: layer for layer in scene.panels[0].layers}
    after = {layer.name: layer for layer in part.panels[0].layers}
    for name in ("P0", "T0", "Y"):
        assert after[name] is before[name]
    assert after["S0"].start is before["S0"].start
    assert after["I"].frames is PICTURES
    assert part.strips == scene.strips


def test_a_line_is_cut_too(fields):
    from neurospatial import Environment
    from neurospatial.layouts import RegularGrid

    track = Environment(RegularGrid((np.arange(13.0),), np.ones(12, bool)))
    part = slice_frames(compile_scene(track, fields), 3, 5)
    (curve,) = (x for x in part.panels[0].layers if isinstance(x, Curve))
    np.testing.assert_array_equal(curve.values.read(0, 2), fields[3:5])


@given(start=st.integers(0, N - 1), length=st.integers(1, N), clock=st.booleans())
def test_the_clock_and_the_words_are_kept(start, length, clock):
    from neurospatial import Environment

    stop = min(N, start + length)
    env = Environment.from_mask(np.ones((3, 2), bool), [np.arange(4.0), np.arange(3.0)])
    times = np.array([0, 0.1, 0.25, 7, 8, 9.5]) if clock else None
    scene = compile_scene(env, np.eye(6), frame_times=times, fps=5)
    part = slice_frames(scene, start, stop).timeline
    np.testing.assert_array_equal(part.clock, scene.timeline.clock[start:stop])
    assert [part.label(i) for i in range(stop - start)] == [
        scene.timeline.label(i) for i in range(start, stop)
    ]
    assert part.fps == 5


def test_the_whole_is_the_scene_itself_and_nothing_is_read_early(env, fields):
    source = Counted(fields)
    scene = compile_scene(env, source, vmin=0, vmax=1)
    assert slice_frames(scene, 0, N) is scene
    part = slice_frames(scene, 2, 5)
    assert source.read_frames == []
    part.panels[0].fields[0].values.read(1, 3)
    assert source.read_frames == [3, 4]


def test_it_can_be_pickled(scene):
    again = pickle.loads(pickle.dumps(slice_frames(scene, 2, 4)))
    assert again.timeline.labels == ("Frame 3 / 6", "Frame 4 / 6")


@pytest.mark.parametrize(("start", "stop"), [(-1, 3), (3, 3), (4, 2), (0, 7), (6, 7)])
def test_frames_that_are_not_there(scene, start, stop):
    with pytest.raises(ValueError, match=rf"start is {start} and stop is {stop}, and .* 6 frames"):
        slice_frames(scene, start, stop)
