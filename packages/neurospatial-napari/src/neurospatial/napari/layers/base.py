"""What every layer of the scene becomes: layers of napari, kept up to date."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from neurospatial.napari.data.lazy_array import LazyFrames
from neurospatial.napari.data.prefetch import Prefetcher
from neurospatial.napari.layers.panel_place import PanelPlace
from neurospatial.napari.layers.placement import Placement
from neurospatial.napari.layers.theme import ThemeColors
from neurospatial.napari.options import NapariOptions
from neurospatial.napari.patches.suspend_refresh import suspend_refresh
from neurospatial.scene import Bounds, View

if TYPE_CHECKING:
    from napari.layers import Layer as NapariLayer


@dataclass(frozen=True, eq=False)
class DrawContext:
    """What a layer view is made with.

    Parameters
    ----------
    place : PanelPlace
        Of its panel.
    view : View
        What the panel shows.
    options : NapariOptions
    prefetcher : Prefetcher
    prefix : str
        What stands before its name: the panel's title, or its number, where there are several.
    """

    place: PanelPlace
    view: View
    options: NapariOptions
    prefetcher: Prefetcher
    prefix: str = ""

    @property
    def placement(self) -> Placement:
        """The map of what the panel now shows."""
        return self.place.now


@contextmanager
def refresh(layer: "NapariLayer", extent: bool) -> Iterator[None]:
    """Change a layer, and refresh it once at the end, its small picture aside.

    Parameters
    ----------
    layer : napari.layers.Layer
    extent : bool
        Whether it may end elsewhere afterwards.
    """
    with suspend_refresh(layer):
        yield
    layer.refresh(thumbnail=False, highlight=False, extent=extent)


def set_data(layer: "NapariLayer", data: NDArray[np.float64]) -> None:
    """Set a layer's marks to those of another frame, within what the panel shows."""
    with refresh(layer, extent=False):
        layer.data = data


class LayerView:
    """One layer of the scene in the viewer; napari's layers hold one frame of it.

    Parameters
    ----------
    *layers : napari.layers.Layer
        In drawing order.
    """

    def __init__(self, *layers: "NapariLayer") -> None:
        self._layers = layers

    is_static: bool = False
    """Whether every frame is like the first."""

    @property
    def layers(self) -> "tuple[NapariLayer, ...]":
        """Those of napari, in drawing order."""
        return self._layers

    def show(self, frame: int) -> None:
        """Bring the layers to a frame; those that are static, to the first only."""

    def zoom(self, px_per_unit: float) -> None:
        """Keep widths and sizes that are measured on the screen, at a new magnification."""

    def follow_window(self, window: Bounds, px_per_unit: float) -> None:
        """Follow what the canvas shows, in napari's units, and at which magnification."""

    def set_colors(self, colors: ThemeColors) -> None:
        """Follow the theme of the viewer, where what is drawn has colours of its own making."""

    def release(self) -> None:
        """Let go of files, once the layers are out of the viewer; napari may still hold them."""
        for layer in self.layers:
            for part in layer.data if isinstance(layer.data, tuple) else (layer.data,):
                if isinstance(part, LazyFrames):
                    part.release()


class ValueLayerView(LayerView):
    """A layer that has a value at a place.

    Parameters
    ----------
    context : DrawContext
    *layers : napari.layers.Layer
    """

    def __init__(self, context: DrawContext, *layers: "NapariLayer") -> None:
        super().__init__(*layers)
        self.context: DrawContext = context

    def read_value(self, frame: int, x: float, y: float) -> tuple[int, float] | None:
        """Find the bin at a place and its value; None where there is no bin."""
        raise NotImplementedError

    @property
    def resolution(self) -> float:
        """By how much values differ that are to be told apart."""
        raise NotImplementedError
