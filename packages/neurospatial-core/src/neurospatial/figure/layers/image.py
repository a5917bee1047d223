"""Drawing pictures where their map places them."""

from typing import TYPE_CHECKING

from neurospatial.scene import Image

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def draw_image(axes: "Axes", layer: Image, frame: int, order: float) -> None:
    """Draw the picture of a frame, turned and slanted with its map."""
    from matplotlib.image import AxesImage
    from matplotlib.transforms import Affine2D

    index = layer.frame_index
    number = int(index[min(frame, len(index) - 1)])
    if number < 0:
        return
    picture = layer.frames.read(number, number + 1)[0]
    height, width = picture.shape[:2]
    image = AxesImage(axes, origin="lower", extent=(0, width, 0, height), resample=True)
    image.set_data(picture)
    image.set_alpha(layer.opacity)
    image.set_transform(Affine2D(layer.px_to_world.matrix) + axes.transData)
    image.set_zorder(order)
    image.set_label(layer.name)
    image.set_clip_path(axes.patch)
    axes.add_image(image)
