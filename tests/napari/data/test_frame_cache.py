"""Frames are those of the source, whatever was read before and ahead."""

import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurospatial.napari.data.frame_cache import FrameCache
from neurospatial.napari.data.lazy_array import LazyFrames
from neurospatial.napari.data.prefetch import Prefetcher
from neurospatial.napari.options import NapariOptions
from neurospatial.scene.source import select_rows
from neurospatial.testing import CountingSource
from tests.waiting import HANGS, wait_until

VALUES = np.arange(600.0).reshape(100, 6)
LIMITS = 0.0, 600.0


def make_cache(values=VALUES, index=None, **options):
    """A source, and a cache of it that reads nothing ahead."""
    source, prefetcher = CountingSource(values), Prefetcher()
    prefetcher.close()
    return source, FrameCache(source, NapariOptions(**options), prefetcher, LIMITS, index)


@given(st.lists(st.integers(0, 99), max_size=40), st.integers(1, 30), st.integers(1, 4))
def test_every_frame_is_itself_whatever_was_read_before(frames, chunk_size, max_chunks):
    _, cache = make_cache(chunk_size=chunk_size, max_chunks=max_chunks)
    for frame in frames:
        np.testing.assert_array_equal(cache.read_frame(frame), VALUES[frame])
        cache.load(frame // chunk_size)
        assert len(cache._chunks) <= max_chunks


@given(
    st.lists(st.integers(-1, 99), min_size=1, max_size=60),
    st.lists(st.integers(0, 59), max_size=40),
    st.integers(1, 30),
)
def test_every_frame_shows_the_row_of_its_index_or_nothing(rows, frames, chunk_size):
    index = np.array(rows)
    source, cache = make_cache(index=index, chunk_size=chunk_size)
    shown = select_rows(CountingSource(VALUES), index)
    assert (cache.n_frames, cache.n_rows) == (len(rows), 100)
    for frame in (frame % len(rows) for frame in frames):
        np.testing.assert_array_equal(cache.read_frame(frame), shown.read(frame, frame + 1)[0])
    assert all(0 <= start < stop <= 100 for start, stop in source.reads)


def test_a_row_that_many_frames_show_is_read_once():
    index = np.array([-1, *[0] * 500, -1])
    source, cache = make_cache(VALUES[:1], index=index)
    for frame in (0, 1, 2, 500, 501, 3):
        cache.read_frame(frame)
    assert source.reads == [(0, 1)]
    assert np.isnan(cache.read_frame(501)).all()


def test_a_frame_of_a_piece_that_is_kept_is_not_read_again():
    source, cache = make_cache(chunk_size=10)
    cache.load(3)
    for frame in (31, 35, 39):
        cache.read_frame(frame)
    assert source.reads == [(30, 40)]


def test_a_piece_has_eight_megabytes_at_most():
    _, cache = make_cache(np.zeros((20, 1_000_000)), chunk_size=10**6)
    assert cache.chunk_length == 1
    _, cache = make_cache(np.zeros((300, 10_000)), chunk_size=10**6)
    assert cache.chunk_length == 100


def test_only_the_latest_wish_is_read_and_nothing_after_the_end():
    loaded, go = [], threading.Event()

    class Slow:
        def load(self, chunk):
            loaded.append(chunk)
            go.wait(HANGS)

    prefetcher, loader = Prefetcher(), Slow()
    prefetcher.request(loader, (1,))
    wait_until(lambda: loaded)
    for chunk in range(2, 9):
        prefetcher.request(loader, (chunk,))
    go.set()
    wait_until(lambda: len(loaded) == 2)
    prefetcher.close()
    prefetcher.request(loader, (20,))
    assert loaded == [1, 8]
    assert not [thread for thread in threading.enumerate() if "read-ahead" in thread.name]


def test_lazy_frames_slice_as_arrays_do():
    whole = np.arange(120.0).reshape(5, 4, 6)
    lazy = LazyFrames(5, lambda number: whole[number], (4, 6), float)
    assert (lazy.shape, lazy.ndim, lazy.size, len(lazy)) == ((5, 4, 6), 3, 120, 5)
    for key in (2, -1, (slice(1, 4), 2), (3, slice(None), slice(2, 5)), slice(4, 1)):
        np.testing.assert_array_equal(lazy[key], whole[key])
    with pytest.raises(IndexError, match="frame 5 of 5"):
        lazy[5]
    lazy.release()
    assert not lazy[3].any()
