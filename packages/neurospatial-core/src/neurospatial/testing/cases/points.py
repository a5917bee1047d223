"""What can go wrong with points and their trails."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.layouts import Layout
from neurospatial.scene import Points, Scene, rgba
from neurospatial.testing.cases.registry import register_case
from neurospatial.testing.fixture import Fixture, Presented
from neurospatial.testing.marks import measure_segment
from neurospatial.testing.scenes import make_dark_scene, make_letter_f, place, scene_of

WHITE = rgba("white")
_SIZE = 7.0
"""Points: a mark wide enough to have a middle, and narrower than a bin."""


@register_case(Points)
def point_lies_where_it_was(fixture: Fixture, layout: Layout) -> None:
    """The middle of a mark is within half a pixel of its place, in every frame."""
    xy = place(layout, [0.52, 0.57, 0.305, 0.721], [0.58, 0.45, 0.41, 0.633])[:, None]
    presented = fixture.show(
        make_dark_scene(layout, [Points(name="P", xy=xy, color=WHITE, size=_SIZE)], 4)
    )
    for i in range(4):
        presented.check(i)
        _check_point(presented, i, xy[i, 0])


@register_case(Points)
def point_that_stays_is_in_every_frame(fixture: Fixture, layout: Layout) -> None:
    """One entry stands for all frames."""
    xy = place(layout, [[0.55]], [[0.45]])
    presented = fixture.show(
        make_dark_scene(layout, [Points(name="P", xy=xy, color=WHITE, size=_SIZE)], 3)
    )
    for i in range(3):
        presented.check(i)
        _check_point(presented, i, xy[0, 0])


@register_case(Points)
def lost_point_is_not_drawn(fixture: Fixture, layout: Layout) -> None:
    """NaN is drawn nowhere, in its own frame only; the others of the layer are."""
    xy = place(layout, [[0.3, 0.7]] * 3, [[0.55, 0.45]] * 3)
    xy[1, 0] = np.nan
    layer = Points(name="P", xy=xy, color=WHITE, size=_SIZE)
    presented = fixture.show(make_dark_scene(layout, [layer], 3))
    presented.check_all()
    total = [presented.compute_added(i).sum() for i in range(3)]
    assert 0.35 < total[1] / total[0] < 0.65, "The point whose place is NaN is drawn"
    assert 0.9 < total[2] / total[0] < 1.1, "The point does not come back after NaN"


@register_case(Points)
def point_outside_is_not_drawn(fixture: Fixture, layout: Layout) -> None:
    """Places outside the view, however far, leave the picture as it is."""
    far = place(layout, [[-0.5, 1.6, 0.5, -40.0, 1e9]], [[0.5, 0.5, -3.0, 70.0, -1e9]])
    layer = Points(name="P", xy=far, color=WHITE, size=_SIZE)
    presented = fixture.show(make_dark_scene(layout, [layer]))
    presented.check(0)
    assert presented.compute_added(0).sum() == 0, "A point outside the view is drawn inside"


@register_case(Points)
def each_point_has_its_color(fixture: Fixture, layout: Layout) -> None:
    """A colour a mark, and translucent marks let the field through."""
    xy = place(layout, [[0.2, 0.5, 0.8]], [[0.5, 0.52, 0.48]])
    colors = np.array([[1, 0, 0, 1], [0, 0.5, 1, 1], [1, 1, 1, 0.5]])
    layer = Points(name="P", xy=xy, color=colors, size=14.0)
    presented = fixture.show(scene_of(layout, [make_letter_f(layout)], [layer]))
    presented.check(0)


@register_case(Points)
def point_fades(fixture: Fixture, layout: Layout) -> None:
    """Opacity of a mark may change with the frame, down to nothing."""
    xy = place(layout, [[0.55, 0.3]], [[0.45, 0.5]])
    opacity = np.array([[1, 0], [0.5, 0], [0, 0], [0.25, 0]], dtype=np.float32)
    layer = Points(name="P", xy=xy, color=WHITE, size=_SIZE, opacity=opacity)
    presented = fixture.show(make_dark_scene(layout, [layer], 4))
    total = np.array([presented.compute_added(i).sum() for i in range(4)])
    assert total[0] > 0, "a point of full opacity is not drawn"
    off = np.abs(total / total[0] - opacity[:, 0]).max()
    assert off < 0.12, f"the opacity of a fading point is off by {off:.2f}"


@register_case(Points)
def hidden_layer_is_not_drawn(fixture: Fixture, layout: Layout) -> None:
    """A layer that starts out invisible is not in the picture."""
    xy = place(layout, [[0.55]], [[0.45]])
    layer = Points(name="P", xy=xy, color=WHITE, size=_SIZE, visible=False)
    presented = fixture.show(make_dark_scene(layout, [layer]))
    assert presented.compute_added(0).sum() == 0, "A layer with visible=False is drawn"


@register_case(Points)
def trail_leaves_gaps_open(fixture: Fixture, layout: Layout) -> None:
    """A trail joins the past places, and nothing across those that were lost."""
    x = np.linspace(0.08, 0.92, 10)
    xy = place(layout, x, np.full(10, 0.45))[:, None]
    xy[4:6] = np.nan
    presented = fixture.show(_make_trail_scene(layout, xy, trail=9))
    presented.check_all()
    added = presented.compute_added(9)
    for start, stop, expected in ((1, 2, True), (2, 3, True), (3, 6, False), (6, 7, True)):
        light = _measure_light_along(presented, added, xy[start, 0], xy[stop, 0])
        if expected:
            assert light > 0, f"The trail lacks the piece from frame {start} to {stop}"
        else:
            assert light == 0, f"The trail crosses the gap between frames {start} and {stop}"


@register_case(Points)
def trail_reaches_back_as_far_as_asked(fixture: Fixture, layout: Layout) -> None:
    """A trail of 3 frames is 3 frames long, in every frame, and ahead of nothing."""
    xy = place(layout, np.linspace(0.08, 0.92, 10), np.full(10, 0.45))[:, None]
    presented = fixture.show(_make_trail_scene(layout, xy, trail=3))
    presented.check_all()
    for frame in (0, 2, 5, 9):
        added = presented.compute_added(frame)
        for start in range(9):
            light = _measure_light_along(presented, added, xy[start, 0], xy[start + 1, 0])
            expected = frame - 3 <= start < frame
            assert (light > 0) == expected, (
                f"frame {frame}: the trail of 3 frames is {'not ' if expected else ''}drawn "
                f"from frame {start} to {start + 1}"
            )


@register_case(Points, layouts=("regular",))
def marks_are_the_same_for_any_workers(fixture: Fixture, layout: Layout) -> None:
    """Each share of the work starts where the one before it ended."""
    if not fixture.has_option("n_workers"):
        return
    n_frames = 12
    x = np.linspace(0.1, 0.9, n_frames)
    xy = place(layout, x, 0.5 + 0.3 * np.sin(5 * x))[:, None]
    xy[5] = np.nan
    scene = _make_trail_scene(layout, xy, trail=4)
    alone = fixture.show(scene, n_workers=1)
    for n_workers in (2, 3, 20):
        shared = fixture.show(scene, n_workers=n_workers)
        for i in range(n_frames):
            shared.check(i)
            off = np.abs(shared.get_picture(i) - alone.get_picture(i)).max()
            assert off <= (0 if fixture.suite.exact else 60), (
                f"frame {i} of {n_workers} workers differs from that of one by {off:.0f}"
            )


def _make_trail_scene(layout: Layout, xy: NDArray[np.float64], trail: int) -> Scene:
    layer = Points(name="P", xy=xy, color=WHITE, size=4.0, trail=trail)
    return make_dark_scene(layout, [layer], len(xy))


def _measure_light_along(
    presented: Presented,
    added: NDArray[np.float64],
    start: NDArray[np.float64],
    stop: NDArray[np.float64],
) -> float:
    """Light in the middle third of the way between two places."""
    begin, end = presented.to_px(start), presented.to_px(stop)
    distance, reached = measure_segment(presented.reference.make_grid(0).centers, begin, end)
    length = float(np.hypot(*(end - begin)))
    middle = (distance < 1.5) & (np.abs(reached - length / 2) < max(1.0, length / 6))
    return float(added[middle].max())


def _check_point(presented: Presented, i: int, xy: NDArray[np.float64]) -> None:
    """Compare the middle and the size of the one mark there is."""
    added = presented.compute_added(i)
    assert added.sum() > 0, f"frame {i}: the point is not drawn"
    middle = (presented.reference.make_grid(0).centers * added[..., None]).sum(
        axis=(0, 1)
    ) / added.sum()
    off = middle - presented.to_px(xy)
    assert np.hypot(*off) < 0.5, f"frame {i}: the point is off by {off.round(2)} pixels"
    area = np.pi * (_SIZE * presented.px_per_point / 2) ** 2
    assert 0.7 < added.sum() / area < 1.35, (
        f"frame {i}: the point covers {added.sum():.1f} pixels instead of {area:.1f}"
    )
