"""Drawing words."""

from typing import TYPE_CHECKING

import numpy as np

from neurospatial.figure.layers.on_frame import take_on_frame
from neurospatial.figure.write_artist import write_artist
from neurospatial.scene import Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_OUTLINE = 0.2
"""Of the size of letters: width of the dark line about them, half of it beside them."""


def draw_text(axes: "Axes", layer: Text, frame: int, order: float) -> None:
    """Draw the words of a frame over a dark outline of them.

    The outline is a text of its own: files keep as words what has no effects.
    """
    from matplotlib.patheffects import Stroke

    anchor = take_on_frame(layer.anchor, frame)
    words = take_on_frame(layer.strings, frame)
    if not np.isfinite(anchor).all() or not words.strip():
        return
    outline = Stroke(linewidth=_OUTLINE * layer.size, foreground="black")
    black = (0.0, 0.0, 0.0, layer.color[3])
    for color, effects in ((black, [outline]), (layer.color, [])):
        text = axes.annotate(
            "", tuple(anchor.tolist()), layer.shift, textcoords="offset points", ha="center",
            va="center", fontsize=layer.size, color=color, zorder=order, clip_on=True,
            annotation_clip=False, path_effects=effects,
        )  # fmt: skip
        text.set_clip_path(axes.patch)
        write_artist(text, words)
