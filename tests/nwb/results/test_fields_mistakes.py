"""Fields that do not fit, and work that is given up."""

from pathlib import Path

import h5py
import numpy as np
import pytest
from pynwb import NWBHDF5IO

from neurospatial.nwb import edit_nwb, extend_fields, read_fields, write_fields
from tests.nwb.nwb_files import (
    QUIET,
    iter_blocks,
    make_environment,
    make_posterior,
    make_session,
    save_nwb,
)


@pytest.mark.parametrize(
    ("shape", "n_times", "found"),
    [
        ((20, 68), 20, r"\(20, 68\), expected \(20, 69\)"),
        ((20, 69), 19, r"\(20, 69\), expected \(19, 69\)[\s\S]*There are 19 times"),
        ((69,), 1, r"\(69,\), expected \(1, 69\)"),
        ((20, 10, 8), 20, r"\(20, 10, 8\)"),
    ],
)
def test_another_shape(shape: tuple[int, ...], n_times: int, found: str) -> None:
    nwbfile = make_session()
    with pytest.raises(ValueError, match=found):
        write_fields(
            nwbfile, make_environment("masked"), np.ones(shape), np.arange(n_times), **QUIET
        )
    assert not nwbfile.processing


def test_times_that_do_not_increase() -> None:
    env, nwbfile = make_environment("masked"), make_session()
    fields = make_posterior(4, env.n_bins)
    with pytest.raises(
        ValueError, match=r"(?s)times are not monotonic.*times\[1\] = 2 >= times\[2\] = 1"
    ):
        write_fields(nwbfile, env, fields, [0, 2, 1, 3], **QUIET)
    with pytest.raises(ValueError, match="found 1 NaN/Inf values at"):
        write_fields(nwbfile, env, fields, [0, 1, np.nan, 3], **QUIET)


def test_values_that_are_no_numbers() -> None:
    env, nwbfile = make_environment("masked"), make_session()
    for dtype in ("complex64", "U3", "datetime64[s]"):
        with pytest.raises(TypeError, match="Fields are real numbers"):
            write_fields(nwbfile, env, np.zeros((2, env.n_bins)).astype(dtype), [0, 1], **QUIET)


def test_a_name_that_is_taken() -> None:
    env, nwbfile = make_environment("masked"), make_session()
    write_fields(nwbfile, env, make_posterior(2, env.n_bins), [0, 1], **QUIET)
    with pytest.raises(ValueError, match="There is a TimeSeries 'fields'"):
        write_fields(nwbfile, env, make_posterior(2, env.n_bins), [0, 1], **QUIET)


@pytest.mark.parametrize(
    ("n_times", "found"),
    [(30, "The pieces end after 25 frames, and there are 30"), (20, "at least 21 frames")],
)
def test_pieces_that_do_not_add_up_leave_the_file_as_it_was(
    tmp_path: Path, n_times: int, found: str
) -> None:
    path = save_nwb(make_session(), tmp_path / "a.nwb")
    before = path.read_bytes()
    env = make_environment("masked")
    with (
        pytest.raises(ValueError, match=found),
        edit_nwb(path, progress=False) as nwbfile,
    ):
        write_fields(
            nwbfile,
            env,
            iter_blocks(make_posterior(25, env.n_bins), 7),
            np.arange(n_times),
            **QUIET,
        )
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_piece_of_another_environment(tmp_path: Path) -> None:
    env, nwbfile = make_environment("masked"), make_session()
    made = iter([make_posterior(5, env.n_bins), make_posterior(5, 70)])
    write_fields(nwbfile, env, made, np.arange(10), **QUIET)
    with pytest.raises(ValueError, match=r"from frame 5, has shape \(5, 70\)[\s\S]*69 bins"):
        save_nwb(nwbfile, tmp_path / "a.nwb")
    with pytest.raises(ValueError, match="There is no piece"):
        write_fields(make_session(), env, iter([]), np.arange(10), **QUIET)


def test_cancelled_while_it_is_written(tmp_path: Path) -> None:
    path = save_nwb(make_session(), tmp_path / "a.nwb")
    before, calls = path.read_bytes(), []
    env = make_environment("masked")

    def stop(done: int, total: int) -> None:
        calls.append((done, total))
        if done > 10:
            raise KeyboardInterrupt

    made = iter_blocks(make_posterior(40, env.n_bins), 6)
    with pytest.raises(KeyboardInterrupt), edit_nwb(path, progress=False) as nwbfile:
        write_fields(nwbfile, env, made, np.arange(40), unit="1", progress=stop)
    assert calls == [(6, 40), (12, 40)]
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_extensions_that_do_not_fit(tmp_path: Path) -> None:
    env, nwbfile = make_environment("masked"), make_session()
    fields = make_posterior(10, env.n_bins)
    write_fields(nwbfile, env, fields, np.arange(10) / 50, **QUIET)
    more = (fields[:2], [0.2, 0.22])
    with pytest.raises(ValueError, match="in no file yet"):
        extend_fields(nwbfile, *more)
    path = save_nwb(nwbfile, tmp_path / "a.nwb")
    with NWBHDF5IO(path, "r") as io, pytest.raises(ValueError, match="open for reading"):
        extend_fields(io.read(), *more)
    with NWBHDF5IO(path, "r+") as io:
        nwbfile = io.read()
        with pytest.raises(ValueError, match=r"\(2, 68\), and 'fields' has 69 bins"):
            extend_fields(nwbfile, fields[:2, :68], [0.2, 0.22])
        with pytest.raises(ValueError, match=r"first time is 0.1 s, and 'fields' ends at 0.18 s"):
            extend_fields(nwbfile, fields[:2], [0.1, 0.2])
        with pytest.raises(ValueError, match=r"Time 1 is 0.25 s; at the 50 Hz [\s\S]*0.22 s"):
            extend_fields(nwbfile, fields[:2], [0.2, 0.25])
        extend_fields(nwbfile, *more, progress=False)
    assert len(read_fields(path).times) == 12


def test_fields_whose_environment_is_gone(tmp_path: Path) -> None:
    env, nwbfile = make_environment("masked"), make_session()
    write_fields(nwbfile, env, make_posterior(2, env.n_bins), [0, 1], **QUIET)
    path = save_nwb(nwbfile, tmp_path / "a.nwb")
    with h5py.File(path, "r+") as file:
        del file["processing/behavior/masked"]
    with pytest.raises(ValueError, match=r"environment of the fields 'fields' is not in the file"):
        read_fields(path)
    with pytest.raises(ValueError, match="no sequence of fields"):
        read_fields(make_session())


def test_stored_fields_that_do_not_fit_their_environment(tmp_path: Path) -> None:
    env, nwbfile = make_environment("masked"), make_session()
    write_fields(nwbfile, env, make_posterior(3, env.n_bins), [0, 1, 3], **QUIET)
    path = save_nwb(nwbfile, tmp_path / "a.nwb")
    with h5py.File(path, "r+") as file:
        file["processing/behavior/fields/data"].resize((3, 60))
    with pytest.raises(ValueError, match=r"\(3, 60\), expected \(3, 69\)"):
        read_fields(path)
