"""Painting a field: one gather a frame."""

import sys

import numpy as np
from numpy.typing import NDArray

from neurospatial.scene import NOTHING, Field, Raster
from neurospatial.video.canvas.canvas import Canvas, Pixels, Plane
from neurospatial.video.layers.prefetch import BlockReader

_OCTETS = (0, 2) if sys.byteorder == "little" else (3, 1)
"""Places of the low bytes of both halves of a uint32 in memory: two chroma values in one."""


class FieldPainter:
    """Paints one field layer.

    Parameters
    ----------
    layer : Field
    raster : Raster
        The panel's pixels; width and height are even.
    planes : tuple of Plane
        The panel's part of the canvas.
    canvas : Canvas
    background : ndarray of uint8, shape (3,), or None
        sRGB shown where there is no value; None lets what is below shine through.
    stop : int
        The frame before which reading ahead ends.
    """

    def __init__(
        self,
        layer: Field,
        raster: Raster,
        planes: tuple[Plane, ...],
        canvas: Canvas,
        background: NDArray[np.uint8] | None,
        stop: int,
    ) -> None:
        def to_codes(values: NDArray[np.generic]) -> NDArray[np.uint8]:
            codes = layer.color.quantise(values)
            return np.pad(codes, ((0, 0), (0, 1)), constant_values=NOTHING)

        self._codes = BlockReader(layer.shown, stop, to_codes)
        self._covers = background is not None
        lut = layer.color.rgba_lut[:, :3].copy()
        lut[NOTHING] = 0 if background is None else background
        index = layer.geometry.index_map(raster)
        luts = list(zip(planes, canvas.to_components(lut), strict=True))
        self._whole = _Gather(index)
        self._full = [(plane, values) for plane, values in luts if plane.step == 1]
        self._half = _HalfGather(index)
        self._chroma = [plane for plane, _ in luts if plane.step == 2]
        self._packed = _pack_luts([values for plane, values in luts if plane.step == 2])

    def paint(self, frame: int) -> None:
        """Paint the field of one frame."""
        codes = self._codes.read_frame(frame)
        covered = None if self._covers else np.where(codes == NOTHING, 0, 255).astype(np.uint8)
        for plane, lut in self._full:
            _put_values(plane, self._whole.rows, self._whole.gather(np.take(lut, codes, axis=0)),
                 None if covered is None else self._whole.gather(covered))  # fmt: skip
        if self._chroma:
            both = self._half.gather(np.take(self._packed, codes))
            there = None if covered is None else self._half.gather(covered.astype(np.uint32))[0]
            for plane, values in zip(self._chroma, both, strict=True):
                _put_values(plane, self._half.rows, values, there)


def _pack_luts(luts: list[NDArray[np.uint8]]) -> NDArray[np.uint32]:
    """Pack both chroma values into one number, sixteen bits apart: one gather serves both."""
    if not luts:
        return np.zeros(0, dtype=np.uint32)
    first, second = (lut.astype(np.uint32) for lut in luts)
    return np.asarray(first | (second << 16), dtype=np.uint32)


def _put_values(plane: Plane, rows: "_Rows", values: Pixels, covered: Pixels | None) -> None:
    if covered is None:
        plane.pixels[...] = rows.spread(values)
        return
    where = (covered > 127)[rows.number]
    where = where if values.ndim == 2 else where[..., None]
    np.copyto(plane.pixels, rows.spread(values), where=where)


class _Rows:
    """Rows of pixels, of which neighbours are often equal: each is worked out once."""

    def __init__(self, rows: NDArray[np.intp]) -> None:
        changes = (rows[1:] != rows[:-1]).any(axis=tuple(range(1, rows.ndim)))
        self.is_first = np.append(True, changes)
        self.number = np.append(0, np.cumsum(changes))
        self._whole: Pixels = np.empty(0, dtype=np.uint8)

    def spread(self, values: Pixels) -> Pixels:
        """Repeat what was worked out of the distinct rows; the next call writes over it."""
        if len(values) == len(self.number):
            return values
        shape = (len(self.number), *values.shape[1:])
        if self._whole.shape != shape:
            self._whole = np.empty(shape, dtype=np.uint8)
        np.take(values, self.number, axis=0, out=self._whole, mode="clip")
        return self._whole


class _Gather:
    """Values of bins at every pixel of the distinct rows."""

    def __init__(self, index: NDArray[np.intp]) -> None:
        self.rows = _Rows(index)
        self._distinct = index[self.rows.is_first]

    def gather(self, bin_values: Pixels) -> Pixels:
        return np.asarray(np.take(bin_values, self._distinct, axis=0))


class _HalfGather:
    """Values of bins averaged over blocks of 2 by 2 pixels, of the distinct rows of blocks."""

    def __init__(self, index: NDArray[np.intp]) -> None:
        height, width = index.shape
        pairs = index.reshape(height // 2, 2, width)
        self.rows = _Rows(pairs)
        blocks = pairs[self.rows.is_first].reshape(-1, 2, width // 2, 2).swapaxes(1, 2)
        distinct = blocks.reshape(-1, width // 2, 4)
        self._one = np.ascontiguousarray(distinct[..., 0])
        self._mixed = np.flatnonzero((distinct != distinct[..., :1]).any(axis=2))
        self._four = np.ascontiguousarray(distinct.reshape(-1, 4)[self._mixed].T)

    def gather(self, bin_values: NDArray[np.uint32]) -> tuple[Pixels, Pixels]:
        """Average the low and the high sixteen bits."""
        rows = np.take(bin_values, self._one)
        four = np.take(bin_values, self._four).sum(axis=0, dtype=np.uint32)
        rows.ravel()[self._mixed] = (four + 0x00020002) >> 2
        octets = rows.view(np.uint8).reshape(*rows.shape, 4)
        low, high = (np.ascontiguousarray(octets[..., at]) for at in _OCTETS)
        return low, high
