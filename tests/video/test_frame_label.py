"""Where the label of a frame stands, and that nothing else of a picture changes with it."""

from pathlib import Path

import numpy as np
import pytest

from neurospatial.scene import Scene, compile_scene
from neurospatial.video.figure.chrome import draw_chrome
from neurospatial.video.figure.frames import render_frames
from neurospatial.video.options import VideoOptions
from tests.video.clips import room

SIZE = (480, 360)


def make_scene(*labels: str, title: str | None) -> Scene:
    env = room()
    fields = np.zeros((len(labels), env.n_bins))
    return compile_scene(env, fields, vmin=0, vmax=1, frame_labels=list(labels), title=title)


@pytest.mark.parametrize("title", [None, "A title"])
def test_the_label_stands_in_the_middle_above_the_view(title: str | None) -> None:
    scene = make_scene("", "HHHHH", "HHHHHHHHHHHHHHH", title=title)
    layout = draw_chrome(scene, SIZE, 100).layout
    (view,) = layout.panels
    assert layout.label.y + layout.label.height <= view.y
    assert title is None or layout.label.y > layout.title_y
    options = VideoOptions(save_path=Path("a.mp4"), figsize=(4.8, 3.6), dpi=100)
    empty, *labelled = (picture.copy() for picture in render_frames(scene, options))
    widths = []
    for picture in labelled:
        rows, columns = np.nonzero((picture != empty).any(axis=-1))
        first, last = columns.min(), columns.max()
        middle = layout.label.x + layout.label.width / 2
        assert (first + last + 1) / 2 == pytest.approx(middle, abs=1.5)
        assert layout.label.y <= rows.min()
        assert rows.max() < layout.label.y + layout.label.height
        height = layout.label.y + layout.label.height / 2
        assert (rows.min() + rows.max() + 1) / 2 == pytest.approx(height, abs=2.5)
        widths.append(last - first)
    assert widths[1] > 2.5 * widths[0]
