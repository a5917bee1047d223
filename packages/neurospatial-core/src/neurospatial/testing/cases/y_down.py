"""What can go wrong where y grows downward, as in the pixels of a camera."""

from dataclasses import replace

import numpy as np

from neurospatial.layouts import Layout
from neurospatial.scene import (
    Affine2D,
    ArraySource,
    Curve,
    Field,
    Image,
    Points,
    Polygons,
    Scene,
    Segments,
    Text,
    rgba,
)
from neurospatial.testing.cases.registry import register_case
from neurospatial.testing.cases.text import TEXT_SIZE, check_words
from neurospatial.testing.fixture import Fixture, compute_psnr
from neurospatial.testing.scenes import make_dark_scene, make_letter_f, place, scene_of

WHITE = rgba("white")

_AWAY = ("translated", "flat hexagons")
"""Layouts far from the origin: about it, a mirrored picture would lie out of view."""


@register_case(Field, layouts=("regular", "triangles", *_AWAY))
def field_stands_as_y_grows(fixture: Fixture, layout: Layout) -> None:
    """An F in a world whose y grows downward is upside down, and not mirrored."""
    presented = fixture.show(_turn_over(scene_of(layout, [make_letter_f(layout)])))
    expected, picture = presented.check(0).rgb, presented.get_picture(0)
    for how, other in {"upward": expected[::-1], "mirrored": expected[:, ::-1]}.items():
        assert compute_psnr(picture, expected) > compute_psnr(picture, other), (
            f"y grows downward, and the field is drawn {how}"
        )


@register_case(Points, layouts=_AWAY)
def points_lie_as_y_grows(fixture: Fixture, layout: Layout) -> None:
    """Marks and their trails are where the field says, in every frame."""
    xy = place(layout, [0.2, 0.35, 0.5, 0.65], [0.3, 0.42, 0.55, 0.7])[:, None]
    layer = Points(name="P", xy=xy, color=WHITE, size=9.0, trail=2)
    presented = fixture.show(_turn_over(make_dark_scene(layout, [layer], 4)))
    presented.check_all()
    for i in range(4):
        added = presented.compute_added(i)
        column, row = np.floor(presented.to_px(xy[i, 0])).astype(int)
        assert added[row, column] > 0.8, f"frame {i}: the point is not where y grows downward"


@register_case(Segments, layouts=_AWAY)
def arrows_point_as_y_grows(fixture: Fixture, layout: Layout) -> None:
    """A line and an arrow slant the way their ends say."""
    start, stop = (
        place(layout, [[0.2, 0.3]], [[0.4, 0.7]]),
        place(layout, [[0.8, 0.6]], [[0.6, 0.45]]),
    )
    layers = [
        Segments(name="S", start=start[:, :1], stop=stop[:, :1], color=WHITE, width=6.0),
        Segments(
            name="A", start=start[:, 1:], stop=stop[:, 1:], color=WHITE, width=4.0, arrowhead=True
        ),
    ]
    fixture.show(_turn_over(make_dark_scene(layout, layers))).check(0)


@register_case(Polygons, layouts=_AWAY)
def areas_lie_as_y_grows(fixture: Fixture, layout: Layout) -> None:
    """A triangle points down where y grows downward, its hole with it."""
    outer = place(layout, [0.15, 0.85, 0.3], [0.2, 0.3, 0.8]).astype(np.float64)
    hole = place(layout, [0.3, 0.5, 0.35], [0.35, 0.4, 0.55]).astype(np.float64)
    layer = Polygons(
        name="A", polygons=((outer, hole),), fill=(1, 0.4, 0, 0.7), edge=(0.0, 0.0, 0.0, 0.0)
    )
    fixture.show(_turn_over(scene_of(layout, [make_letter_f(layout)], [layer]))).check(0)


@register_case(Image, layouts=_AWAY)
def film_is_upright_as_y_grows(fixture: Fixture, layout: Layout) -> None:
    """A film in a world of its own pixels, rows and y downward, is not mirrored."""
    letter = np.array([[1, 1, 1, 1], [1, 0, 0, 0], [1, 1, 1, 0], [1, 0, 0, 0], [1, 0, 0, 0]])
    colors = np.array([[20, 60, 200], [250, 150, 30]], dtype=np.uint8)
    picture = colors[np.kron(letter, np.ones((12, 12), dtype=int))]
    corner, opposite = place(layout, [0.15, 0.8], [0.1, 0.7]).astype(np.float64)
    height, width = picture.shape[:2]
    across, down = (opposite - corner) / (width, height)
    layer = Image(
        name="V",
        frames=ArraySource(picture[None]),
        frame_index=np.zeros(1, dtype=np.intp),
        px_to_world=Affine2D.translation(*corner) @ Affine2D.scaling(across, down),
        z=0.5,
    )
    presented = fixture.show(_turn_over(scene_of(layout, [make_letter_f(layout)], [layer])))
    presented.check(0)
    # The F has its bar at the top, so more of its own colour there.
    (left, top), (right, bottom) = np.floor(presented.to_px(np.stack([corner, opposite])))
    seen = presented.get_picture(0)[int(top) : int(bottom), int(left) : int(right), 0] > 128
    half = len(seen) // 2
    assert seen[:half].sum() > seen[half:].sum(), "the film is mirrored"


@register_case(Text, layouts=_AWAY)
def words_are_upright_as_y_grows(fixture: Fixture, layout: Layout) -> None:
    """Words stand at their anchor, shifted up on the picture, and are not mirrored."""
    anchor = place(layout, [0.55], [0.62])
    for shift in ((0.0, 0.0), (6.0, 9.0)):
        layer = Text(
            name="T", anchor=anchor, strings=("LLL",), color=WHITE, size=TEXT_SIZE, shift=shift
        )
        presented = fixture.show(_turn_over(make_dark_scene(layout, [layer])))
        check_words(presented, 0, anchor[0], shift)
        ink = presented.compute_added(0).sum(axis=1)
        rows = np.flatnonzero(ink)
        middle = (rows[0] + rows[-1] + 1) // 2
        assert ink[:middle].sum() < ink[middle:].sum(), "an L has its bar at the top"


@register_case(Curve)
def line_falls_as_y_grows(fixture: Fixture, layout: Layout) -> None:
    """A higher value is lower on the picture."""
    x = layout.bin_centers[:, 0]
    rising = 0.2 + 0.6 * (x - x.min()) / np.ptp(x)
    presented = fixture.show(_turn_over(scene_of(layout, [rising])))
    ground = np.array(presented.background, dtype=np.float64)
    _, low, _, high = presented.scene.panels[0].view.bounds
    for bin_ in (2, layout.n_bins - 3):
        column = int(presented.to_px(np.array([x[bin_], 0.0]))[0])
        off = np.abs(presented.get_picture(0)[:, column] - ground).sum(axis=-1)
        ink = np.where(off > 60, off, 0)
        assert ink.any(), f"no line over bin {bin_}"
        row = float((np.arange(len(ink)) + 0.5) @ ink / ink.sum())
        expected = (rising[bin_] - low) / (high - low) * len(ink)
        assert abs(row - expected) < 2, f"the line is {row - expected:.1f} pixels too low"


def _turn_over(scene: Scene) -> Scene:
    """Have y of every panel grow downward."""
    panels = tuple(replace(panel, view=replace(panel.view, y_down=True)) for panel in scene.panels)
    return replace(scene, panels=panels)
