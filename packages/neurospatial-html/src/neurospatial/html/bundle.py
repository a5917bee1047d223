"""A scene as data for the player: a header, and chunks that it names.

The header is JSON and is made without reading a value; a chunk is read,
coloured and compressed when it is asked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from neurospatial.html.layer_encoder import Entry, LayerEncoder
from neurospatial.html.rasters import compute_panel_rasters, refine_raster
from neurospatial.html.scales import Scales
from neurospatial.html.store import ChunkStore
from neurospatial.html.view_path import encode_view_path
from neurospatial.scene import Image, Layer, Panel, Raster, Scene, Trace

FORMAT, VERSION = "neurospatial-bundle", 3
"""What a player reads first; the version rises when an older player could not read the rest."""


@dataclass(frozen=True, kw_only=True)
class BundleOptions:
    """What is chosen about a bundle.

    Parameters
    ----------
    dpi : int
        Pixels per inch: what sizes in points are drawn by.
    size : tuple of int
        Width and height of all panels together [px].
    embed_video : bool
        Whether camera videos go in; pictures that do not change always do.
    picture_quality : int or None
        Of lossy compression, 1 to 100; None compresses pictures without loss.
    """

    dpi: int = 100
    size: tuple[int, int] = (800, 600)
    embed_video: bool = True
    picture_quality: int | None = 85


class Bundle:
    """A scene as a header and chunks.

    A chunk begins with one byte that says how the rest is stored:

    * 0: a zlib stream of little-endian bytes in C order, or of the UTF-8 JSON list
      of a chunk of strings;
    * 1: a zlib stream of uint8: each frame's difference to the frame before within
      the chunk, modulo 256, one bin's frames after another's;
    * 2: a zlib stream of floats: all their first bytes, all their second ones, …;
    * 3: a picture, as the header's ``mime`` says.

    Parameters
    ----------
    scene : Scene
    options : BundleOptions

    Raises
    ------
    ValueError
        If a number in the scene is NaN or infinite where that means nothing.

    Examples
    --------
    >>> import numpy as np
    >>> from neurospatial import Environment
    >>> from neurospatial.scene import compile_scene
    >>> edges = [np.arange(4.0), np.arange(3.0)]
    >>> env = Environment.from_mask(np.ones((3, 2), bool), edges)
    >>> bundle = Bundle(compile_scene(env, np.eye(6)), BundleOptions())
    >>> bundle.header["n_frames"]
    6
    >>> layer = bundle.header["panels"][0]["layers"][0]
    >>> layer["values"]
    {'dtype': 'uint8', 'shape': [6, 6], 'rows': 43690, 'name': 'a2'}
    >>> from neurospatial.html.arrays import decode
    >>> decode(bundle.chunk("a2/0"), "uint8", (6, 6))[0]
    array([254,   0,   0,   0,   0,   0], dtype=uint8)
    """

    def __init__(self, scene: Scene, options: BundleOptions) -> None:
        self._scene = scene
        self._options = options
        self._store = ChunkStore()
        self.header: Entry = self._make_header()

    def names(self) -> Iterator[str]:
        """Name every chunk, in the order in which a player wants them."""
        return self._store.iter_names()

    def first_frame(self, name: str) -> int:
        """Find the frame that needs a chunk first; -1 when all of them do."""
        return self._store.find_first_frame(name)

    def chunk(self, name: str) -> bytes:
        """Make one chunk; fields are read here, its own frames and no others.

        Raises
        ------
        KeyError
            If the header names no such chunk.
        """
        return self._store.make_chunk(name)

    @cached_property
    def rasters(self) -> tuple[Raster, ...]:
        """The pixels of each panel."""
        return compute_panel_rasters(self._scene, self._options.size)

    def _make_header(self) -> Entry:
        scene, store = self._scene, self._store
        scales = Scales(store)
        timeline, clock = scene.timeline, scene.timeline.clock
        panels = [
            self._encode_panel(panel, cell, raster, scales)
            for panel, cell, raster in zip(scene.panels, scene.cells, self.rasters, strict=True)
        ]
        strips = [
            self._make_encoder(self.rasters[0], scales).encode(trace)
            for trace in self._list_traces()
        ]
        colorbar = scales.find(scene.colorbar)
        return {
            "format": FORMAT,
            "version": VERSION,
            "title": scene.title,
            # Only where the clock counts from a date.
            **({} if timeline.zero is None else {"zero": timeline.zero}),
            "n_frames": timeline.n_frames,
            "fps": float(timeline.fps),
            "dpi": self._options.dpi,
            "labels": store.add_texts("labels", timeline.n_frames, timeline.label),
            "clock": store.add_array(
                "clock",
                "float64",
                clock.shape,
                lambda a, b: clock[a:b],
                first_frames=range(len(clock)),
            ),
            "unit": "s" if timeline.times is None else timeline.unit,
            "scales": scales.entries,
            "colorbar": colorbar,
            "panels": panels,
            "strips": strips,
        }

    def _list_traces(self) -> tuple[Trace, ...]:
        """List the signals that are shown, then those that may be shown later."""
        hidden = (trace for trace in self._scene.strips if not trace.visible)
        return *self._scene.visible_strips, *hidden

    def _encode_panel(
        self, panel: Panel, cell: tuple[int, int], raster: Raster, scales: Scales
    ) -> Entry:
        view, length = panel.view, panel.scale_bar
        encoder = self._make_encoder(refine_raster(raster, view), scales)
        return {
            "title": panel.title,
            "cell": list(cell),
            "axes": list(panel.axes),
            "view": {
                "bounds": [float(edge) for edge in view.bounds],
                "units": view.units,
                "equal": view.equal,
                "labels": list(view.axis_labels),
                "y_down": view.y_down,
                "path": encode_view_path(view, self._store),
            },
            "raster": [raster.width, raster.height],
            "colorbar": scales.find(panel.colorbar),
            "scale_bar": None if length is None else float(length),
            "layers": [
                encoder.encode(layer) for layer in panel.layers if self._is_included(layer)
            ],
        }

    def _make_encoder(self, raster: Raster, scales: Scales) -> LayerEncoder:
        return LayerEncoder(self._store, raster, self._options.picture_quality, scales)

    def _is_included(self, layer: Layer) -> bool:
        if isinstance(layer, Image) and not self._options.embed_video:
            return layer.frames.shape[0] == 1
        return True
