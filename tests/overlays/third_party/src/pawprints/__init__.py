"""Paw prints, by somebody who knows nothing of neurospatial but its scene."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from neurospatial.scene import Layer, OverlayContext, Points, Segments, Text, rgba


@dataclass(eq=False)
class PawPrints:
    """Where paws were put down: prints that stay, a line to the latest, and their number.

    Parameters
    ----------
    places : array-like, shape (n_prints, n_dims)
        In environment units.
    times : array-like, shape (n_prints,)
        On the data's clock [s], increasing.
    color : str
        Any colour of matplotlib.
    """

    places: ArrayLike
    times: ArrayLike
    color: str = "magenta"

    def layers(self, context: OverlayContext) -> tuple[Layer, ...]:
        prints = context.to_world(context.to_drawable_coordinates(self.places, "Paw prints"))
        n_put = np.searchsorted(np.asarray(self.times, float), context.times, side="right")
        put = np.arange(len(prints)) < n_put[:, None]
        xy = np.where(put[..., None], prints, np.nan).astype(np.float32)
        latest = np.maximum(n_put - 1, 0)
        stop = xy[np.arange(context.n_frames), latest][:, None]
        start = xy[np.arange(context.n_frames), np.maximum(latest - 1, 0)][:, None]
        return (
            Segments(name="Step", start=start, stop=stop, color=rgba("cyan"), width=3.0, z=3.0),
            Points(name="Paw prints", xy=xy, color=rgba(self.color), size=9.0, z=3.1),
            Text(
                name="Count",
                anchor=prints[:1].astype(np.float32),
                strings=tuple(str(n) for n in n_put),
                color=rgba("white"),
                shift=(0.0, 14.0),
                z=4.0,
            ),
        )
