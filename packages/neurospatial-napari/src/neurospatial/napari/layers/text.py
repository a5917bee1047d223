"""Words at a place."""

import numpy as np

from neurospatial.napari.layers.base import Drawn, Stage, put
from neurospatial.scene import Text


class TextDrawn(Drawn):
    """Words at an unseen mark of a Points layer.

    Parameters
    ----------
    layer : Text
    stage : Stage
    """

    def __init__(self, layer: Text, stage: Stage) -> None:
        from napari.layers import Points

        self._layer, self._stage = layer, stage
        self._words = ""
        self.still: bool = len(layer.anchor) == len(layer.strings) == 1
        # vispy takes an inch for 96 pixels and a point for 1/72 of it.
        size = layer.size * stage.options.px_per_point * 72 / 96
        self._mark = Points(
            stage.placement.corner[None],
            name=f"{stage.prefix}{layer.name}",
            size=0,
            opacity=1.0,
            face_color="transparent",
            border_color="transparent",
            text={"string": {"constant": ""}, "size": size, "color": layer.color},
            blending="translucent_no_depth",
            visible=layer.visible,
        )
        super().__init__(self._mark)

    def show(self, frame: int) -> None:
        """Say the words of a frame, where they belong."""
        layer, place = self._layer, self._stage.placement
        anchor = layer.anchor[frame if len(layer.anchor) > 1 else 0]
        words = layer.strings[frame if len(layer.strings) > 1 else 0]
        x, y = (float(one) for one in anchor)
        if not place.holds((x, y)):
            x, y, words = *place.bounds[:2], ""
        put(self._mark, place.to_napari(np.array([[x, y]])))
        if words != self._words:
            self._words = words
            self._mark.text.string = {"constant": words}

    def zoom(self, px_per_unit: float) -> None:
        """Keep the distance from the place."""
        right, up = np.array(self._layer.shift) * self._stage.options.px_per_point / px_per_unit
        self._mark.text.translation = (up, right)
