"""The video backend presents what the reference draws: before it is encoded, and after."""

from dataclasses import dataclass

import av
import numpy as np
import pytest

from neurospatial.scene import Scene
from neurospatial.testing import LAYOUTS, BackendTests, scene_of
from neurospatial.testing.fixture import compute_psnr
from neurospatial.testing.scenes import make_letter_f, make_numbered_fields
from neurospatial.video import backend as video
from neurospatial.video import panel_pixels, render_frames, strip_pixels
from neurospatial.video.figure.axes import BACKGROUND


def as_rgba(picture):
    return np.pad(picture, ((0, 0), (0, 0), (0, 1)), constant_values=255)


def decoded(path):
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


@dataclass
class Presented:
    """Whole pictures, and where on them things lie."""

    scene: Scene
    options: object
    pictures: list

    def frame(self, i):
        return as_rgba(self.pictures[i][panel_pixels(self.scene, self.options)[0]])

    def strip(self, i, number):
        return as_rgba(self.pictures[i][strip_pixels(self.scene, self.options)[number]])


class Painter:
    """The video backend up to its encoder."""

    name = "video before encoding"
    suffixes = video.suffixes
    draws = video.draws
    Options = video.Options

    def unavailable(self):
        return video.unavailable()

    def present(self, scene, options):
        return Presented(scene, options, list(render_frames(scene, options, None)))


class Writer(Painter):
    """The video backend, its file read back."""

    name = "video"

    def present(self, scene, options):
        path = video.present(scene, options)
        pictures = decoded(path)
        assert len(pictures) == scene.timeline.n_frames
        return Presented(scene, options, pictures)


class VideoTests(BackendTests):
    background = BACKGROUND
    unusual_size = {"figsize": (3.57, 2.63)}  # noqa: RUF012
    several_panels = {"figsize": None}  # noqa: RUF012

    def options(self, tmp_path):
        return {"figsize": (4.0, 3.0)}

    def frame(self, result, i):
        return result.frame(i)

    def strip(self, result, i, number):
        return result.strip(i, number)


class TestBeforeEncoding(VideoTests):
    backend = Painter()


class TestDecoded(VideoTests):
    """On pictures this small every pixel is beside an edge: more bits than by default."""

    backend = Writer()
    exact = False

    def options(self, tmp_path):
        return {"figsize": (4.0, 3.0), "crf": 10}


@pytest.fixture
def made(tmp_path):
    """A scene, options to write it with, and its frames before they are encoded."""
    layout = LAYOUTS["masked"]()
    fields = make_numbered_fields(layout, 50) * make_letter_f(layout)
    scene = scene_of(layout, fields)

    def make(suffix=".mp4", **more):
        options = video.Options(
            save_path=tmp_path / f"f{suffix}", figsize=(4.0, 3.0), progress=False, **more
        )
        return scene, options, list(render_frames(scene, options))

    return make


def nearest(picture, others):
    return int(
        np.argmax([compute_psnr(picture.astype(float), other.astype(float)) for other in others])
    )


@pytest.mark.parametrize("suffix", [".mp4", ".webm", ".avi", ".gif"])
def test_file_holds_every_frame_once_and_in_order(made, suffix):
    scene, options, painted = made(suffix)
    pictures = decoded(video.present(scene, options))
    assert [nearest(picture, painted) for picture in pictures] == list(range(50))


def test_default_quality_keeps_what_was_painted(made):
    scene, options, painted = made()
    found = [
        compute_psnr(picture.astype(float), before.astype(float))
        for picture, before in zip(decoded(video.present(scene, options)), painted, strict=True)
    ]
    assert min(found) >= 35
