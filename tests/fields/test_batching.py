"""Maps made by several threads, and written where they are wanted."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurospatial import Environment, compute_place_fields
from neurospatial.fields import place, sliding_windows
from neurospatial.fields.batching import Block, resolve_n_jobs, run_blocks, split_into_blocks
from neurospatial.samples import open_field


@given(
    st.integers(0, 40),
    st.integers(1, 40),
    st.integers(1, 50),
    st.integers(1, 8),
    st.integers(1, 9000),
)
def test_blocks_hold_every_map_once_and_are_small(
    n_units: int, n_windows: int, n_bins: int, workers: int, at_once: int
) -> None:
    times_made = np.zeros((n_units, n_windows), int)
    todo = split_into_blocks((n_units, n_windows, n_bins), workers, at_once)
    for block in todo:
        times_made[block.units, block.windows] += 1
        size = (block.units.stop - block.units.start + 1) * (
            block.windows.stop - block.windows.start
        )
        assert size * n_bins <= max(at_once / workers, 2 * n_bins)
    assert (times_made == 1).all()
    if n_units and at_once >= 100 * n_bins * workers:
        assert len(todo) >= min(workers, n_units * n_windows) / 2


@pytest.fixture(scope="module")
def session() -> dict[str, object]:
    times, positions = open_field()
    rng = np.random.default_rng(0)
    return {
        "env": Environment.from_samples(positions, 5.0),
        "spike_times": [rng.uniform(0, 600, n) for n in (50, 400, 10, 0, 90)],
        "times": times,
        "positions": positions,
        "windows": sliding_windows(0, 600, 120, 60),
    }


@contextmanager
def small_blocks() -> Iterator[None]:
    """Of a few maps each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(place, "_VALUES_AT_ONCE", 1200)
        yield


@pytest.mark.parametrize("n_jobs", [2, 3, 16, -1])
@pytest.mark.parametrize("method", ["diffusion_kde", "gaussian_kde", "binned"])
def test_threads_make_the_same_maps(session: dict[str, object], n_jobs: int, method: str) -> None:
    alone = compute_place_fields(**session, method=method)
    found = compute_place_fields(**session, method=method, n_jobs=n_jobs)
    np.testing.assert_allclose(found, alone, rtol=1e-10, atol=1e-12)


def test_a_memory_map_is_filled_block_by_block(
    session: dict[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = compute_place_fields(**session, dtype=np.float32)
    path = tmp_path / "fields.npy"
    out = np.lib.format.open_memmap(path, "w+", np.float32, expected.shape)
    monkeypatch.setattr(place, "_VALUES_AT_ONCE", 3 * expected.shape[2])
    sizes = []

    def counted(fill: object, todo: object, *others: object) -> None:
        sizes.extend((b.units, b.windows) for b in todo)
        run_blocks(fill, todo, *others)

    monkeypatch.setattr(place, "run_blocks", counted)
    assert compute_place_fields(**session, out=out).values is out
    assert len(sizes) > 20
    np.testing.assert_allclose(np.load(path), expected, rtol=1e-5, atol=1e-6)


def test_parts_of_an_array_are_written_to(session: dict[str, object]) -> None:
    expected = compute_place_fields(**session)
    large = np.full((5, 20, expected.shape[2]), -1.0)
    part = large[:, 3 : 3 + expected.shape[1]]
    compute_place_fields(**session, out=part, n_jobs=2)
    np.testing.assert_allclose(part, expected, rtol=1e-10, atol=1e-12)
    assert (large[:, :3] == -1).all()
    assert (large[:, 3 + expected.shape[1] :] == -1).all()


def test_the_first_error_of_a_thread_is_raised() -> None:
    done = []

    def fill(block: object) -> None:
        done.append(block)
        raise ZeroDivisionError("in a thread")

    with pytest.raises(ZeroDivisionError, match="in a thread"):
        run_blocks(fill, [Block(slice(0, 1), slice(n, n + 1)) for n in range(2000)], 2)
    assert done


@pytest.mark.parametrize("n_jobs", [1, 3])
def test_progress_counts_the_maps(session: dict[str, object], n_jobs: int) -> None:
    told: list[tuple[int, int]] = []
    with small_blocks():
        compute_place_fields(**session, n_jobs=n_jobs, progress=lambda *two: told.append(two))
    n_maps = 5 * len(session["windows"])
    done = [one for one, _ in told]
    assert len(told) > 5
    assert done == sorted(set(done))
    assert done[0] > 0
    assert told[-1] == (n_maps, n_maps)
    assert {total for _, total in told} == {n_maps}


def test_long_work_shows_a_bar_and_short_work_none(
    session: dict[str, object], capfd: pytest.CaptureFixture[str]
) -> None:
    compute_place_fields(**session)
    with small_blocks():
        compute_place_fields(**session, progress=False)
    assert capfd.readouterr() == ("", "")
    with small_blocks():
        compute_place_fields(**session)
    out, err = capfd.readouterr()
    assert out == ""
    assert re.search(r"Computing fields: 100%.* 45/45 .*map", err)


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_cancelled_work_leaves_whole_maps_and_what_was_there(
    session: dict[str, object], tmp_path: Path, n_jobs: int
) -> None:
    expected = compute_place_fields(**session, dtype=np.float32)
    path = tmp_path / "fields.npy"
    out = np.lib.format.open_memmap(path, "w+", np.float32, expected.shape)
    out[:] = -1

    def enough(done: int, total: int) -> None:
        if done > total / 3:
            raise InterruptedError(f"{done} of {total}")

    with small_blocks(), pytest.raises(InterruptedError, match="of 45"):
        compute_place_fields(**session, out=out, n_jobs=n_jobs, progress=enough)
    made = ~(out == -1).all(axis=2)
    # Other threads may be further than what was counted.
    assert 45 / 3 < made.sum() <= 45 - (n_jobs == 1)
    np.testing.assert_allclose(out[made], expected[made], rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(
    ("options", "error", "found"),
    [
        ({"n_jobs": 0}, ValueError, "n_jobs is 0"),
        ({"n_jobs": -2}, ValueError, "n_jobs is -2"),
        ({"n_jobs": 1.5}, ValueError, "n_jobs is 1.5"),
        ({"out": np.empty((1, 1, 3))}, ValueError, r"out has shape \(1, 1, 3\), the fields \(1"),
        ({"out": np.empty((1, 1, 2), int)}, TypeError, "out is of int64"),
        ({"out": [[[0.0, 0.0]]]}, TypeError, "out is of list"),
        ({"out": np.empty((1, 1, 2)), "dtype": np.float32}, TypeError, "Both dtype and out"),
        ({"out": np.broadcast_to(0.0, (1, 1, 2))}, ValueError, "out is read-only"),
        ({"dtype": np.int32}, TypeError, "dtype is int32"),
    ],
)
def test_bad_outputs(options: dict[str, object], error: type, found: str) -> None:
    env = Environment.from_mask([True, True], [[0, 1, 2]])
    with pytest.raises(error, match=found):
        compute_place_fields(env, [[0.1]], [0.0, 0.2], [0.5, 0.5], **options)


def test_every_processor() -> None:
    assert resolve_n_jobs(-1) >= 1
