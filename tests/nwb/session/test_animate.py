import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from numpy.testing import assert_allclose
from pynwb import NWBFile
from pynwb.behavior import CompassDirection, Position, SpatialSeries

from neurospatial import Environment
from neurospatial.environment import header as env_header
from neurospatial.html import ReadBundle
from neurospatial.nwb import read_session, write_environment, write_overlays
from neurospatial.nwb.session.report import describe
from neurospatial.overlays import BodypartOverlay
from tests.html.pages import ParsedPage, layers_of

Save = Callable[..., Path]
Series = Callable[..., SpatialSeries]


def read_bundle(page: object) -> ReadBundle:
    assert isinstance(page, Path)
    return ParsedPage(page.read_text(encoding="utf-8")).bundle


@pytest.fixture
def with_head(session_file: NWBFile, series: Series) -> NWBFile:
    head = series("head", np.mod(np.arange(3000) / 30, 6.2), unit="radians")
    session_file.add_acquisition(CompassDirection(spatial_series=head))
    return session_file


def test_position_trail_head_spikes_and_outline_are_drawn(
    with_head: NWBFile, tmp_path: Path
) -> None:
    with read_session(with_head, convert_to="cm") as session:
        made = session.animate(
            9, bin_size=5, window=20, save_path=tmp_path / "unit.html", progress=False
        )
    assert made == tmp_path / "unit.html"
    bundle = read_bundle(made)
    assert {"Arena", "Position", "Head direction", "Spikes"} <= set(layers_of(bundle))
    assert bundle.header["title"] == "id, unit 9 (CA3), 20 s windows, 5× speed"
    # 99.97 s in windows of 20 s: their middles run from 20 s to 99.97 s, five times as fast.
    assert bundle.header["n_frames"] == pytest.approx(79.97 / 5 * 30, abs=2)


def test_the_fields_shown_are_those_of_the_windows(session_file: NWBFile, tmp_path: Path) -> None:
    with read_session(session_file, convert_to="cm") as session:
        env = session.environment(10)
        options = {"window": 20.0, "step": 10.0, "min_occupancy_seconds": 0.0, "speed": None}
        made = session.animate(
            4, env=env, save_path=tmp_path / "a.html", progress=False, vmax=10.0, **options
        )
        windows = [(start, start + 20) for start in np.arange(10, 90, 10)]
        fields = session.place_fields(4, env, windows=windows)
        middles = np.isin(session.times.round(6), np.mean(windows, axis=1))
        where = session.positions[middles]
    bundle = read_bundle(made)
    assert bundle.header["n_frames"] == len(windows)
    expected = np.where(np.isnan(fields), 255, np.clip(fields / 10 * 255, 0, 254))
    layers = layers_of(bundle)
    assert_allclose(bundle.array(bundle.header["clock"]), np.mean(windows, axis=1))
    assert_allclose(bundle.array(layers["Position"]["xy"])[:, 0], where, rtol=1e-6)
    codes = bundle.array(layers["Field"]["values"])
    assert_allclose(codes, expected, atol=1.01)
    assert len(np.unique(codes)) > 20


def test_several_units_are_shown_side_by_side(session_file: NWBFile, tmp_path: Path) -> None:
    with read_session(session_file) as session:
        made = session.animate(
            [4, 9], bin_size=0.1, window=50, save_path=tmp_path / "a.html", progress=False
        )
    panels = read_bundle(made).header["panels"]
    assert [panel["title"] for panel in panels] == ["unit 4 (CA1)", "unit 9 (CA3)"]


def test_a_video_is_written(with_head: NWBFile, tmp_path: Path) -> None:
    with read_session(with_head) as session:
        made = session.animate(
            4, bin_size=0.05, window=40, speed=20, save_path=tmp_path / "a.mp4", progress=False
        )
    with av.open(made) as film:
        n_frames = sum(1 for _ in film.decode(video=0))
    assert n_frames == pytest.approx(60 / 20 * 30, abs=2)


def test_a_track_of_one_dimension(nwbfile: NWBFile, series: Series, tmp_path: Path) -> None:
    there_and_back = 80 + 70 * np.sin(np.arange(3000) / 150)
    nwbfile.add_acquisition(Position(spatial_series=series("linear", there_and_back, unit="cm")))
    nwbfile.add_unit(spike_times=np.arange(11.0, 100.0), id=0)
    with read_session(nwbfile) as session:
        assert session.positions.shape == (3000, 1)
        made = session.animate(
            0, bin_size=5, window=30, save_path=tmp_path / "a.html", progress=False
        )
    layers = layers_of(read_bundle(made))
    assert {"Position", "Spikes"} <= set(layers)
    assert "Arena" not in layers


def add_parts(nwbfile: NWBFile, series: Series, stop: float) -> None:
    """Add a head direction and a pose that end earlier than the positions."""
    n_samples = round((stop - 10) * 30)
    head = series("head", np.mod(np.arange(n_samples) / 30, 6.2), unit="radians")
    nwbfile.add_acquisition(CompassDirection(spatial_series=head))
    times = 10 + np.arange(n_samples) / 30
    nose = np.random.default_rng(0).uniform(0, 0.6, (n_samples, 2))
    space = Environment.from_mask([[True]], [[0, 1], [0, 1]], units="m")
    write_overlays(nwbfile, space, [BodypartOverlay({"nose": nose}, times)])


@pytest.mark.parametrize(("epoch", "is_shown"), [((12, 60), True), ((40, 95), False)])
def test_what_was_not_recorded_in_the_epoch_stops_no_film(
    session_file: NWBFile, series: Series, tmp_path: Path, epoch: object, is_shown: bool
) -> None:
    add_parts(session_file, series, stop=45)
    path = tmp_path / "a.html"
    with warnings.catch_warnings(record=True) as caught, read_session(session_file) as session:
        warnings.simplefilter("always")
        session.animate(4, bin_size=0.05, window=20, epoch=[epoch], save_path=path, progress=False)
    layers = set(layers_of(read_bundle(path)))
    told = [str(each.message) for each in caught]
    left_out = [text for text in told if "is left out" in text]
    wanted = {"Head direction", "Pose"} if is_shown else set()
    assert layers - {"Arena", "Field", "Position", "Spikes"} == wanted
    assert len(left_out) == (0 if is_shown else 2)
    for text in left_out:  # Windows of 20 s within 40 to 95 s have their middles from 50 s on.
        assert "was recorded from 10 s to 44.9667 s, and what is shown is from 50 s to" in text


@pytest.mark.parametrize("named", ["head_direction", "pose"])
def test_what_was_asked_for_by_name_and_is_not_there_then_is_an_error(
    session_file: NWBFile, series: Series, tmp_path: Path, named: str
) -> None:
    add_parts(session_file, series, stop=45)
    names = {"head_direction": "head", "pose": "Pose"}
    others: dict[str, Any] = {"head_direction": False, "pose": False, named: names[named]}
    with (
        read_session(session_file, **others) as session,
        pytest.raises(ValueError, match="No temporal overlap between overlay and frames"),
    ):
        session.animate(
            4,
            bin_size=0.05,
            window=20,
            epoch=[(40, 95)],
            save_path=tmp_path / "a.html",
            progress=False,
        )


class StopError(Exception):
    pass


def test_a_cancel_leaves_nothing(session_file: NWBFile, tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.mkdir()
    reported: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        reported.append((done, total))
        if len(reported) > 3:
            raise StopError

    with read_session(session_file) as session, pytest.raises(StopError):
        session.animate(4, bin_size=0.05, window=20, save_path=path / "a.mp4", progress=stop)
    assert not list(path.iterdir())


def test_what_cannot_be_written_is_said_before_any_work(
    session_file: NWBFile, tmp_path: Path
) -> None:
    with read_session(session_file) as session:
        with pytest.raises(FileNotFoundError, match="does not exist"):
            session.animate(4, bin_size=0.05, save_path=tmp_path / "none" / "a.mp4")
        with pytest.raises(KeyError, match="There is no unit 5"):
            session.animate(5, bin_size=0.05, save_path=tmp_path / "a.mp4")
        with pytest.raises(TypeError, match=r"frame_times are passed[\s\S]*window= and step="):
            session.animate(4, bin_size=0.05, frame_times=[0.0, 1.0])
        with pytest.raises(ValueError, match="fps"):
            session.animate(4, bin_size=0.05, fps=0)
        assert "tracked" not in vars(session._contents)
        with pytest.raises(ValueError, match=r"(?s)Neither bin_size nor env .* span 0.8 × 0.6 m"):
            session.animate(4, save_path=tmp_path / "a.mp4")
        with pytest.raises(
            ValueError, match=r"A window of 500 s is longer than the session, 99.9"
        ):
            session.animate(4, bin_size=0.05, window=500, save_path=tmp_path / "a.mp4")


def test_regions_kept_in_the_file_come_with_the_environment(
    session_file: NWBFile, walk_m: np.ndarray
) -> None:
    env = Environment.from_samples(walk_m, 0.1, units="m", name="box")
    env.regions.add("goal", point=(0.4, 0.3))
    env.regions.add("start", polygon=[(0, 0), (0.2, 0), (0.2, 0.2)])
    write_environment(session_file, env)
    lines = dict(describe(session_file).lines)
    assert lines["environment"] == f"processing/behavior/box: {env!r}"
    with read_session(session_file) as session:
        assert list(session.regions) == ["goal", "start"]
        assert session.environment(0.1).regions == env.regions
    with (
        read_session(session_file, convert_to="cm") as session,
        pytest.warns(UserWarning, match="are in m, and the positions in cm: they are left"),
    ):
        assert not session.regions


def test_an_environment_of_a_newer_version_is_passed_over(
    session_file: NWBFile, walk_m: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    env = Environment.from_samples(walk_m, 0.1, units="m", name="box", axis_names=("x", "z"))
    env.regions.add("goal", point=(0.4, 0.3))
    with monkeypatch.context() as later:
        later.setattr(env_header, "VERSION", 3)
        write_environment(session_file, env)
    with (
        read_session(session_file) as session,
        pytest.warns(UserWarning, match=r"regions of .*/box are left out: .*in version 3"),
    ):
        assert not session.regions


def test_the_real_file(shared_data: Path, tmp_path: Path) -> None:
    path = shared_data / "mouse_nwb" / "A2929-200711.nwb"
    with read_session(path, plane="xz", units="m", convert_to="cm") as session:
        assert session.positions.shape == (63527, 2)
        assert (session.times[0], session.times[-1]) == pytest.approx((670.6407, 1199.99495))
        assert session.tracked.spans == pytest.approx((56.25, 75.73), abs=0.01)
        # Were it turned the other way round, the head would not look where the animal runs:
        # that is warned of, and warnings are errors.
        assert session.head_direction is not None
        assert session.head_direction.path == "acquisition/CompassDirection/ry"
        assert session.epochs["epochs"]["wake"].spans.tolist() == [[600, 1200]]
        assert len(session.units) == 15
        made = session.animate(
            8, bin_size=2, window=120, speed=20, save_path=tmp_path / "a.html", progress=False
        )
        assert {"Arena", "Position", "Head direction", "Spikes"} <= set(
            layers_of(read_bundle(made))
        )
