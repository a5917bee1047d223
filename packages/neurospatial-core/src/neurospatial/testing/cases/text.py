"""What can go wrong with words."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.layouts import Layout
from neurospatial.scene import Text, rgba
from neurospatial.testing.cases.registry import register_case
from neurospatial.testing.fixture import Fixture, Presented
from neurospatial.testing.scenes import make_dark_scene, place

WHITE = rgba("white")
TEXT_SIZE = 11.0
"""Points: letters of some ten pixels, in which ink can be counted."""


@register_case(Text)
def words_stand_about_their_anchor(fixture: Fixture, layout: Layout) -> None:
    """The middle of the words is at the anchor, in every frame, and they are legible in size."""
    anchor = place(layout, [0.55, 0.5, 0.62], [0.5, 0.45, 0.55])
    layer = Text(
        name="T", anchor=anchor, strings=("HHH", "HH", "HIH"), color=WHITE, size=TEXT_SIZE
    )
    presented = fixture.show(make_dark_scene(layout, [layer], 3))
    for i in range(3):
        presented.check(i)
        check_words(presented, i, anchor[i])


@register_case(Text)
def shifted_words_stand_beside_their_anchor(fixture: Fixture, layout: Layout) -> None:
    """A shift is to the right and up, and measured on the picture, not in the world."""
    anchor = place(layout, [0.5], [0.5])
    for shift in ((12.0, 0.0), (0.0, 9.0), (-7.0, -8.0)):
        layer = Text(
            name="T", anchor=anchor, strings=("HH",), color=WHITE, size=TEXT_SIZE, shift=shift
        )
        check_words(fixture.show(make_dark_scene(layout, [layer])), 0, anchor[0], shift)


@register_case(Text)
def words_that_stay_are_in_every_frame(fixture: Fixture, layout: Layout) -> None:
    """One anchor and one string stand for all frames."""
    anchor = place(layout, [0.55], [0.5])
    layer = Text(name="T", anchor=anchor, strings=("HHH",), color=WHITE, size=TEXT_SIZE)
    presented = fixture.show(make_dark_scene(layout, [layer], 2))
    for i in range(2):
        check_words(presented, i, anchor[0])


@register_case(Text)
def words_change_with_the_frame(fixture: Fixture, layout: Layout) -> None:
    """Each frame has its own string; more letters, more ink."""
    layer = Text(name="T", anchor=place(layout, [0.55], [0.5]), strings=("H", "HHHH", "HH"),
                 color=WHITE, size=TEXT_SIZE)  # fmt: skip
    presented = fixture.show(make_dark_scene(layout, [layer], 3))
    ink = [presented.compute_added(i).sum() for i in range(3)]
    assert 0 < ink[0] < ink[2] < ink[1], f"The ink of 1, 4 and 2 letters is {ink}"


@register_case(Text)
def missing_words_are_not_drawn(fixture: Fixture, layout: Layout) -> None:
    """No string, or no place: nothing; and nothing far outside either."""
    anchor = place(layout, [0.55, 0.55, 7.0], [0.5, 0.5, -9.0])
    anchor[1] = np.nan
    layer = Text(name="T", anchor=anchor, strings=("", "HHH", "HHH"), color=WHITE, size=TEXT_SIZE)
    presented = fixture.show(make_dark_scene(layout, [layer], 3))
    presented.check_all()
    for i, why in enumerate(("is empty", "has no place", "lies outside")):
        assert presented.compute_added(i).sum() == 0, f"A string that {why} is drawn"


def check_words(
    presented: Presented,
    i: int,
    anchor: NDArray[np.float64],
    shift: tuple[float, float] = (0.0, 0.0),
) -> None:
    """Compare the middle and the size of the words there are."""
    added = presented.compute_added(i) > 0.4
    assert added.any(), f"frame {i}: the words are not drawn"
    rows, columns = np.flatnonzero(added.any(axis=1)), np.flatnonzero(added.any(axis=0))
    middle = np.array([columns[0] + columns[-1] + 1, rows[0] + rows[-1] + 1]) / 2
    size = TEXT_SIZE * presented.px_per_point
    right, up = np.array(shift) * presented.px_per_point
    off = np.abs(middle - presented.to_px(anchor, i) - (right, -up))
    assert (off < 0.2 * size + 1).all(), f"frame {i}: the words are off by {off.round(1)} pixels"
    height = rows[-1] - rows[0] + 1
    assert 0.5 * size < height < 1.2 * size, (
        f"frame {i}: capitals of {size:.0f} pixels are {height} pixels high"
    )
