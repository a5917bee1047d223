"""What stands around the panels: nothing is cut, and what is alike looks alike."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import rc_context
from numpy.typing import NDArray

from neurospatial.scene import ColorScale, Panel, Scene, Timeline, Trace, View
from neurospatial.scene.figure_layout import Box, compute_layout
from neurospatial.scene.figure_size import choose_size
from neurospatial.video import VideoOptions, render_frames
from neurospatial.video.figure.chrome import draw_chrome

PX = 100 / 72
VIEW = View((0.0, 0.0, 100.0, 80.0), "cm")
SCALE = ColorScale.from_cmap("viridis", 0.0, 30.0, "Rate [Hz]")
TEXTS = st.text("abcdefgh WiMé_µ", max_size=40).map(str.strip)
LONG = st.builds(str.__mul__, TEXTS, st.integers(1, 12))
ENDS = st.sampled_from(
    [(0.0, 30.0), (0.0, 1e-12), (123456789.0, 123456799.0), (-1e6, 1e6), (-0.001, 1e300),
     (-123456789.0, -123456788.9), (1e-7, 1.0000001e-7), (0.0, 123456789.0)]
)  # fmt: skip


def make_scene(*panels: Panel, title: str = "", strips: tuple[str, ...] = ()) -> Scene:
    times = np.arange(3.0)
    traces = tuple(
        Trace(name=name, times=times, values=times, color=(0, 0, 0, 1), window=1.0, limits=(0, 1))
        for name in strips
    )
    return Scene(panels, Timeline(1, 30.0, labels=[""]), title, traces)


def find_drawn(scene: Scene, size: tuple[int, int]) -> NDArray[np.bool_]:
    """Find the pixels that are not the figure's background."""
    drawn: NDArray[np.bool_] = (draw_chrome(scene, size, 100).picture != 255).any(axis=2)
    return drawn


def grow(box: Box, left: float, top: float, right: float, bottom: float) -> Box:
    """Grow a box by some points."""
    x, y = int(box.x - left * PX), int(box.y - top * PX)
    return Box(
        x, y, int(box.x + box.width + right * PX) - x, int(box.y + box.height + bottom * PX) - y
    )


@settings(max_examples=40)
@given(st.tuples(LONG, LONG, LONG, LONG), ENDS, ENDS, st.integers(1, 6))
def test_no_panel_draws_outside_its_cell(
    texts: tuple[str, str, str, str],
    ends: tuple[float, float],
    others: tuple[float, float],
    n: int,
) -> None:
    """What one panel of several draws more than if it had no text is drawn in its own room."""
    title, x_label, y_label, label = texts
    plain = Panel(View(VIEW.bounds, labels=("x", "y")), (), "a", SCALE)
    scale = ColorScale.from_cmap("viridis", *ends, label or "a")
    wide = (others[0], 0.0, others[1], 1.0)
    view = View(wide, equal=False, labels=(x_label or "x", y_label or "y"))
    panel = Panel(view, (), title or "a", scale)
    scenes = [
        make_scene(*(one if number == n // 2 else plain for number in range(n)))
        for one in (replace(plain, view=replace(view, labels=("x", "y"))), panel)
    ]
    size = choose_size(scenes[0], None, 100, 8192)
    layouts = [compute_layout(scene, size, PX) for scene in scenes]
    assert layouts[0].panels == layouts[1].panels
    pictures = [draw_chrome(scene, size, 100).picture for scene in scenes]
    changed = (pictures[0] != pictures[1]).any(axis=2)
    changed[layouts[1].cells[n // 2].to_slices()] = False
    # What stands above the views of the first row has room up to the frame label.
    assert not changed.any()


@settings(max_examples=25)
@given(LONG, LONG, ENDS, st.sampled_from([(8.0, 6.0), (4.0, 3.0), (3.0, 6.0)]))
def test_nothing_touches_the_edge_of_the_picture(
    title: str, name: str, ends: tuple[float, float], inches: tuple[float, float]
) -> None:
    scale = ColorScale.from_cmap("viridis", *ends, name)
    scene = make_scene(Panel(VIEW, (), name, scale), title=title, strips=(name, "b"))
    size = round(100 * inches[0]), round(100 * inches[1])
    drawn = find_drawn(scene, size)
    assert not any(edge.any() for edge in (drawn[0], drawn[-1], drawn[:, 0], drawn[:, -1]))


@pytest.mark.parametrize("ends", ENDS.elements)  # type: ignore[attr-defined]
def test_numbers_of_a_colour_bar_reach_into_no_neighbour(ends: tuple[float, float]) -> None:
    scale = ColorScale.from_cmap("viridis", *ends, "Rate [Hz]")
    scene = make_scene(*(Panel(VIEW, (), "a", scale) for _ in range(2)))
    size = choose_size(scene, None, 100, 8192)
    layout, drawn = compute_layout(scene, size, PX), find_drawn(scene, size)
    for cell in layout.cells:
        x = cell.x + cell.width
        assert not drawn[cell.y : cell.y + cell.height, x - 2 : min(x + 2, size[0])].any()


@given(st.sampled_from([2, 4, 9, 25]), st.sampled_from([50, 72, 100, 163]))
@settings(max_examples=12)
def test_panels_that_are_alike_look_alike(n: int, dpi: int) -> None:
    scene = make_scene(*(Panel(VIEW, (), "cell", SCALE) for _ in range(n)), title="Cells")
    chrome = draw_chrome(scene, choose_size(scene, None, dpi, 8192), dpi)
    reach = round(16 * dpi / 72)
    first, *others = chrome.layout.panels
    bar = round(70 * dpi / 72)

    def cut(box: Box) -> NDArray[np.uint8]:
        rows = slice(box.y - reach, box.y + box.height + 2 * reach)
        return chrome.picture[rows, box.x - 2 * reach : box.x + box.width + bar]

    assert (cut(first) != 255).any()
    for box in others:
        assert np.array_equal(cut(box), cut(first))


@given(LONG)
@settings(max_examples=20)
def test_a_frame_label_is_not_cut(label: str) -> None:
    scene = replace(
        make_scene(Panel(VIEW, ())), timeline=Timeline(2, 30.0, labels=["", label or "a"])
    )
    options = VideoOptions(save_path=Path("a.mp4"), figsize=(3, 3), dpi=100)
    empty, labelled = render_frames(scene, options)
    changed = (empty != labelled).any(axis=(0, 2))
    assert changed.any()
    assert not changed[[0, 1, -2, -1]].any()


def test_axes_that_do_not_stand_leave_nothing_but_a_frame() -> None:
    size = (400, 300)
    bare, full = (make_scene(Panel(VIEW, (), axes=(on, on))) for on in (False, True))
    (box,) = compute_layout(bare, size, PX).panels
    drawn = find_drawn(bare, size)
    drawn[grow(box, 1, 1, 1, 1).to_slices()] = False
    assert not drawn.any()
    assert find_drawn(full, size)[-30:].any()


def test_colours_are_those_of_the_style() -> None:
    scene = make_scene(Panel(VIEW, (), "a", SCALE), strips=("b",))
    with rc_context({"figure.facecolor": "#102030", "axes.facecolor": "black", "text.color": "w"}):
        chrome = draw_chrome(scene, (400, 400), 100)
    assert chrome.picture[0, 0].tolist() == [0x10, 0x20, 0x30]
    assert chrome.ink == (255, 255, 255)
    (strip,) = chrome.layout.strips
    assert chrome.picture[strip.y + 1, strip.x + 1].tolist() == [0, 0, 0]


def test_an_odd_figure_is_made_even() -> None:
    chrome = draw_chrome(make_scene(Panel(VIEW, ())), (401, 301), 100)
    assert chrome.picture.shape == (302, 402, 3)
