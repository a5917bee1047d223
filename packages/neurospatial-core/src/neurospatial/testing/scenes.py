"""Scenes that show what a backend gets wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.environment import Environment
from neurospatial.layouts import Layout
from neurospatial.scene import (
    Curve,
    Field,
    FieldsLike,
    Layer,
    OverlayContext,
    Scene,
    SelectedSource,
    compile_scene,
)


@dataclass(frozen=True)
class FixedOverlay:
    """An overlay that is its layers.

    Parameters
    ----------
    given : tuple of Layer
    """

    fixed: tuple[Layer, ...]

    def layers(self, context: OverlayContext) -> tuple[Layer, ...]:
        """Return the layers as they are."""
        return self.fixed


class CountingSource:
    """A source that remembers what was read of it.

    Parameters
    ----------
    values : array-like, shape (n_frames, n_bins)

    Examples
    --------
    >>> source = CountingSource(np.zeros((5, 2)))
    >>> _ = source.read(1, 3)
    >>> source.reads
    [(1, 3)]
    """

    def __init__(self, values: ArrayLike) -> None:
        self._values: NDArray[np.generic] = np.asarray(values)
        self.reads: list[tuple[int, int]] = []

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of frames and bins."""
        return self._values.shape

    @property
    def dtype(self) -> np.dtype[np.generic]:
        """Type of the values."""
        return self._values.dtype

    def read(self, start: int, stop: int) -> NDArray[np.generic]:
        """Values of the frames in ``[start, stop)``."""
        self.reads.append((start, stop))
        return self._values[start:stop].copy()


def scene_of(
    layout: Layout,
    fields: FieldsLike,
    layers: Sequence[Layer] = (),
    *,
    cmap: str = "viridis",
    vmin: float = 0.0,
    vmax: float = 1.0,
) -> Scene:
    """Compile fields and layers on a layout, as `neurospatial.animate_fields` does.

    Parameters
    ----------
    layout : Layout
    fields : array-like, shape (n_frames, n_bins), or what else a scene is compiled from
    layers : sequence of Layer
        Drawn over the fields.
    cmap : str
    vmin, vmax : float

    Returns
    -------
    Scene
    """
    return compile_scene(
        Environment(layout, units="cm"),
        fields,
        overlays=[FixedOverlay(tuple(layers))],
        cmap=cmap,
        vmin=vmin,
        vmax=vmax,
    )


def with_frame_index(scene: Scene, index: Sequence[int]) -> Scene:
    """Have the fields of a scene's first panel, one row each, be shown where an index says.

    Parameters
    ----------
    scene : Scene
    index : sequence of int
        The row of each frame; -1 for none. It has as many frames as the scene.

    Returns
    -------
    Scene
    """
    first, *others = scene.panels
    layers = tuple(
        replace(layer, values=SelectedSource(layer.values, np.arange(max(index) + 1)),
                frame_index=np.array(index, dtype=np.intp))
        if isinstance(layer, (Field, Curve)) else layer
        for layer in first.layers
    )  # fmt: skip
    return replace(scene, panels=(replace(first, layers=layers), *others))


def make_dark_scene(layout: Layout, layers: Sequence[Layer], n_frames: int = 1) -> Scene:
    """Compile layers over a black field, on which every light mark stands out."""
    return scene_of(layout, np.zeros((n_frames, layout.n_bins)), layers, cmap="gray")


def make_letter_f(layout: Layout) -> NDArray[np.float64]:
    """Make a field (n_bins,) in the shape of an F: no turn or mirror image is like it."""
    x, y = _compute_fractions(layout)
    spine = x < 0.3
    top = y > 0.74
    middle = (y > 0.36) & (y < 0.6) & (x < 0.62)
    return np.where(spine | top | middle, 0.9, 0.2)


def make_numbered_fields(layout: Layout, n_frames: int) -> NDArray[np.float64]:
    """Make fields (n_frames, n_bins) that all differ: one bright bin walks through the space."""
    frames = np.arange(n_frames)
    ground = 0.1 + 0.15 * (frames // layout.n_bins % 4) + 0.1 * (frames % 2)
    fields = np.repeat(ground[:, None], layout.n_bins, axis=1)
    fields[frames, frames % layout.n_bins] = 1.0
    return fields


def place(layout: Layout, x: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:
    """Turn fractions of the layout's width and height into world coordinates (..., 2)."""
    (x_min, x_max), (y_min, y_max) = layout.bounds
    fractions = np.stack(np.broadcast_arrays(x, y), axis=-1)
    return np.asarray(fractions * (x_max - x_min, y_max - y_min) + (x_min, y_min))


def _compute_fractions(layout: Layout) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    (x_min, x_max), (y_min, y_max) = layout.bounds
    x, y = layout.bin_centers.T
    return (x - x_min) / (x_max - x_min), (y - y_min) / (y_max - y_min)
