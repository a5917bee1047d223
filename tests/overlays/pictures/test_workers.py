"""The company as it stands in a file, written by one worker and by three."""

from functools import cache

import av
import cv2
import numpy as np
import pytest

from neurospatial.scene import compile_scene
from neurospatial.testing.fixture import compute_psnr
from neurospatial.video import VideoOptions, backend, render_frames
from tests.overlays.pictures.cases import (
    CAST,
    CLOCK,
    GREEN,
    N_FRAMES,
    PLANE,
    environment,
    together,
)
from tests.overlays.pictures.shots import Shot, as_rgba, page_of

SIZE = {"figsize": (5.5, 4.5), "dpi": 100}
FRAMES = (2, 4, 7)
ALIKE = 30.0
"""Decibels: at crf=10 what is left is the edges of strong colours."""


def scene_of(names):
    overlays, options = together(names)
    env = environment(PLANE)
    fields = np.zeros((N_FRAMES, env.n_bins))
    return compile_scene(
        env, fields, cmap="gray", vmin=0, vmax=1, overlays=overlays, frame_times=CLOCK, **options
    )


def decoded(path):
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


@pytest.fixture(scope="module")
def scene():
    return scene_of(CAST)


@pytest.fixture(scope="module")
def painted(scene):
    options = VideoOptions(save_path="never.mp4", **SIZE)
    return [picture.astype(float) for picture in render_frames(scene, options)]


@pytest.fixture(scope="module", params=[1, 3])
def written(request, scene, tmp_path_factory):
    """The pictures in a file, with as many workers."""
    path = tmp_path_factory.mktemp("company") / "company.mp4"
    options = VideoOptions(save_path=path, n_workers=request.param, crf=10, progress=False, **SIZE)
    backend.present(scene, options)
    return Shot(scene, page_of(scene, options), [as_rgba(p) for p in decoded(path)])


def test_file_holds_the_painted_pictures_in_order(written, painted):
    assert len(written.pictures) == N_FRAMES
    for frame, picture in enumerate(written.pictures):
        found = [compute_psnr(picture[..., :3].astype(float), before) for before in painted]
        assert int(np.argmax(found)) == frame
        assert found[frame] > ALIKE


def test_animal_is_in_its_place_in_every_frame(written):
    for frame, place in enumerate(PLANE.walk()):
        middle = _middle(written.panel(frame), GREEN)
        assert np.abs(middle - written.px(place)).max() < 0.5


def _middle(picture, color):
    """The middle of what is far from grey and of about this hue: a file blurs colours."""
    shown = picture[..., :3].astype(float)
    hue = shown - shown.mean(axis=-1, keepdims=True)
    wanted = np.array(color) - np.mean(color)
    wanted /= np.linalg.norm(wanted)
    like = hue @ wanted
    away = np.linalg.norm(hue - like[..., None] * wanted, axis=-1)
    light = np.where((like > 30) & (away < 0.35 * like), like, 0)
    count, label = cv2.connectedComponents((light > 0).astype(np.uint8))
    largest = max(range(1, count), key=lambda patch: light[label == patch].sum())
    weight = np.where(label == largest, light, 0)
    rows, columns = np.indices(weight.shape) + 0.5
    return np.array([(columns * weight).sum(), (rows * weight).sum()]) / weight.sum()


@cache
def lacking(name):
    """Where everything lies, and the pictures, without one of the company."""
    scene = scene_of([other for other in CAST if other != name])
    options = VideoOptions(save_path="never.mp4", **SIZE)
    pictures = render_frames(scene, options, FRAMES)
    return page_of(scene, options), [picture.astype(float) for picture in pictures]


@pytest.mark.parametrize("name", [name for name in CAST if name != "TimeSeriesOverlay"])
def test_each_is_in_the_file(name, written, painted):
    """Without it the picture would be another one than that in the file."""
    page, without = lacking(name)
    assert page == written.page
    for frame, picture in zip(FRAMES, without, strict=True):
        own = np.abs(painted[frame] - picture).max(axis=-1) > 60
        assert own.sum() > 20
        shown = written.pictures[frame][..., :3].astype(float)
        off = [np.abs(shown - other)[own].mean() for other in (painted[frame], picture)]
        assert off[0] < 0.65 * off[1]


def test_the_signal_is_in_the_file(written, painted):
    page, _ = lacking("TimeSeriesOverlay")
    assert not page.strips
    (box,) = written.page.strips
    part = np.s_[box.y : box.y + box.height, box.x : box.x + box.width]
    for frame in range(N_FRAMES):
        shown = written.pictures[frame][part][..., :3].astype(float)
        found = [compute_psnr(shown, before[part]) for before in painted]
        assert int(np.argmax(found)) == frame
