"""What can go wrong with segments and arrows."""

import numpy as np

from neurospatial.layouts import Layout
from neurospatial.scene import Points, Segments, rgba
from neurospatial.testing.cases.registry import register_case
from neurospatial.testing.fixture import Fixture
from neurospatial.testing.marks import measure_segment
from neurospatial.testing.scenes import make_dark_scene, make_letter_f, place, scene_of

WHITE = rgba("white")


@register_case(Segments)
def segment_joins_its_ends(fixture: Fixture, layout: Layout) -> None:
    """A slanted line runs between its ends, as wide as asked, in every frame."""
    start = place(layout, [0.15, 0.2, 0.8], [0.45, 0.5, 0.7])[:, None]
    stop = place(layout, [0.85, 0.6, 0.3], [0.6, 0.65, 0.42])[:, None]
    layer = Segments(name="S", start=start, stop=stop, color=WHITE, width=5.0)
    presented = fixture.show(make_dark_scene(layout, [layer], 3))
    for i in range(3):
        presented.check(i)
        begin, end = presented.to_px(start[i, 0]), presented.to_px(stop[i, 0])
        distance, reached = measure_segment(presented.reference.make_grid(0).centers, begin, end)
        length, width = float(np.hypot(*(end - begin))), 5.0 * presented.px_per_point
        across = (reached > 0.3 * length) & (reached < 0.7 * length) & (distance < width)
        found = presented.compute_added(i)[across].sum() / (0.4 * length)
        assert abs(found - width) < 1.3, f"frame {i}: {found:.1f} pixels wide, not {width:.1f}"


@register_case(Segments)
def segment_that_stays_is_in_every_frame(fixture: Fixture, layout: Layout) -> None:
    """One entry stands for all frames, at either end."""
    start = place(layout, [[0.2]], [[0.5]])
    stop = place(layout, [0.8, 0.7, 0.6], [0.6, 0.5, 0.42])[:, None]
    layer = Segments(name="S", start=start, stop=stop, color=WHITE, width=5.0)
    fixture.show(make_dark_scene(layout, [layer], 3)).check_all()


@register_case(Segments)
def segment_without_an_end_is_not_drawn(fixture: Fixture, layout: Layout) -> None:
    """NaN at one end takes out that segment in that frame, and nothing else."""
    start = place(layout, [[0.2, 0.55]] * 3, [[0.5, 0.45]] * 3)
    stop = place(layout, [[0.45, 0.8]] * 3, [[0.42, 0.6]] * 3)
    start[1, 0], stop[2, 1] = np.nan, np.nan
    layer = Segments(name="S", start=start, stop=stop, color=WHITE, width=5.0)
    fixture.show(make_dark_scene(layout, [layer], 3)).check_all()


@register_case(Segments)
def arrow_without_an_end_is_not_drawn(fixture: Fixture, layout: Layout) -> None:
    """An arrow whose start or stop is lost is drawn in the other frames only."""
    start = place(layout, [0.3] * 3, [0.5] * 3)[:, None]
    stop = place(layout, [0.7] * 3, [0.55] * 3)[:, None]
    start[1], stop[2] = np.nan, np.nan
    layer = Segments(name="S", start=start, stop=stop, color=WHITE, width=3.0, arrowhead=True)
    presented = fixture.show(make_dark_scene(layout, [layer], 3))
    presented.check_all()
    assert presented.compute_added(0).sum() > 0, "the arrow is not drawn"
    for frame in (1, 2):
        assert presented.compute_added(frame).sum() == 0, (
            f"frame {frame}: an arrow that is lost is drawn"
        )


@register_case(Segments)
def segment_is_cut_at_the_edge(fixture: Fixture, layout: Layout) -> None:
    """What lies inside is drawn of a line whose ends lie outside, and of one far away nothing."""
    start = place(layout, [[-0.8, -5.0, 2.0, 0.5]], [[0.4, 40.0, 0.5, 0.5]])
    stop = place(layout, [[1.8, 5.0, 1e7, 0.5]], [[0.55, 42.0, 0.5, 0.5]])
    layer = Segments(name="S", start=start, stop=stop, color=WHITE, width=5.0)
    fixture.show(make_dark_scene(layout, [layer])).check(0)


@register_case(Segments)
def each_segment_has_its_color(fixture: Fixture, layout: Layout) -> None:
    """A colour a line, and translucent lines let the field through."""
    start = place(layout, [[0.15, 0.15, 0.15]], [[0.25, 0.5, 0.7]])
    stop = place(layout, [[0.85, 0.85, 0.85]], [[0.25, 0.5, 0.7]])
    colors = np.array([[1, 0, 0, 1], [0, 1, 0, 0.5], [1, 1, 1, 0.25]])
    layer = Segments(name="S", start=start, stop=stop, color=colors, width=6.0)
    fixture.show(scene_of(layout, [make_letter_f(layout)], [layer])).check(0)


@register_case(Segments)
def arrow_points_at_its_stop(fixture: Fixture, layout: Layout) -> None:
    """The head is wider than the shaft, and at the end where it belongs."""
    start, stop = place(layout, [[0.2]], [[0.45]]), place(layout, [[0.8]], [[0.5]])
    layer = Segments(name="S", start=start, stop=stop, color=WHITE, width=2.0, arrowhead=True)
    presented = fixture.show(make_dark_scene(layout, [layer]))
    presented.check(0)
    begin, end = presented.to_px(start[0, 0]), presented.to_px(stop[0, 0])
    distance, reached = measure_segment(presented.reference.make_grid(0).centers, begin, end)
    length, width = float(np.hypot(*(end - begin))), 2.0 * presented.px_per_point
    beside = np.where(distance > width / 2 + 1, presented.compute_added(0), 0)
    at_stop = beside[reached > length - 6 * width].sum()
    assert at_stop > 1, "The arrow has no head at its stop"
    assert beside[reached < length / 2].sum() < 0.1 * at_stop, "The arrow has a head at its start"
    overshoot = presented.compute_added(0)[reached > length + width + 1].sum()
    assert overshoot == 0, "The arrow reaches beyond its stop"


@register_case(Segments, Points)
def higher_layers_are_drawn_later(fixture: Fixture, layout: Layout) -> None:
    """The order of z, and not that of the overlays, says what covers what."""
    center = place(layout, [[0.55]], [[0.5]])
    over = Points(name="over", xy=center, color=rgba("yellow"), size=14.0, z=3)
    under = Points(name="under", xy=center, color=rgba("red"), size=24.0, z=1)
    start, stop = place(layout, [[0.1]], [[0.5]]), place(layout, [[0.9]], [[0.5]])
    between = Segments(name="between", start=start, stop=stop, color=rgba("blue"), width=6.0, z=2)
    presented = fixture.show(make_dark_scene(layout, [over, between, under]))
    expected = presented.check(0)
    column, row = np.floor(presented.to_px(center[0, 0])).astype(int)
    for mark, at in (("over", column), ("between", column + 12)):
        found, wanted = presented.get_picture(0)[row, at], expected.rgb[row, at]
        off = np.abs(found - wanted).max()
        assert off < 90, f"{mark!r} is {found.round().tolist()}, not {wanted.round().tolist()}"
