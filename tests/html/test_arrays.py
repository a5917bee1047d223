"""Chunks: what goes in comes out, in the smallest of the ways."""

import zlib
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from neurospatial.html.arrays import (
    CHUNK_BYTES,
    DIFFERENCE,
    LEVEL,
    PLANES,
    RAW,
    ChunkedArray,
    decode,
    encode,
)
from neurospatial.html.texts import ChunkedTexts, decode_texts

KINDS = st.sampled_from(["uint8", "int32", "float32", "float64"])
SHAPES = array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=9)


@given(st.data(), KINDS, SHAPES)
def test_rows_come_back_bit_for_bit(
    data: st.DataObject, kind: str, shape: tuple[int, ...]
) -> None:
    rows = data.draw(arrays(kind, shape))
    back = decode(encode(rows), kind, shape)
    assert back.dtype == rows.dtype
    assert back.shape == shape
    assert back.tobytes() == rows.tobytes()


def drifting() -> np.ndarray:
    """Unlike from bin to bin, and nearly alike from frame to frame."""
    still = np.random.default_rng(0).integers(0, 256, 300)
    return (still + np.arange(150)[:, None] // 10).astype(np.uint8)


def as_another_would(chunk: bytes, kind: str, shape: tuple[int, ...]) -> np.ndarray:
    """Read a chunk one number after another, from the format's description alone."""
    data = zlib.decompress(chunk[1:])
    dtype = np.dtype(kind).newbyteorder("<")
    n = int(np.prod(shape))
    if chunk[0] == DIFFERENCE:
        out = np.zeros(shape, dtype=np.uint8)
        for column in range(shape[1]):
            code = 0
            for row in range(shape[0]):
                code = (code + data[column * shape[0] + row]) % 256
                out[row, column] = code
        return out
    if chunk[0] == PLANES:
        data = bytes(data[plane * n + i] for i in range(n) for plane in range(dtype.itemsize))
    return np.frombuffer(data, dtype=dtype).reshape(shape)


def test_each_way_is_as_described_and_chosen_where_it_is_smallest() -> None:
    rng = np.random.default_rng(1)
    for rows, way in (
        (drifting(), DIFFERENCE),
        (drifting()[:1], RAW),
        (rng.permuted(np.tile(np.uint8([0, 255]), (40, 90)), axis=1)[:, :90], RAW),
        (np.cumsum(rng.normal(0, 0.01, (500, 2)), axis=0).astype(np.float32), PLANES),
        (np.tile(rng.normal(size=9), 60)[:, None], RAW),
        (np.arange(50, dtype=np.int32), RAW),
    ):
        chunk = encode(rows)
        assert chunk[0] == way
        assert np.array_equal(as_another_would(chunk, rows.dtype.name, rows.shape), rows)
        assert len(chunk) <= 1 + len(zlib.compress(rows.tobytes(), LEVEL[rows.dtype.name]))


def test_big_endian_and_strided_arrays_are_stored_alike() -> None:
    rows = np.arange(24, dtype=np.float64).reshape(4, 6)
    assert encode(rows.astype(">f8")) == encode(rows)
    assert encode(np.asfortranarray(rows)) == encode(rows)


@given(st.integers(1, 3000), st.integers(1, 700))
def test_an_array_is_cut_without_gap_or_overlap(n_rows: int, width: int) -> None:
    read: list[tuple[int, int]] = []

    def rows(start: int, stop: int) -> np.ndarray:
        read.append((start, stop))
        return np.zeros((stop - start, width), dtype=np.uint8)

    array = ChunkedArray("a0", "uint8", (n_rows, width), rows, range(n_rows))
    for number in range(array.n_chunks):
        array.make_chunk(number)
        assert array.find_first_frame(number) == read[-1][0]
    assert [start for start, _ in read] == [0, *(stop for _, stop in read[:-1])]
    assert read[-1][1] == n_rows
    assert max(stop - start for start, stop in read) * width <= CHUNK_BYTES


def test_a_row_larger_than_a_chunk_is_a_chunk() -> None:
    def read(start: int, stop: int) -> np.ndarray:
        return np.ones((stop - start, 10**6))

    array = ChunkedArray("a0", "uint8", (3, 10**6), read, range(3))
    assert (array.rows, array.n_chunks) == (1, 3)
    assert decode(array.make_chunk(2), "uint8", (1, 10**6)).all()


def test_what_all_frames_need_is_cut_into_few_chunks() -> None:
    """A map of bins that is as fine as a browser takes is asked for eight times, not 132."""
    shape = 2896, 2896
    whole = ChunkedArray("a0", "int32", shape, lambda a, b: np.zeros((b - a, shape[1])))
    assert whole.n_chunks == 8
    assert replace(whole, first_frames=range(shape[0])).n_chunks == 132


def test_nothing_is_no_chunk() -> None:
    assert ChunkedArray("a0", "float32", (0,), lambda a, b: np.zeros(0)).n_chunks == 0
    empty = ChunkedArray("a0", "float32", (9, 0, 2), lambda a, b: np.zeros((b - a, 0, 2)))
    assert decode(empty.make_chunk(0), "float32", (9, 0, 2)).shape == (9, 0, 2)


def test_what_float32_cannot_hold_is_infinite() -> None:
    array = ChunkedArray("a0", "float32", (2,), lambda a, b: np.array([1e300, -1e300])[a:b])
    assert decode(array.make_chunk(0), "float32", (2,)).tolist() == [np.inf, -np.inf]


@pytest.mark.parametrize(
    ("chunk", "match"),
    [
        (b"", "A chunk of 0 bytes is empty"),
        (b"\x07abc", "A chunk of 4 bytes starts with 7"),
        (encode(drifting())[:-40], "is damaged"),
        (encode(drifting()[:-1]), "holds 44700 bytes, and 45000 are wanted"),
    ],
)
def test_damage_is_told_with_numbers(chunk: bytes, match: str) -> None:
    with pytest.raises(ValueError, match=match) as caught:
        decode(chunk, "uint8", (150, 300))
    assert "HOW: " in str(caught.value)


@given(st.lists(st.text(), min_size=1, max_size=20))
def test_strings_come_back(strings: list[str]) -> None:
    texts = ChunkedTexts("t0", len(strings), strings.__getitem__)
    assert decode_texts(texts.make_chunk(0)) == strings


def test_strings_that_utf8_cannot_hold_come_back() -> None:
    strings = ["\ud83d", "🐀", "a\nb", "\x00", "\u2028", '"</script>']
    texts = ChunkedTexts("t0", len(strings), strings.__getitem__)
    assert decode_texts(texts.make_chunk(0)) == strings


def test_many_strings_are_made_in_pieces() -> None:
    asked: list[int] = []
    texts = ChunkedTexts("t0", 10_000, lambda i: str(asked.append(i)))
    assert texts.n_chunks == 3
    assert len(decode_texts(texts.make_chunk(2))) == 10_000 - 2 * 4096
    assert asked == list(range(8192, 10_000))
