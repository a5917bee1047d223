"""Fields over time: written without being held, read where they are shown."""

import pickle
import tracemalloc
from pathlib import Path

import h5py
import numpy as np
import pytest
from pynwb import NWBHDF5IO

from neurospatial import animate_fields
from neurospatial.nwb import edit_nwb, extend_fields, read_fields, write_fields
from neurospatial.scene import Source
from tests.nwb.nwb_files import (
    QUIET,
    SPACES,
    iter_blocks,
    list_criticism,
    make_environment,
    make_posterior,
    make_session,
    save_nwb,
)


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with fields on an environment of every kind, at 50 Hz from 7 s on."""
    nwbfile = make_session()
    for name in SPACES:
        env = make_environment(name)
        times = 7 + np.arange(130) / 50
        write_fields(
            nwbfile, env, make_posterior(130, env.n_bins), times, name=f"{name} posterior", **QUIET
        )
    return save_nwb(nwbfile, tmp_path_factory.mktemp("nwb") / "a.nwb")


@pytest.mark.parametrize("name", SPACES)
def test_fields_and_environment_come_back(everywhere: Path, name: str) -> None:
    held, env = read_fields(everywhere, f"{name} posterior"), make_environment(name)
    assert held.env == env
    assert held.unit == "probability"
    assert held.values.dtype == np.float32
    np.testing.assert_array_equal(held.values.read(0, 130), make_posterior(130, env.n_bins))
    np.testing.assert_array_equal(held.times, 7 + np.arange(130) / 50)


def test_nobody_criticises_it(everywhere: Path) -> None:
    # Time is the longer axis of each: nwbinspector suspects the others of being turned.
    assert all(make_environment(name).n_bins < 130 for name in SPACES)
    assert list_criticism(everywhere) == []


def test_anyone_can_use_them(everywhere: Path) -> None:
    with NWBHDF5IO(everywhere, "r") as io:
        behavior = io.read().processing["behavior"]
        series = behavior["masked posterior"]
        assert type(series).__name__ == "TimeSeries"
        assert (series.rate, series.starting_time) == (50.0, 7.0)
        assert "Environment 'masked' (object_id" in series.comments
        assert behavior["masked"].object_id in series.comments
        assert series.data.compression == "gzip"
        assert series.data.shape[1] == len(behavior["masked"])


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8", "u1", "i8", "?"])
def test_values_keep_their_type(tmp_path: Path, dtype: str) -> None:
    env, nwbfile = make_environment("masked"), make_session()
    fields = make_posterior(40, env.n_bins, dtype)
    if fields.dtype.kind == "f":
        fields[3] = np.nan
    write_fields(nwbfile, env, fields, np.cumsum(np.arange(40) + 0.5), **QUIET)
    held = read_fields(save_nwb(nwbfile, tmp_path / "a.nwb"))
    assert held.values.dtype == np.dtype(dtype)
    np.testing.assert_array_equal(held.values.read(0, 40), fields)
    np.testing.assert_array_equal(held.times, np.cumsum(np.arange(40) + 0.5))


def test_in_memory_they_are_what_was_given() -> None:
    env, nwbfile = make_environment("track"), make_session()
    fields = make_posterior(20, env.n_bins)
    write_fields(nwbfile, env, list(fields), np.arange(20.0) ** 2, **QUIET)
    held = read_fields(nwbfile)
    assert held.env == env
    np.testing.assert_array_equal(held.values.read(3, 5), fields[3:5])
    np.testing.assert_array_equal(held.times, np.arange(20.0) ** 2)


def test_pieces_are_used_as_they_come(tmp_path: Path) -> None:
    env, nwbfile = make_environment("masked"), make_session()
    fields = make_posterior(101, env.n_bins)
    write_fields(nwbfile, env, iter_blocks(fields, 17), np.arange(101.0), **QUIET)
    with pytest.raises(TypeError, match="not in the file yet"):
        read_fields(nwbfile)
    held = read_fields(save_nwb(nwbfile, tmp_path / "a.nwb"))
    np.testing.assert_array_equal(held.values.read(0, 101), fields)


def test_frames_are_added_later(tmp_path: Path) -> None:
    env, nwbfile = make_environment("masked"), make_session()
    fields, uneven = make_posterior(90, env.n_bins), np.cumsum(np.linspace(0.1, 0.2, 90))
    write_fields(nwbfile, env, fields[:60], np.arange(60) / 30, name="even", **QUIET)
    write_fields(nwbfile, env, fields[:60], uneven[:60], name="uneven", **QUIET)
    path = save_nwb(nwbfile, tmp_path / "a.nwb")
    for start, stop in ((60, 75), (75, 90)):
        with edit_nwb(path, progress=False) as nwbfile:
            more = fields[start:stop]
            extend_fields(nwbfile, more, np.arange(start, stop) / 30, name="even", progress=False)
            extend_fields(nwbfile, more, uneven[start:stop], name="uneven", progress=False)
    for name, times in (("even", np.arange(90) / 30), ("uneven", uneven)):
        held = read_fields(path, name)
        np.testing.assert_array_equal(held.values.read(0, 90), fields)
        np.testing.assert_allclose(held.times, times, rtol=0, atol=1e-12)
    assert list_criticism(path) == []


def test_an_extension_that_fails_leaves_the_fields_as_they_were(tmp_path: Path) -> None:
    env, nwbfile = make_environment("masked"), make_session()
    write_fields(nwbfile, env, make_posterior(60, env.n_bins), np.arange(60.0) ** 2, **QUIET)
    path = save_nwb(nwbfile, tmp_path / "a.nwb")

    def cancel(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with NWBHDF5IO(path, "r+") as io:
        more = make_posterior(10, env.n_bins)
        with pytest.raises(KeyboardInterrupt):
            extend_fields(io.read(), more, 1e6 + np.arange(10.0), progress=cancel)
    held = read_fields(path)
    assert held.values.shape == (60, env.n_bins)
    assert len(held.times) == 60


def test_a_frame_costs_a_frame(tmp_path: Path) -> None:
    """Chunks are whole frames, a quarter of a megabyte of them."""
    env, nwbfile = make_environment("regular"), make_session()
    fields = make_posterior(5000, env.n_bins)
    write_fields(nwbfile, env, fields, np.arange(5000) / 500, **QUIET)
    path = save_nwb(nwbfile, tmp_path / "a.nwb")
    with h5py.File(path) as file:
        data = file["processing/behavior/fields/data"]
        assert data.chunks == (256 * 1024 // (80 * 4), 80)
        assert data.maxshape == (None, 80)
    held = read_fields(path)
    assert isinstance(held.values, Source)
    np.testing.assert_array_equal(held.values.read(4321, 4322)[0], fields[4321])


def test_a_memmap_is_written_without_being_held(tmp_path: Path) -> None:
    env = make_environment("regular")
    fields = np.memmap(tmp_path / "a.f4", np.float32, "w+", shape=(200_000, env.n_bins))
    fields[-1] = 3
    assert fields.nbytes > 60e6
    calls: list[int] = []
    nwbfile = make_session()
    write_fields(
        nwbfile,
        env,
        fields,
        np.arange(200_000) / 500,
        unit="1",
        progress=lambda done, total: calls.append(done),
    )
    tracemalloc.start()
    path = save_nwb(nwbfile, tmp_path / "a.nwb")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 25e6
    assert len(calls) > 5
    assert calls[-1] == 200_000
    assert path.stat().st_size < 5e6
    np.testing.assert_array_equal(read_fields(path).values.read(199_999, 200_000), [[3] * 80])


def test_a_source_is_pickled_as_the_name_of_its_file(everywhere: Path) -> None:
    frames = read_fields(everywhere, "part posterior").values
    stored = pickle.dumps(frames)
    assert len(stored) < 500
    np.testing.assert_array_equal(pickle.loads(stored).read(5, 7), frames.read(5, 7))
    with NWBHDF5IO(everywhere, "r") as io:
        opened = read_fields(io.read(), "part posterior").values
        np.testing.assert_array_equal(opened.read(5, 7), frames.read(5, 7))
        np.testing.assert_array_equal(
            pickle.loads(pickle.dumps(opened)).read(5, 7), frames.read(5, 7)
        )


@pytest.mark.parametrize("name", ["triangles", "line"])
def test_straight_into_an_animation(everywhere: Path, tmp_path: Path, name: str) -> None:
    held = read_fields(everywhere, f"{name} posterior")
    page = animate_fields(
        held.env,
        held.values,
        frame_times=held.times,
        save_path=tmp_path / "a.html",
        progress=False,
    )
    assert page is not None
    assert (tmp_path / "a.html").stat().st_size > 10_000


def test_from_a_file_like(everywhere: Path) -> None:
    with everywhere.open("rb") as file:
        held = read_fields(file, "masked posterior")
        np.testing.assert_array_equal(held.values.read(0, 2), make_posterior(130, 69)[:2])
