"""What can go wrong with a field."""

import numpy as np

from neurospatial.environment import Environment
from neurospatial.layouts import Layout, RegularGrid
from neurospatial.scene import Field, FieldPanel, compile_panels, compile_scene
from neurospatial.testing.cases.registry import register_case
from neurospatial.testing.fixture import Fixture, Presented, compute_psnr
from neurospatial.testing.scenes import (
    CountingSource,
    make_letter_f,
    make_numbered_fields,
    scene_of,
    with_frame_index,
)

MANY = 48
"""Frames: a second and a half at the usual rate, each of them compared."""

ROWS = (0, 0, 1, -1, 3, 3, 2)
"""The row of each frame: repeated, left out, and not in order."""

_ONE_READ = 8_000_000
"""Most bytes that may be read at once, of fields larger than that."""


@register_case(Field)
def letter_f_stands_upright(fixture: Fixture, layout: Layout) -> None:
    """An F is neither mirrored nor turned."""
    presented = fixture.show(scene_of(layout, [make_letter_f(layout)]))
    straight = presented.reference.expected(0).rgb
    turned = {
        "mirrored left to right": straight[:, ::-1],
        "upside down": straight[::-1],
        "turned by half": straight[::-1, ::-1],
    }
    if straight.shape[0] == straight.shape[1]:
        turned["transposed"] = straight.swapaxes(0, 1)
    picture = presented.get_picture(0)
    for how, other in turned.items():
        assert compute_psnr(picture, straight) > compute_psnr(picture, other), (
            f"The field is {how}"
        )
    presented.check(0)


@register_case(Field)
def bins_without_value_show_the_background(fixture: Fixture, layout: Layout) -> None:
    """NaN is not drawn, nor is what lies outside every bin."""
    field = make_letter_f(layout)
    field[:: max(2, layout.n_bins // 7)] = np.nan
    fixture.show(scene_of(layout, [field])).check(0)


@register_case(Field)
def nothing_but_nan_shows_the_background(fixture: Fixture, layout: Layout) -> None:
    """Frames without any value are drawn, and empty; those after them are not."""
    fields = np.full((3, layout.n_bins), np.nan)
    fields[2] = make_letter_f(layout)
    fixture.show(scene_of(layout, fields)).check_all()


@register_case(Field)
def constant_field_has_one_color(fixture: Fixture, layout: Layout) -> None:
    """A range found in a constant field gives it a colour."""
    environment = Environment(layout)
    fixture.show(compile_scene(environment, np.full((2, layout.n_bins), 7.0))).check_all()


@register_case(Field)
def values_beyond_the_range_take_its_ends(fixture: Fixture, layout: Layout) -> None:
    """Values below, above and infinite have the first and the last colour."""
    field = make_letter_f(layout)
    field[:4] = (-np.inf, np.inf, -3, 4)
    fixture.show(scene_of(layout, [field])).check(0)


@register_case(Field)
def every_frame_is_drawn(fixture: Fixture, layout: Layout) -> None:
    """Frame i shows field i, from the first to the last."""
    presented = fixture.show(scene_of(layout, make_numbered_fields(layout, MANY), cmap="gray"))
    expected = [presented.reference.expected(i).rgb for i in range(MANY)]
    for i in range(MANY):
        picture = presented.get_picture(i)
        likeness = [compute_psnr(picture, other) for other in expected]
        assert int(np.argmax(likeness)) == i, f"frame {i} shows field {np.argmax(likeness)}"
        presented.check(i)


@register_case(Field)
def rows_are_shown_where_their_index_says(fixture: Fixture, layout: Layout) -> None:
    """A panel slower than the scene shows a row for several frames, and nothing for some."""
    scene = scene_of(layout, make_numbered_fields(layout, len(ROWS)), cmap="gray")
    presented = fixture.show(with_frame_index(scene, ROWS))
    shown = [presented.reference.expected(i).rgb for i in range(len(ROWS))]
    assert compute_psnr(shown[0], shown[2]) < 100, "the case tells no rows apart"
    # Not in order: what a frame shows does not depend on the one before.
    for i in (0, 1, 2, 6, 3, 5, 4, 0):
        presented.check(i)


@register_case(Field)
def single_frame_is_drawn(fixture: Fixture, layout: Layout) -> None:
    """One frame is an animation too."""
    fixture.show(scene_of(layout, make_numbered_fields(layout, 1), cmap="gray")).check(0)


@register_case(Field)
def whole_numbers_and_lists_are_drawn(fixture: Fixture, layout: Layout) -> None:
    """A list of fields of whole numbers is as good as an array."""
    fields = [np.arange(layout.n_bins) % 5 + i for i in range(3)]
    fixture.show(scene_of(layout, fields, vmin=0, vmax=6)).check_all()


@register_case(Field, layouts=("regular", "anisotropic"))
def unusual_size_is_filled(fixture: Fixture, layout: Layout) -> None:
    """Odd numbers of pixels shift nothing."""
    fixture.show(scene_of(layout, [make_letter_f(layout)]), **fixture.suite.unusual_size).check(0)


@register_case(Field, layouts=("masked",))
def first_of_two_panels_is_itself(fixture: Fixture, layout: Layout) -> None:
    """Panels side by side do not mix."""
    one = make_letter_f(layout)
    scene = scene_of(layout, {"one": [one, 1 - one], "two": [1 - one, one]})
    fixture.show(scene, **fixture.suite.several_panels).check_all()


@register_case(Field, layouts=("regular",))
def panels_lie_in_their_cells_beside_others(fixture: Fixture, layout: Layout) -> None:
    """A blank cell, another space, other colours and another clock change nothing of a panel."""
    one = make_letter_f(layout)
    edges = (np.linspace(0, 900, 7), np.linspace(0, 600, 4))
    other = Environment(RegularGrid(edges, np.ones((6, 3), dtype=bool)), units="um")
    times = np.arange(4.0)
    first = FieldPanel(Environment(layout), [one, 1 - one], frame_times=times[:2], vmin=0, vmax=1)
    still = FieldPanel(other, np.ones(18), cmap="magma", vmin=-9, vmax=9)
    late = FieldPanel(other, np.zeros((4, 18)), frame_times=times, cmap="gray", vmin=-1, vmax=1)
    scene = compile_panels([[first, None, still], [None, late, None]])
    presented = fixture.show(scene, **fixture.suite.several_panels)
    for i in range(3):
        presented.check(i)


@register_case(Field, layouts=("regular",))
def long_recording_is_read_in_pieces(fixture: Fixture, layout: Layout) -> None:
    """What is larger than memory is never read as a whole."""
    edges = np.linspace(0, 100, 101)
    grid = RegularGrid((edges, edges), np.ones((100, 100), dtype=bool))
    ramp = np.linspace(0, 1, grid.n_bins)
    source = CountingSource(np.stack([np.roll(ramp, 50 * i) for i in range(240)]))
    _check_pieces(fixture, grid, source)


def _check_pieces(fixture: Fixture, layout: Layout, source: CountingSource) -> None:
    presented = fixture.show(scene_of(layout, source, cmap="gray"))
    n_frames, n_bins = source.shape
    for i in (0, n_frames // 2, n_frames - 1):
        _compare_loosely(presented, i)
    longest = max(stop - start for start, stop in source.reads)
    size = longest * n_bins * source.dtype.itemsize
    assert size <= _ONE_READ, (
        f"{longest} of {n_frames} frames ({size} bytes) are read at once; "
        f"at most {_ONE_READ} bytes should be"
    )
    beyond = [read for read in source.reads if read[0] < 0 or read[1] > n_frames]
    assert not beyond, f"{beyond} reach beyond the {n_frames} frames"


def _compare_loosely(presented: Presented, i: int) -> None:
    found = compute_psnr(presented.get_picture(i), presented.reference.expected(i).rgb)
    assert found > 25, f"frame {i} is not field {i}"
