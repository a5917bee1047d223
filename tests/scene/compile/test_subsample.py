import h5py
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurospatial.scene import subsample_frames


def test_250_to_30_keeps_every_8th():
    frames = np.arange(1000.0)[:, None]
    kept = subsample_frames(frames, source_fps=250, target_fps=30)
    assert np.array_equal(kept[:, 0], np.arange(0, 1000, 8))


def test_list_stays_a_list():
    frames = [np.full(3, i) for i in range(20)]
    kept = subsample_frames(frames, 10, 3)
    assert isinstance(kept, list)
    assert all(a is b for a, b in zip(kept, frames[::3], strict=True))


@pytest.mark.parametrize("method", ["stride", "nearest"])
@pytest.mark.parametrize("kind", [list, tuple])
def test_sequences_keep_their_type(kind, method):
    kept = subsample_frames(kind(range(100)), 100, 25, method=method)
    assert type(kept) is kind
    assert list(kept) == list(range(0, 100, 4))


def test_array_is_a_view():
    frames = np.zeros((100, 4))
    kept = subsample_frames(frames, 100, 10)
    assert np.shares_memory(kept, frames)
    assert kept.shape == (10, 4)


def test_memmap_is_not_read(tmp_path):
    # A sparse file of 40 GB: whatever read it would not come back.
    frames = np.memmap(tmp_path / "f", np.float32, "w+", shape=(10_000_000, 1000))
    kept = subsample_frames(frames, 250, 30)
    assert isinstance(kept, np.memmap)
    assert kept.shape == (1_250_000, 1000)
    assert kept.strides[0] == 8 * frames.strides[0]


def test_stored_arrays_can_be_thinned(tmp_path):
    with h5py.File(tmp_path / "f.h5", "w") as file:
        stored = file.create_dataset("fields", data=np.arange(50.0)[:, None])
        assert np.array_equal(subsample_frames(stored, 50, 10)[:, 0], np.arange(0, 50, 5))
        kept = subsample_frames(stored, 50, 20, method="nearest")
        assert len(kept) == 20


@given(st.floats(1, 1000), st.floats(0.5, 1000), st.integers(1, 3000))
def test_nearest_is_nearest(source_fps, target_fps, n_frames):
    target_fps = min(source_fps, target_fps)
    index = subsample_frames(np.arange(n_frames), source_fps, target_fps, method="nearest")
    ticks = np.minimum(np.arange(len(index)) / target_fps, (n_frames - 1) / source_fps)
    off = np.abs(index / source_fps - ticks)
    assert (off <= 0.5 / source_fps * (1 + 1e-6) + 1e-9).all()
    assert (np.diff(index) > 0).all()
    assert abs(len(index) - n_frames * target_fps / source_fps) <= 1


def test_nearest_keeps_the_rate():
    assert len(subsample_frames(np.zeros(250 * 60), 250, 30, method="nearest")) == 30 * 60


@given(st.integers(1, 500), st.floats(0.1, 1000))
def test_same_rate_keeps_all(n_frames, fps):
    for method in ("stride", "nearest"):
        assert len(subsample_frames(np.zeros(n_frames), fps, fps, method=method)) == n_frames


@pytest.mark.parametrize(
    ("source", "target"), [(30, 60), (0, 0), (30, 0), (30, -1), (np.inf, 30), (np.nan, 30)]
)
def test_impossible_rates_are_refused(source, target):
    with pytest.raises(ValueError, match=r"(?s)source_fps is.*WHY.*HOW"):
        subsample_frames(np.zeros(10), source, target)


def test_unknown_method_is_refused():
    with pytest.raises(ValueError, match=r"method is 'linear'"):
        subsample_frames(np.zeros(10), 30, 10, method="linear")


def test_each_of_several_panels_is_subsampled():
    panels = {"day 1": np.arange(100), "day 2": np.arange(50)}
    found = subsample_frames(panels, 30, 10)
    assert {name: len(frames) for name, frames in found.items()} == {"day 1": 34, "day 2": 17}
