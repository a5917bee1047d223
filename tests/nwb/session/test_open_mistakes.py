"""What `read_session` is handed, and what is none of it."""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_array_equal
from pynwb import NWBFile

from neurospatial.nwb import read_environment, read_session, write_environment, write_fields
from tests.nwb.nwb_files import QUIET, make_environment, make_posterior, make_session


class Masked:
    """Samples as a stranger's library carries them."""

    t = np.arange(4.0)
    values = np.ma.masked_greater([[1.0, 2.0], [3.0, 9.0], [2.0, 2.0], [9.0, 9.0]], 5)


def test_masked_samples_are_lost(nwbfile: NWBFile) -> None:
    with read_session(nwbfile, position=Masked(), units=b"cm", convert_to=b"mm") as session:
        assert_array_equal(session.positions, 10 * Masked.values.filled(np.nan))
        assert session.position_units == "mm"


def test_spikes_of_any_holder(nwbfile: NWBFile) -> None:
    spikes = {
        1: pd.Series([0.5, 1.5], index=[9, 3]),
        2: pd.array([1, 2], dtype="Int64"),
        3: np.array([500, 1500], dtype="timedelta64[ms]"),
    }
    with read_session(nwbfile, spikes=spikes) as session:
        assert [session.units[unit].tolist() for unit in spikes] == [
            [0.5, 1.5],
            [1, 2],
            [0.5, 1.5],
        ]


@pytest.mark.parametrize(
    ("chosen", "error", "problem"),
    [
        ({"lost": "zero"}, ValueError, "lost is 'zero'"),
        ({"lost": np.nan}, ValueError, "lost is nan"),
        ({"min_confidence": "high"}, ValueError, "read_session: min_confidence is 'high'"),
        ({"min_confidence": np.nan}, ValueError, "min_confidence is nan"),
        ({"calibration": "camera.json"}, TypeError, r"calibration is a str\.[\s\S]*load\('cam"),
        ({"calibration": True}, TypeError, "calibration is a bool"),
        ({"camera_times": ["a", "b"]}, TypeError, "camera_times"),
    ],
)
def test_what_is_none_of_it_is_refused_at_once(
    session_file: NWBFile, chosen: dict[str, object], error: type[Exception], problem: str
) -> None:
    with pytest.raises(error, match=problem):
        read_session(session_file, **chosen)


def test_names_in_bytes_are_texts() -> None:
    env, nwbfile = make_environment("masked"), make_session()
    write_environment(nwbfile, env, name=b"box")
    assert read_environment(nwbfile, b"box") == env
    given = (nwbfile, env, make_posterior(2, env.n_bins), [0, 1])
    assert write_fields(*given, name=b"posterior", **QUIET).name == "posterior"
    with pytest.raises(TypeError, match=r"name is a list, expected text"):
        write_fields(*given, name=["posterior"], **QUIET)
    with read_session(nwbfile, position=b"walked", units="m") as session:
        assert session.tracked.path == "acquisition/walked"
