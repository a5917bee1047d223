import io
from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from pynwb import NWBHDF5IO, NWBFile, TimeSeries
from pynwb.behavior import Position, SpatialSeries

from neurospatial import Environment, compute_place_field, compute_place_fields
from neurospatial.nwb import read_session
from neurospatial.nwb.file.tree import Item, walk
from neurospatial.nwb.read.position_candidates import Candidate, find_position_candidates
from neurospatial.nwb.session import contents
from neurospatial.scene import Points, compile_scene

Save = Callable[..., Path]
Series = Callable[..., SpatialSeries]


def test_what_was_written_is_read(session_file: NWBFile, saved: Save, walk_m: np.ndarray) -> None:
    with read_session(saved(session_file)) as session:
        assert_array_equal(session.positions, walk_m)
        assert_allclose(session.times, 10 + np.arange(3000) / 30)
        assert session.position_units == "m"
        assert list(session.units) == [4, 9]
        assert_array_equal(session.units[9], session_file.units["spike_times"][1])
        assert session.units.place(9) == "CA3"
        assert (session.head_direction, session.pose, session.video) == (None, None, None)
        assert (dict(session.epochs), list(session.regions)) == ({}, [])
        assert session.name == "session"


def test_an_open_file_and_a_file_like_are_read_alike(session_file: NWBFile, saved: Save) -> None:
    path = saved(session_file)
    with read_session(str(path)) as session:
        expected = session.positions
    with path.open("rb") as file, read_session(file) as session:
        assert_array_equal(session.positions, expected)
    with read_session(io.BytesIO(path.read_bytes())) as session:
        assert_array_equal(session.positions, expected)
    with NWBHDF5IO(path, "r") as source:
        nwbfile = source.read()
        with read_session(nwbfile) as session:
            assert_array_equal(session.positions, expected)
        # It is not ours to close.
        assert_array_equal(nwbfile.units["spike_times"][0], session_file.units["spike_times"][0])


def test_a_file_that_was_never_written_is_read(session_file: NWBFile, walk_m: np.ndarray) -> None:
    with read_session(session_file) as session:
        assert_array_equal(session.positions, walk_m)


def test_what_was_opened_is_closed(session_file: NWBFile, saved: Save) -> None:
    path = saved(session_file)
    with read_session(path) as session:
        session.times  # noqa: B018 - read and kept
    assert session.times.size == 3000
    with h5py.File(path, "r+"):  # HDF5 locks what is open
        pass


def test_data_are_found_by_type_wherever_they_lie(
    nwbfile: NWBFile, walk_m: np.ndarray, series: Series, saved: Save
) -> None:
    nwbfile.add_scratch(series("somewhere", walk_m))
    with read_session(saved(nwbfile)) as session:
        assert session.tracked.path == "scratch/somewhere"
        assert_array_equal(session.positions, walk_m)


def test_conversion_and_offset_are_applied(
    nwbfile: NWBFile, walk_m: np.ndarray, series: Series, saved: Save
) -> None:
    stored = series("led", walk_m * 1000 + 5, conversion=0.001, offset=-0.005)
    nwbfile.add_acquisition(Position(spatial_series=stored))
    with read_session(saved(nwbfile)) as session:
        assert_allclose(session.positions, walk_m, atol=1e-12)


def test_positions_are_converted_to_another_unit(
    session_file: NWBFile, walk_m: np.ndarray
) -> None:
    with read_session(session_file, convert_to="centimetres") as session:
        assert_allclose(session.positions, walk_m * 100)
        assert session.position_units == "cm"
        assert session.environment(5).units == "cm"
    with read_session(session_file, units="mm", convert_to="cm") as session:
        assert_allclose(session.positions, walk_m / 10)


def test_pixels_cannot_be_converted(session_file: NWBFile) -> None:
    with (
        read_session(session_file, units="pixels", convert_to="cm") as session,
        pytest.raises(ValueError, match="Positions in px cannot be converted to 'cm'"),
    ):
        session.positions  # noqa: B018


def test_fields_are_those_of_the_same_arrays(session_file: NWBFile, walk_m: np.ndarray) -> None:
    with read_session(session_file, convert_to="cm") as session:
        env = session.environment(bin_size=5)
        same = Environment.from_samples(walk_m * 100, 5, units="cm", name=session.name)
        assert env == same
        times, places = session.times, session.positions
        spikes = session_file.units["spike_times"]
        one = compute_place_field(same, spikes[0], times, places, bandwidth=10)
        assert_allclose(session.place_fields(4, env), one, rtol=1e-6)
        windows = [(20, 50), (50, 80)]
        several = compute_place_fields(
            same, list(spikes), times, places, windows=windows, bandwidth=7, progress=False
        )
        ours = session.place_fields([4, 9], env, windows=windows, bandwidth=7)
        assert_allclose(ours, several, rtol=1e-6)


def test_an_epoch_keeps_only_what_happened_in_it(
    session_file: NWBFile, walk_m: np.ndarray
) -> None:
    session_file.add_epoch(20.0, 40.0, ["rest"])
    session_file.add_epoch(50.0, 90.0, ["run"])
    with read_session(session_file) as session:
        env = session.environment(0.1)
        times, positions = session.times, session.positions
        inside = (times >= 50) & (times <= 90)
        alone = compute_place_field(
            env, session.units[4], times[inside], positions[inside], bandwidth=0.2
        )
        assert_allclose(session.place_fields(4, env, epoch="run"), alone, rtol=1e-6)
        when, where = session.samples("epochs")
        rested = (when >= 20) & (when <= 40)
        ran = (when >= 50) & (when <= 90)
        assert np.isnan(where[~(rested | ran)]).all()
        assert np.isfinite(where[rested | ran]).all()


def test_an_epoch_without_tracking_says_both_times(session_file: NWBFile) -> None:
    session_file.add_epoch(200.0, 300.0, ["later"])
    with (
        read_session(session_file) as session,
        pytest.raises(ValueError, match=r"from 200 s to 300 s, and positions from 10 s to 109.9"),
    ):
        session.samples("later")


def test_nothing_is_read_but_what_is_asked_for(
    session_file: NWBFile, saved: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    session_file.add_acquisition(
        TimeSeries(name="raw", data=np.zeros((20_000, 64)), unit="volts", rate=20_000.0)
    )
    path = saved(session_file)
    read: list[str] = []
    take = h5py.Dataset.__getitem__

    def counted(dataset: h5py.Dataset, *args: object, **kwargs: object) -> object:
        read.append(dataset.name)
        return take(dataset, *args, **kwargs)

    monkeypatch.setattr(h5py.Dataset, "__getitem__", counted)
    with read_session(path) as session:
        large = ("led/data", "raw/data", "units/spike_times")
        assert not [name for name in read if name.endswith(large)]
        session.positions  # noqa: B018
        assert [name for name in read if name.endswith(large)] == [
            "/processing/behavior/Position/led/data"
        ]
        read.clear()
        assert len(session.units[9]) == 300
        assert [name for name in read if name.endswith(large)] == ["/units/spike_times"]
        assert not [name for name in read if name.endswith("raw/data")]


@pytest.mark.parametrize("wanted", [None, "led"])
def test_positions_are_looked_for_once(
    session_file: NWBFile, monkeypatch: pytest.MonkeyPatch, wanted: str | None
) -> None:
    calls = []

    def find(items: list[Item]) -> list[Candidate]:
        calls.append(items)
        return find_position_candidates(items)

    monkeypatch.setattr(contents, "find_position_candidates", find)
    with read_session(session_file, position=wanted) as session:
        session.environment(0.1)
        session.overlays(unit=4)
    assert len(calls) == 1


def test_every_object_has_its_path(session_file: NWBFile) -> None:
    paths = {item.path for item in walk(session_file)}
    assert "processing/behavior/Position/led" in paths
    assert "units" in paths


def test_what_is_no_file_is_refused() -> None:
    with pytest.raises(TypeError, match="nwb is a int"):
        read_session(3)


@pytest.mark.parametrize("trail", [0.6, 4, None])
def test_a_trail_is_in_seconds(session_file: NWBFile, trail: float | None) -> None:
    with read_session(session_file) as session:
        (position,) = session.overlays(trail=trail)
        env = session.environment(0.1)
    scene = compile_scene(
        env, np.zeros((50, env.n_bins)), overlays=position, frame_times=20 + np.arange(50) / 5
    )
    drawn = next(layer for layer in scene.panels[0].layers if isinstance(layer, Points))
    assert drawn.trail == round((trail or 0) * 5)
