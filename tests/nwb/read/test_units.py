import numpy as np
import pynapple
import pytest
from numpy.testing import assert_array_equal
from pynwb import NWBFile
from pynwb.misc import Units

from neurospatial.nwb import read_session


def test_a_unit_that_is_not_there(session_file: NWBFile) -> None:
    with read_session(session_file) as session:
        env = session.environment(0.1)
        with pytest.raises(KeyError, match=r"There is no unit 7; the nearest is 9") as raised:
            session.place_fields(7, env)
        assert "one of the 2 ids: 4, 9" in str(raised.value)
        assert 4 in session.units
        assert 7 not in session.units


def test_a_file_without_units(nwbfile: NWBFile) -> None:
    with read_session(nwbfile) as session:
        assert dict(session.units) == {}
        with pytest.raises(KeyError, match="There are no units, and unit 0 is asked for"):
            session.spike_times(0)


def test_units_without_spike_times(session_file: NWBFile, nwbfile: NWBFile) -> None:
    table = Units(name="units2", description="d")
    table.add_column("quality", "q")
    table.add_unit(quality=1.0, id=3)
    session_file.create_processing_module("ecephys", "signals").add(table)
    with (
        read_session(session_file, spikes="units2") as session,
        pytest.raises(ValueError, match="no column spike_times"),
    ):
        session.spike_times(3)


def test_what_pynapple_holds_is_taken(session_file: NWBFile, walk_m: np.ndarray) -> None:
    times = 10 + np.arange(3000) / 30
    frame = pynapple.TsdFrame(t=times, d=walk_m * 100, columns=["x", "y"])
    spikes = {unit: session_file.units["spike_times"][row] for row, unit in enumerate((4, 9))}
    group = pynapple.TsGroup({unit: pynapple.Ts(t=train) for unit, train in spikes.items()})
    angles = pynapple.Tsd(t=times, d=np.mod(times, 2 * np.pi))
    with (
        read_session(session_file, convert_to="cm", head_direction=False) as stored,
        read_session(
            session_file, position=frame, units="cm", spikes=group, head_direction=angles
        ) as given,
    ):
        env = stored.environment(5)
        assert given.environment(5) == env
        windows = pynapple.IntervalSet(start=[20, 55], end=[50, 90])
        assert_array_equal(
            given.place_fields([4, 9], env, windows=windows),
            stored.place_fields([4, 9], env, windows=[(20, 50), (55, 90)]),
        )
        assert given.head_direction is not None
        assert_array_equal(given.head_direction.angles, angles.values)


@pytest.mark.parametrize("keyword", ["position", "head_direction", "spikes"])
def test_what_carries_no_times_is_refused(session_file: NWBFile, keyword: str) -> None:
    with (
        read_session(session_file, **{keyword: np.zeros(3)}) as session,
        pytest.raises(TypeError, match=f"{keyword} is a ndarray"),
    ):
        session.overlays(unit=4)
