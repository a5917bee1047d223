"""What the header says of each layer."""

import json
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.html.arrays import FirstFrames, Kind
from neurospatial.html.scales import Scales
from neurospatial.html.store import ChunkStore
from neurospatial.scene import (
    RGBA,
    Coordinates,
    Curve,
    Field,
    Image,
    Layer,
    Points,
    Polygons,
    Raster,
    Segments,
    Source,
    Text,
    Trace,
    fits_float32,
)

Entry = dict[str, object]


@dataclass(frozen=True, eq=False)
class LayerEncoder:
    """Turns the layers of one panel into entries, and what they hold into chunks.

    Parameters
    ----------
    store : ChunkStore
    raster : Raster
        The panel's pixels, or finer ones where its view zooms.
    quality : int or None
        Of pictures; see `neurospatial.html.pictures.ChunkedPictures`.
    scales : Scales
        Of the fields.
    """

    store: ChunkStore
    raster: Raster
    quality: int | None
    scales: Scales

    def encode(self, layer: Layer) -> Entry:
        """Describe a layer; none of its values is read.

        Raises
        ------
        ValueError
            If a number of it is NaN or infinite where that means nothing.
        """
        common: Entry = {
            "type": type(layer).__name__,
            "name": layer.name,
            "z": float(layer.z),
            "visible": bool(layer.visible),
        }
        return _validate_entry(layer.name, {**common, **self._encode_content(layer)})

    def _encode_content(self, layer: Layer) -> Entry:
        match layer:
            case Field():
                return self._encode_field(layer)
            case Image():
                return self._encode_image(layer)
            case Points():
                return self._encode_points(layer)
            case Segments():
                return self._encode_segments(layer)
            case Polygons():
                return _encode_polygons(layer)
            case Curve():
                return self._encode_curve(layer)
            case Text():
                return self._encode_text(layer)
            case Trace():
                return self._encode_trace(layer)
        raise TypeError(f"{type(layer).__name__} is none of the scene's layers")

    def _encode_field(self, layer: Field) -> Entry:
        geometry, values, color, raster = layer.geometry, layer.values, layer.color, self.raster

        def read_codes(start: int, stop: int) -> NDArray[np.generic]:
            return color.quantise(values.read(start, stop))

        def read_bins(start: int, stop: int) -> NDArray[np.generic]:
            return geometry.index_map(raster)[start:stop]

        shape = (raster.height, raster.width)
        return {
            "index_map": self.store.add_array((id(geometry), raster), "int32", shape, read_bins),
            "n_bins": geometry.n_bins,
            "values": self.store.add_array(
                (id(values), id(color)),
                "uint8",
                values.shape,
                read_codes,
                first_frames=find_first_frames(values.shape[0], layer.frame_index),
            ),
            "scale": self.scales.find(color),
            "frame_index": self._store_rows(layer.frame_index),
        }

    def _store_rows(self, index: NDArray[np.intp] | None) -> Entry | None:
        """Store which row of its values a layer shows in each frame."""
        if index is None:
            return None
        return self.store.add_array(
            ("rows", index.tobytes()), "int32", index.shape, lambda start, stop: index[start:stop]
        )

    def _encode_image(self, layer: Image) -> Entry:
        pictures = self.store.add_pictures(layer, self.raster, self.quality)
        index = pictures.frame_index
        shown = self.store.add_array(
            ("shown", pictures.name), "int32", index.shape, lambda start, stop: index[start:stop]
        )
        return {
            "frame_index": shown,
            "px_to_world": pictures.px_to_world.matrix[:2].ravel().tolist(),
            "opacity": float(layer.opacity),
            "size": list(pictures.size),
            "pictures": pictures.entry,
        }

    def _encode_points(self, layer: Points) -> Entry:
        opacity = layer.opacity
        return {
            "xy": self._store_floats(layer.xy),
            "color": _to_lists(layer.color),
            "size": float(layer.size),
            "trail": int(layer.trail),
            "opacity": None if opacity is None else self._store_floats(opacity),
        }

    def _encode_segments(self, layer: Segments) -> Entry:
        return {
            "start": self._store_floats(layer.start),
            "stop": self._store_floats(layer.stop),
            "color": _to_lists(layer.color),
            "width": float(layer.width),
            "arrowhead": bool(layer.arrowhead),
        }

    def _encode_curve(self, layer: Curve) -> Entry:
        values: Source = layer.values
        _, low, _, high = self.raster.bounds
        kind = _choose_kind((low, high))
        return {
            "x": np.asarray(layer.x, dtype=np.float64).tolist(),
            "runs": [run.tolist() for run in layer.runs],
            "values": self.store.add_array(
                id(values),
                kind,
                values.shape,
                values.read,
                first_frames=find_first_frames(values.shape[0], layer.frame_index),
            ),
            "color": _to_list(layer.color),
            "width": float(layer.width),
            "frame_index": self._store_rows(layer.frame_index),
        }

    def _encode_text(self, layer: Text) -> Entry:
        strings = layer.strings
        return {
            "anchor": self._store_floats(layer.anchor),
            "strings": self.store.add_texts(id(strings), len(strings), lambda i: str(strings[i])),
            "color": _to_list(layer.color),
            "size": float(layer.size),
            "shift": [float(points) for points in layer.shift],
        }

    def _encode_trace(self, layer: Trace) -> Entry:
        times, values = layer.times, layer.values
        return {
            "times": self.store.add_array(
                id(times), "float64", times.shape, lambda start, stop: times[start:stop]
            ),
            "values": self.store.add_array(
                id(values),
                _choose_kind(layer.limits),
                values.shape,
                lambda start, stop: values[start:stop],
            ),
            "color": _to_list(layer.color),
            "window": float(layer.window),
            "limits": [float(limit) for limit in layer.limits],
            "label": layer.label,
            "width": float(layer.width),
        }

    def _store_floats(self, array: Coordinates) -> Entry:
        # Of float64 where the scene has it: a browser draws with that.
        return self.store.add_array(
            id(array),
            "float32" if array.dtype == np.float32 else "float64",
            array.shape,
            lambda start, stop: array[start:stop],
            first_frames=range(len(array)) if len(array) > 1 else None,
        )


def find_first_frames(n_rows: int, index: NDArray[np.intp] | None) -> FirstFrames:
    """Find the frame that shows each row first; of a row that none shows, 0.

    Examples
    --------
    >>> find_first_frames(3, np.array([1, 1, -1, 0]))
    array([3, 0, 0])
    """
    if index is None:
        return range(n_rows)
    first = np.zeros(n_rows, dtype=np.intp)
    rows, frames = np.unique(index, return_index=True)
    first[rows[rows >= 0]] = frames[rows >= 0]
    return first


def _choose_kind(limits: tuple[float, float]) -> Kind:
    """Choose the type of a line's values: one that moves none of them within these limits."""
    return "float32" if fits_float32(*limits) else "float64"


def _encode_polygons(layer: Polygons) -> Entry:
    return {
        "polygons": [[np.asarray(ring).tolist() for ring in rings] for rings in layer.polygons],
        "fill": _to_list(layer.fill),
        "edge": _to_list(layer.edge),
        "width": float(layer.width),
    }


def _to_list(color: RGBA) -> list[float]:
    return [float(part) for part in color]


def _to_lists(color: RGBA | NDArray[np.float64]) -> list[list[float]]:
    rows: list[list[float]] = np.atleast_2d(np.asarray(color, dtype=np.float64)).tolist()
    return rows


def _validate_entry(name: str, entry: Entry) -> Entry:
    for key, value in entry.items():
        try:
            json.dumps(value, allow_nan=False)
        except ValueError:
            raise ValueError(
                explain(
                    f"{key} of layer {name!r} holds NaN or infinity.",
                    "It is drawn the same in every frame, so it has to be somewhere.",
                    [f"Give finite numbers for {key}.", "Leave the layer out."],
                )
            ) from None
    return entry
