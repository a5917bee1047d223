"""What can go wrong with pictures."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.layouts import Layout
from neurospatial.scene import Affine2D, ArraySource, Image
from neurospatial.testing.cases.registry import register_case
from neurospatial.testing.fixture import Fixture
from neurospatial.testing.scenes import make_letter_f, place, scene_of

_BLOCK = 12
"""Pixels of a picture along each of its coloured squares."""

_F = np.array([[1, 1, 1, 1], [1, 0, 0, 0], [1, 1, 1, 0], [1, 0, 0, 0], [1, 0, 0, 0]])


@register_case(Image)
def picture_stands_upright(fixture: Fixture, layout: Layout) -> None:
    """The first row of a picture is its top, and it fills the place it is given."""
    fixture.show(
        scene_of(layout, [make_letter_f(layout)], [_make_image(layout, [_make_letter()])])
    ).check(0)


@register_case(Image)
def picture_is_blended_with_the_field(fixture: Fixture, layout: Layout) -> None:
    """Half opaque, it leaves half of the field."""
    layer = _make_image(layout, [_make_letter()], opacity=0.5)
    fixture.show(scene_of(layout, [make_letter_f(layout)], [layer])).check(0)


@register_case(Image)
def picture_is_turned_with_its_map(fixture: Fixture, layout: Layout) -> None:
    """A camera that is not level: the affine map turns and slants."""
    middle = place(layout, 0.5, 0.5)
    turn = Affine2D(np.array([[0.8, -0.4, 0], [0.3, 0.9, 0], [0, 0, 1]]))
    about = Affine2D.translation(*middle) @ turn @ Affine2D.translation(*-middle)
    layer = _make_image(layout, [_make_letter()])
    turned = Image(
        name="V",
        frames=layer.frames,
        frame_index=layer.frame_index,
        px_to_world=about @ layer.px_to_world,
        z=0.5,
    )
    fixture.show(scene_of(layout, [make_letter_f(layout)], [turned])).check(0)


@register_case(Image)
def picture_is_the_one_of_its_frame(fixture: Fixture, layout: Layout) -> None:
    """Each frame shows the picture it names, and none where it names none."""
    pictures = [np.roll(_make_letter(), shift, axis=2) for shift in range(3)]
    index = np.array([0, -1, 2, 2, 1, 0])
    layer = _make_image(layout, pictures, index=index)
    fixture.show(scene_of(layout, [make_letter_f(layout)] * len(index), [layer])).check_all()


@register_case(Image)
def picture_that_stays_is_in_every_frame(fixture: Fixture, layout: Layout) -> None:
    """One entry stands for all frames."""
    layer = _make_image(layout, [_make_letter()], opacity=0.7)
    fixture.show(
        scene_of(layout, [make_letter_f(layout), 0 * make_letter_f(layout)], [layer])
    ).check_all()


@register_case(Image)
def picture_below_shines_through_gaps(fixture: Fixture, layout: Layout) -> None:
    """Below the field, it is seen where there is no value, and nowhere else."""
    field = np.where(make_letter_f(layout) > 0.5, np.nan, 0.3)
    fixture.show(scene_of(layout, [field], [_make_image(layout, [_make_letter()], z=-1.0)])).check(
        0
    )


@register_case(Image)
def picture_has_its_own_transparency(fixture: Fixture, layout: Layout) -> None:
    """A fourth channel says how opaque each pixel is."""
    letter = _make_letter()
    opaque = np.repeat(np.repeat(np.array([[255, 128], [0, 255], [64, 0]]), 20, 0), 24, 1)
    layer = _make_image(layout, [np.dstack([letter, opaque.astype(np.uint8)])], opacity=0.8)
    fixture.show(scene_of(layout, [make_letter_f(layout)], [layer])).check(0)


@register_case(Image)
def picture_is_cut_at_the_edge(fixture: Fixture, layout: Layout) -> None:
    """What reaches out of the view is cut off."""
    layer = _make_image(layout, [_make_letter()], box=(-0.4, -0.3, 0.7, 1.5))
    fixture.show(scene_of(layout, [make_letter_f(layout)], [layer])).check(0)


@register_case(Image)
def fine_picture_is_averaged(fixture: Fixture, layout: Layout) -> None:
    """Many pixels to one of the view are averaged, not picked from: stripes become grey."""
    stripes = np.zeros((600, 480, 3), dtype=np.uint8)
    stripes[::2] = 255
    dark = np.zeros(layout.n_bins)
    presented = fixture.show(
        scene_of(layout, [dark], [_make_image(layout, [stripes])], cmap="gray")
    )
    column, row = np.floor(presented.to_px(place(layout, 0.55, 0.5))).astype(int)
    found = presented.get_picture(0)[row - 3 : row + 4, column - 3 : column + 4]
    assert np.abs(found - 127.5).max() < 60, "fine stripes do not become grey"


@register_case(Image, layouts=("regular",))
def pictures_are_the_same_for_any_workers(fixture: Fixture, layout: Layout) -> None:
    """Each share of the work shows the pictures of its own frames."""
    if not fixture.has_option("n_workers"):
        return
    index = np.arange(12) // 2 % 3
    pictures = [np.roll(_make_letter(), shift, axis=2) for shift in range(3)]
    layer = _make_image(layout, pictures, index=index, opacity=0.6)
    scene = scene_of(layout, [make_letter_f(layout)] * len(index), [layer])
    for n_workers in (1, 3):
        fixture.show(scene, n_workers=n_workers).check_all()


def _make_letter() -> NDArray[np.uint8]:
    """Draw an F of squares, orange on blue."""
    colors = np.array([[20, 60, 200], [250, 150, 30]], dtype=np.uint8)
    return np.repeat(np.repeat(colors[_F], _BLOCK, axis=0), _BLOCK, axis=1)


def _make_image(
    layout: Layout,
    pictures: list[NDArray[np.uint8]],
    *,
    index: NDArray[np.intp] | None = None,
    opacity: float = 1.0,
    z: float = 0.5,
    box: tuple[float, float, float, float] = (0.15, 0.2, 0.8, 0.9),
) -> Image:
    """Make pictures that fill a box: left, bottom, right and top as shares of the layout."""
    height, width = pictures[0].shape[:2]
    left, bottom = place(layout, box[0], box[1])
    right, top = place(layout, box[2], box[3])
    scale = Affine2D.scaling((right - left) / width, (bottom - top) / height)
    return Image(
        name="V",
        frames=ArraySource(np.stack(pictures)),
        frame_index=np.zeros(1, dtype=np.intp) if index is None else index,
        px_to_world=Affine2D.translation(left, top) @ scale,
        opacity=opacity,
        z=z,
    )
