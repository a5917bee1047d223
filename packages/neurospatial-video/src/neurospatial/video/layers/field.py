"""Painting a field: one gather for each row that is shown."""

import sys
from collections.abc import Iterator

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

        self._codes = BlockReader(layer.values, layer.frame_index, stop, to_codes)
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
        self._nothing = np.full(layer.geometry.n_bins + 1, NOTHING, dtype=np.uint8)
        self._kept_row: int | None = None
        self._kept: list[tuple[Plane, Pixels, NDArray[np.bool_] | None]] = []

    def paint(self, frame: int) -> None:
        """Paint the field of one frame; a row that goes on being shown is kept as pixels."""
        row = self._codes.find_row(frame)
        if row == self._kept_row:
            for plane, values, where in self._kept:
                _put_values(plane, values, where)
            return
        keep = self._codes.is_shown_on(frame)
        self._kept_row, self._kept = (row if keep else None), []
        codes = self._codes.read_frame(frame)
        if codes is None and not self._covers:
            return
        for part in self._iter_parts(self._nothing if codes is None else codes):
            _put_values(*part)
            if keep:
                plane, values, where = part
                self._kept.append((plane, values.copy(), where))

    def _iter_parts(
        self, codes: NDArray[np.uint8]
    ) -> Iterator[tuple[Plane, Pixels, NDArray[np.bool_] | None]]:
        """Yield each plane, its pixels, which the next may reuse, and where they are laid."""
        covered = None if self._covers else np.where(codes == NOTHING, 0, 255).astype(np.uint8)
        for plane, lut in self._full:
            there = None if covered is None else self._whole.gather(covered)
            where = _find_covered(there, self._whole.rows, plane)
            yield (
                plane,
                self._whole.rows.spread(self._whole.gather(np.take(lut, codes, axis=0))),
                where,
            )
        if self._chroma:
            both = self._half.gather(np.take(self._packed, codes))
            there = None if covered is None else self._half.gather(covered.astype(np.uint32))[0]
            for plane, values in zip(self._chroma, both, strict=True):
                where = _find_covered(there, self._half.rows, plane)
                yield plane, self._half.rows.spread(values), where


def _pack_luts(luts: list[NDArray[np.uint8]]) -> NDArray[np.uint32]:
    """Pack both chroma values into one number, sixteen bits apart: one gather serves both."""
    if not luts:
        return np.zeros(0, dtype=np.uint32)
    first, second = (lut.astype(np.uint32) for lut in luts)
    return np.asarray(first | (second << 16), dtype=np.uint32)


def _put_values(plane: Plane, values: Pixels, where: NDArray[np.bool_] | None) -> None:
    if where is None:
        plane.pixels[...] = values
    else:
        np.copyto(plane.pixels, values, where=where)


def _find_covered(covered: Pixels | None, rows: "_Rows", plane: Plane) -> NDArray[np.bool_] | None:
    """Find which pixels are covered, from how much of each of the distinct rows is."""
    if covered is None:
        return None
    where: NDArray[np.bool_] = (covered > 127)[rows.number]
    return where if plane.pixels.ndim == 2 else where[..., None]


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
