"""What can go wrong with areas."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.layouts import Layout
from neurospatial.scene import RGBA, Polygons, Rings
from neurospatial.testing.cases.registry import register_case
from neurospatial.testing.fixture import Fixture
from neurospatial.testing.scenes import make_letter_f, make_numbered_fields, place, scene_of

_CLEAR = (0.0, 0.0, 0.0, 0.0)
"""RGBA in [0, 1], without opacity: an edge that is not drawn covers nothing of the filling."""


@register_case(Polygons)
def area_is_blended_with_the_field(fixture: Fixture, layout: Layout) -> None:
    """A translucent area is (1 - a) of the field and a of its colour, whatever the frame."""
    layer = _make_layer(((_make_box(layout, 0.2, 0.3, 0.7, 0.8),),), fill=(1, 0, 0, 0.3))
    fixture.show(scene_of(layout, make_numbered_fields(layout, 3), [layer])).check_all()


@register_case(Polygons)
def opaque_area_covers_the_field(fixture: Fixture, layout: Layout) -> None:
    """An area without transparency hides the field, and NaN in it."""
    field = make_letter_f(layout)
    field[::3] = np.nan
    layer = _make_layer(((_make_box(layout, 0.2, 0.3, 0.7, 0.8),),), fill=(0, 0.2, 1, 1))
    fixture.show(scene_of(layout, [field], [layer])).check(0)


@register_case(Polygons)
def hole_is_left_open(fixture: Fixture, layout: Layout) -> None:
    """The field is untouched in a hole, whichever way round its ring runs."""
    outer = _make_box(layout, 0.1, 0.15, 0.9, 0.85)
    holes = _make_box(layout, 0.2, 0.3, 0.45, 0.7), _make_box(layout, 0.6, 0.35, 0.8, 0.65)[::-1]
    layer = _make_layer(((outer, *holes),), fill=(1, 1, 1, 0.8))
    presented = fixture.show(scene_of(layout, [make_letter_f(layout)], [layer], cmap="gray"))
    expected = presented.check(0)
    column, row = np.floor(presented.to_px(holes[0].mean(axis=0))).astype(int)
    assert not expected.marked[row, column]


@register_case(Polygons)
def parts_are_all_drawn(fixture: Fixture, layout: Layout) -> None:
    """An area of several parts, one a slanted triangle, is drawn in all of them."""
    triangle = place(layout, [0.55, 0.95, 0.7], [0.2, 0.35, 0.7]).astype(np.float64)
    parts = ((_make_box(layout, 0.1, 0.3, 0.4, 0.7),), (triangle,))
    layer = _make_layer(parts, fill=(1, 0.5, 0, 0.6))
    fixture.show(scene_of(layout, [make_letter_f(layout)], [layer])).check(0)


@register_case(Polygons)
def area_is_cut_at_the_edge(fixture: Fixture, layout: Layout) -> None:
    """What reaches out of the view is cut off, and what lies outside is not drawn."""
    parts = (_make_box(layout, -0.7, 0.4, 0.4, 3.0),), (_make_box(layout, 2, 2, 3, 3),)
    layer = _make_layer(parts, fill=(1, 0, 1, 0.5))
    fixture.show(scene_of(layout, [make_letter_f(layout)], [layer])).check(0)


@register_case(Polygons)
def edge_runs_along_the_outline(fixture: Fixture, layout: Layout) -> None:
    """An edge has its own colour and width, inside and out."""
    rings = _make_box(layout, 0.2, 0.3, 0.8, 0.7)
    layer = Polygons(name="A", polygons=((rings,),), fill=_CLEAR, edge=(1, 1, 1, 1), width=5.0)
    presented = fixture.show(scene_of(layout, [np.zeros(layout.n_bins)], [layer], cmap="gray"))
    presented.check(0)
    assert presented.compute_added(0).sum() > 0, "The edge is not drawn"


def _make_box(
    layout: Layout, left: float, bottom: float, right: float, top: float
) -> NDArray[np.float64]:
    x, y = [left, right, right, left], [bottom, bottom, top, top]
    return place(layout, x, y).astype(np.float64)


def _make_layer(polygons: tuple[Rings, ...], fill: RGBA) -> Polygons:
    return Polygons(name="A", polygons=polygons, fill=fill, edge=_CLEAR)
