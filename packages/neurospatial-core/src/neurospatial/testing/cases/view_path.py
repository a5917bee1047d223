"""What can go wrong where a view moves over the world."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from neurospatial.layouts import Layout
from neurospatial.scene import (
    Affine2D,
    ArraySource,
    Field,
    Image,
    Points,
    Polygons,
    Scene,
    Segments,
    Text,
    ViewPath,
    rgba,
)
from neurospatial.testing.cases.registry import register_case
from neurospatial.testing.cases.text import TEXT_SIZE, check_words
from neurospatial.testing.fixture import Fixture, compute_psnr
from neurospatial.testing.scenes import make_dark_scene, make_letter_f, place, scene_of

WHITE = rgba("white")

_SOME = ("regular", "triangles", "translated")
"""Layouts of other kinds, one far from the origin: all moving views take the same way."""

_X, _Y, _ZOOM = (0.5, 0.35, 0.55, 0.5), (0.5, 0.4, 0.58, 0.5), (1.0, 2.0, 3.0, 1.5)
"""Where four frames look, as fractions of the layout, and how closely."""


@register_case(Field, layouts=_SOME)
def field_moves_with_the_view(fixture: Fixture, layout: Layout) -> None:
    """A still F lies elsewhere, and is larger, in each frame."""
    presented = fixture.show(_move(scene_of(layout, [make_letter_f(layout)] * 4), layout))
    presented.check_all()
    first = presented.reference.expected(0).rgb
    for i in range(1, 4):
        expected, picture = presented.reference.expected(i).rgb, presented.get_picture(i)
        assert compute_psnr(picture, expected) > compute_psnr(picture, first), (
            f"frame {i}: the view has not moved"
        )


@register_case(Points, layouts=_SOME)
def what_is_followed_stays_in_the_middle(fixture: Fixture, layout: Layout) -> None:
    """A mark that moves is in the middle of each frame, its trail behind it in the world."""
    x, y = [0.35, 0.45, 0.55, 0.6], [0.4, 0.5, 0.52, 0.6]
    xy = place(layout, x, y)[:, None]
    layer = Points(name="P", xy=xy, color=WHITE, size=9.0, trail=2)
    scene = _move(make_dark_scene(layout, [layer], 4), layout, x, y, (2.0, 2.0, 3.0, 3.0))
    presented = fixture.show(scene)
    presented.check_all()
    height, width = presented.get_picture(0).shape[:2]
    for i in range(4):
        added = presented.compute_added(i)
        assert added[height // 2, width // 2] > 0.8, f"frame {i}: the mark is not in the middle"


@register_case(Points, layouts=_SOME[:1])
def still_marks_move_with_the_view(fixture: Fixture, layout: Layout) -> None:
    """Marks that are the same in all frames lie where the view has them, as large as ever."""
    xy = place(layout, [[0.35, 0.6]], [[0.4, 0.62]])
    layer = Points(name="P", xy=xy, color=WHITE, size=9.0)
    fixture.show(_move(make_dark_scene(layout, [layer], 4), layout)).check_all()


@register_case(Segments, layouts=_SOME)
def lines_move_with_the_view(fixture: Fixture, layout: Layout) -> None:
    """Lines and arrows go with the world, those that move and those that do not."""
    start, stop = (
        place(layout, [[0.3, 0.35]], [[0.4, 0.6]]),
        place(layout, [[0.6, 0.65]], [[0.66, 0.45]]),
    )
    moved = start[:, :1] + np.linspace(0, 0.02, 4)[:, None, None] * (stop - start)[:, :1]
    layers = [
        Segments(name="S", start=moved, stop=stop[:, :1].repeat(4, 0), color=WHITE, width=6.0),
        Segments(
            name="A", start=start[:, 1:], stop=stop[:, 1:], color=WHITE, width=4.0, arrowhead=True
        ),
    ]
    fixture.show(_move(make_dark_scene(layout, layers, 4), layout)).check_all()


@register_case(Polygons, layouts=_SOME)
def areas_move_with_the_view(fixture: Fixture, layout: Layout) -> None:
    """A triangle and its hole go with the world."""
    outer = place(layout, [0.15, 0.85, 0.3], [0.2, 0.3, 0.8]).astype(np.float64)
    hole = place(layout, [0.3, 0.5, 0.35], [0.35, 0.4, 0.55]).astype(np.float64)
    layer = Polygons(
        name="A", polygons=((outer, hole),), fill=(1, 0.4, 0, 0.7), edge=(0.0, 0.0, 0.0, 0.0)
    )
    scene = scene_of(layout, [make_letter_f(layout)] * 4, [layer])
    fixture.show(_move(scene, layout)).check_all()


@register_case(Image, layouts=_SOME)
def film_moves_with_the_view(fixture: Fixture, layout: Layout) -> None:
    """Pictures of a camera go with the world, and end at the edge of the view."""
    picture = np.zeros((24, 32, 3), dtype=np.uint8)
    picture[:12, :16], picture[12:, 16:] = (250, 150, 30), (20, 60, 200)
    corner, opposite = place(layout, [0.2, 0.75], [0.7, 0.2]).astype(np.float64)
    across, down = (opposite - corner) / (32, 24)
    layer = Image(
        name="V",
        frames=ArraySource(picture[None]),
        frame_index=np.zeros(4, dtype=np.intp),
        px_to_world=Affine2D.translation(*corner) @ Affine2D.scaling(across, down),
        z=0.5,
    )
    scene = scene_of(layout, [make_letter_f(layout)] * 4, [layer])
    fixture.show(_move(scene, layout)).check_all()


@register_case(Text, layouts=_SOME)
def words_move_with_the_view(fixture: Fixture, layout: Layout) -> None:
    """Words stand at their anchor in each frame, as large as ever."""
    anchor = place(layout, [0.48], [0.52])
    layer = Text(name="T", anchor=anchor, strings=("LLL",), color=WHITE, size=TEXT_SIZE)
    presented = fixture.show(_move(make_dark_scene(layout, [layer], 4), layout))
    for i in range(4):
        check_words(presented, i, anchor[0], (0.0, 0.0))


def _move(
    scene: Scene,
    layout: Layout,
    x: ArrayLike = _X,
    y: ArrayLike = _Y,
    zoom: Sequence[float] = _ZOOM,
) -> Scene:
    """Have the view of every panel look elsewhere in each frame."""
    path = ViewPath(place(layout, x, y), np.array(zoom))
    panels = tuple(
        replace(panel, view=replace(panel.view, path=path), axes=(False, False))
        for panel in scene.panels
    )
    return replace(scene, panels=panels)
