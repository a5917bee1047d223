"""Words at a place."""

import numpy as np

from neurospatial.napari.layers.base import DrawContext, LayerView, set_data
from neurospatial.scene import Text


class TextView(LayerView):
    """Words at an invisible mark of a Points layer.

    Parameters
    ----------
    layer : Text
    context : DrawContext
    """

    def __init__(self, layer: Text, context: DrawContext) -> None:
        from napari.layers import Points

        self._layer, self._context = layer, context
        self._string = ""
        still = len(layer.anchor) == len(layer.strings) == 1
        self.is_static: bool = still and not context.place.moves
        # vispy takes an inch for 96 pixels and a point for 1/72 of it.
        size = layer.size * context.options.px_per_point * 72 / 96
        self._mark = Points(
            context.placement.corner[None],
            name=f"{context.prefix}{layer.name}",
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
        """Show the string of a frame, where it belongs."""
        layer, place = self._layer, self._context.placement
        anchor = layer.anchor[frame if len(layer.anchor) > 1 else 0]
        string = layer.strings[frame if len(layer.strings) > 1 else 0]
        x, y = (float(one) for one in anchor)
        if not place.contains((x, y)):
            x, y, string = *place.bounds[:2], ""
        set_data(self._mark, place.to_napari(np.array([[x, y]])))
        if string != self._string:
            self._string = string
            self._mark.text.string = {"constant": string}

    def zoom(self, px_per_unit: float) -> None:
        """Keep the distance from the place."""
        right, up = np.array(self._layer.shift) * self._context.options.px_per_point / px_per_unit
        self._mark.text.translation = (up, right)
