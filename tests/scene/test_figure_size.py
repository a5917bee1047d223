"""Panels and strips that are seen, however many there are."""

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurospatial.scene import ColorScale, Panel, Scene, Timeline, Trace, View
from neurospatial.scene.figure_layout import compute_layout
from neurospatial.scene.figure_size import choose_size

PX = 100 / 72
SCALE = ColorScale.from_cmap("gray", 0.0, 1.0, "rate [Hz]")
ROOM = (-2.5, -2.5, 102.5, 82.5)
BINS = 100 * 80 / (105 * 85)
"""Share of the view that has bins."""


def make_scene(n, n_strips=0, bounds=ROOM, *, shared=False, title="Session", axes=(True, True)):
    panels = tuple(
        Panel(View(bounds, "cm"), (), f"cell {k}", None if shared else SCALE, axes=axes)
        for k in range(n)
    )
    times = np.arange(3.0)
    strip = Trace(
        name="T", times=times, values=times, color=(0, 0, 0, 1), window=1.0, limits=(0, 1)
    )
    bar = SCALE if shared else None
    return Scene(panels, Timeline(1, 30.0), title, (strip,) * n_strips, bar)


@pytest.mark.parametrize("n", [*range(1, 32), 37, 50, 64, 82, 99, 100])
def test_a_quarter_of_the_picture_is_fields(n):
    for scene in (make_scene(n), make_scene(n, shared=True)):
        size = choose_size(scene, None, 100, 8192)
        layout = compute_layout(scene, size, PX)
        colored = sum(box.width * box.height for box in layout.panels) * BINS
        assert colored > 0.25 * size[0] * size[1]
        assert min(min(box.width, box.height) for box in layout.panels) >= 160


@pytest.mark.parametrize("n_strips", [1, 3, 8])
@pytest.mark.parametrize("n", [1, 2, 9, 30])
def test_strips_are_not_squeezed(n, n_strips):
    scene = make_scene(n, n_strips)
    layout = compute_layout(scene, choose_size(scene, None, 100, 8192), PX)
    assert min(box.height for box in layout.strips) >= 40
    assert min(min(box.width, box.height) for box in layout.panels) >= 160


@given(
    st.integers(1, 30), st.integers(0, 5), st.floats(0.2, 5), st.booleans(),
    st.tuples(st.booleans(), st.booleans()), st.sampled_from([50, 72, 100, 163]),
)  # fmt: skip
def test_nothing_lies_on_anything_else(n, n_strips, shape, shared, axes, dpi):
    scene = make_scene(n, n_strips, (0.0, 0.0, shape, 1.0), shared=shared, axes=axes)
    width, height = choose_size(scene, None, dpi, 8192)
    layout = compute_layout(scene, (width, height), dpi / 72)
    assert len({(box.width, box.height) for box in layout.panels}) == 1
    boxes = [*layout.panels, *layout.strips, layout.label]
    boxes += [layout.colorbar] if shared else []
    for box in boxes:
        assert (box.x >= 0, box.y >= 0) == (True, True)
        assert (box.x + box.width <= width + 1, box.y + box.height <= height) == (True, True)
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            apart = (
                one.x + one.width <= other.x or other.x + other.width <= one.x
                or one.y + one.height <= other.y or other.y + other.height <= one.y
            )  # fmt: skip
            assert apart, (one, other)


def test_inner_panels_without_labels_are_closer():
    scenes = [make_scene(9, axes=axes) for axes in ((True, True), (False, False))]
    gaps = []
    for scene in scenes:
        panels = compute_layout(scene, (900, 700), PX).panels[:3]
        gaps.append([b.x - a.x - a.width for a, b in pairwise(panels)])
    assert max(gaps[1]) < min(gaps[0])


def test_a_size_that_hides_panels_is_refused_with_one_that_works():
    scene = make_scene(36)
    with pytest.raises(ValueError, match=r"leaves \d+ px for the smallest of 36 panels") as caught:
        choose_size(scene, (8, 6), 100, 8192)
    said = re.search(r"figsize=\((.+), (.+)\), or", str(caught.value))
    works = float(said[1]), float(said[2])
    size = choose_size(scene, works, 100, 8192)
    assert min(box.width for box in compute_layout(scene, size, PX).panels) >= 160
    assert choose_size(make_scene(1), (1.7, 1.3), 100, 8192) == (170, 130)


def test_a_figure_of_one_panel_is_as_it_was():
    assert choose_size(make_scene(1), None, 100, 8192) == (800, 600)
    assert choose_size(make_scene(1, 1), None, 100, 8192) == (800, 600)
    assert choose_size(make_scene(100), None, 400, 8192)[0] == 8192
