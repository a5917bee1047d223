"""What can go wrong with pictures."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.layouts import Layout
from neurospatial.scene import Affine2D, ArraySource, Image
from neurospatial.testing.cases.registry import case
from neurospatial.testing.fixture import Stage
from neurospatial.testing.scenes import letter_f, place, scene_of

_BLOCK = 12
"""Pixels of a picture along each of its coloured squares."""

_F = np.array([[1, 1, 1, 1], [1, 0, 0, 0], [1, 1, 1, 0], [1, 0, 0, 0], [1, 0, 0, 0]])


@case(Image)
def picture_stands_upright(stage: Stage, layout: Layout) -> None:
    """The first row of a picture is its top, and it fills the place it is given."""
    stage.show(scene_of(layout, [letter_f(layout)], [_image(layout, [_letter()])])).check(0)


@case(Image)
def picture_is_blended_with_the_field(stage: Stage, layout: Layout) -> None:
    """Half opaque, it leaves half of the field."""
    layer = _image(layout, [_letter()], opacity=0.5)
    stage.show(scene_of(layout, [letter_f(layout)], [layer])).check(0)


@case(Image)
def picture_is_turned_with_its_map(stage: Stage, layout: Layout) -> None:
    """A camera that is not level: the affine map turns and slants."""
    middle = place(layout, 0.5, 0.5)
    turn = Affine2D(np.array([[0.8, -0.4, 0], [0.3, 0.9, 0], [0, 0, 1]]))
    about = Affine2D.translation(*middle) @ turn @ Affine2D.translation(*-middle)
    layer = _image(layout, [_letter()])
    turned = Image(
        name="V",
        frames=layer.frames,
        frame_index=layer.frame_index,
        px_to_world=about @ layer.px_to_world,
        z=0.5,
    )
    stage.show(scene_of(layout, [letter_f(layout)], [turned])).check(0)


@case(Image)
def picture_is_the_one_of_its_frame(stage: Stage, layout: Layout) -> None:
    """Each frame shows the picture it names, and none where it names none."""
    pictures = [np.roll(_letter(), shift, axis=2) for shift in range(3)]
    index = np.array([0, -1, 2, 2, 1, 0])
    layer = _image(layout, pictures, index=index)
    stage.show(scene_of(layout, [letter_f(layout)] * len(index), [layer])).check_all()


@case(Image)
def picture_that_stays_is_in_every_frame(stage: Stage, layout: Layout) -> None:
    """One entry stands for all frames."""
    layer = _image(layout, [_letter()], opacity=0.7)
    stage.show(scene_of(layout, [letter_f(layout), 0 * letter_f(layout)], [layer])).check_all()


@case(Image)
def picture_below_shines_through_gaps(stage: Stage, layout: Layout) -> None:
    """Below the field, it is seen where there is no value, and nowhere else."""
    field = np.where(letter_f(layout) > 0.5, np.nan, 0.3)
    stage.show(scene_of(layout, [field], [_image(layout, [_letter()], z=-1.0)])).check(0)


@case(Image)
def picture_has_its_own_transparency(stage: Stage, layout: Layout) -> None:
    """A fourth channel says how opaque each pixel is."""
    letter = _letter()
    opaque = np.repeat(np.repeat(np.array([[255, 128], [0, 255], [64, 0]]), 20, 0), 24, 1)
    layer = _image(layout, [np.dstack([letter, opaque.astype(np.uint8)])], opacity=0.8)
    stage.show(scene_of(layout, [letter_f(layout)], [layer])).check(0)


@case(Image)
def picture_is_cut_at_the_edge(stage: Stage, layout: Layout) -> None:
    """What reaches out of the view is cut off."""
    layer = _image(layout, [_letter()], box=(-0.4, -0.3, 0.7, 1.5))
    stage.show(scene_of(layout, [letter_f(layout)], [layer])).check(0)


@case(Image)
def fine_picture_is_averaged(stage: Stage, layout: Layout) -> None:
    """Many pixels to one of the view are averaged, not picked from: stripes become grey."""
    stripes = np.zeros((600, 480, 3), dtype=np.uint8)
    stripes[::2] = 255
    dark = np.zeros(layout.n_bins)
    shown = stage.show(scene_of(layout, [dark], [_image(layout, [stripes])], cmap="gray"))
    column, row = np.floor(shown.px(place(layout, 0.55, 0.5))).astype(int)
    seen = shown.picture(0)[row - 3 : row + 4, column - 3 : column + 4]
    assert np.abs(seen - 127.5).max() < 60, "fine stripes do not become grey"


@case(Image, layouts=("regular",))
def pictures_are_the_same_for_any_workers(stage: Stage, layout: Layout) -> None:
    """Each share of the work shows the pictures of its own frames."""
    if not stage.takes("n_workers"):
        return
    index = np.arange(12) // 2 % 3
    pictures = [np.roll(_letter(), shift, axis=2) for shift in range(3)]
    layer = _image(layout, pictures, index=index, opacity=0.6)
    scene = scene_of(layout, [letter_f(layout)] * len(index), [layer])
    for n_workers in (1, 3):
        stage.show(scene, n_workers=n_workers).check_all()


def _letter() -> NDArray[np.uint8]:
    """Give an F of squares, orange on blue."""
    colors = np.array([[20, 60, 200], [250, 150, 30]], dtype=np.uint8)
    return np.repeat(np.repeat(colors[_F], _BLOCK, axis=0), _BLOCK, axis=1)


def _image(
    layout: Layout,
    pictures: list[NDArray[np.uint8]],
    *,
    index: NDArray[np.intp] | None = None,
    opacity: float = 1.0,
    z: float = 0.5,
    box: tuple[float, float, float, float] = (0.15, 0.2, 0.8, 0.9),
) -> Image:
    """Give pictures that fill a box: left, bottom, right and top as shares of the layout."""
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
