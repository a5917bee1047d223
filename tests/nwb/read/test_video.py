from collections.abc import Callable, Sequence
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from pynwb import NWBFile
from pynwb.image import ImageSeries

from neurospatial.nwb import read_session
from neurospatial.overlays import VideoCalibration
from neurospatial.scene import Raster

Save = Callable[..., Path]
SIZE = (64, 48)


def write_film(path: Path, n_frames: int, first: int = 0) -> None:
    """Grey pictures, each as light as its number times eight."""
    path.parent.mkdir(exist_ok=True)
    with av.open(path, "w") as file:
        stream = file.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        for number in range(first, first + n_frames):
            grey = np.full((SIZE[1], SIZE[0], 3), 40 + 8 * number, np.uint8)
            file.mux(stream.encode(av.VideoFrame.from_ndarray(grey, format="rgb24")))
        file.mux(stream.encode(None))


def add_camera(
    nwbfile: NWBFile,
    files: Sequence[str],
    begins: Sequence[int],
    name: str = "top",
    **clock: object,
) -> None:
    nwbfile.add_acquisition(
        ImageSeries(
            name=name,
            external_file=list(files),
            format="external",
            starting_frame=list(begins),
            dimension=list(SIZE),
            unit="n.a.",
            **(clock or {"rate": 10.0, "starting_time": 10.0, "num_samples": 20}),
        )
    )


@pytest.fixture
def filmed(session_file: NWBFile, tmp_path: Path) -> NWBFile:
    write_film(tmp_path / "films" / "a.mp4", 8)
    write_film(tmp_path / "films" / "b.mp4", 12, first=8)
    add_camera(session_file, ["./films/a.mp4", "films\\b.mp4"], [0, 8])
    return session_file


def test_films_are_found_beside_the_file_and_read_as_one(
    filmed: NWBFile, saved: Save, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(filmed)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    with read_session(path) as session:
        video = session.video
    assert video is not None
    assert [file.name for file in video.files] == ["a.mp4", "b.mp4"]
    pictures = video.pictures()
    assert pictures.shape == (20, 48, 64, 3)
    assert_allclose(video.times(20), 10 + np.arange(20) / 10)
    light = pictures.read(6, 11).mean(axis=(1, 2, 3))
    assert_allclose(light, 40 + 8 * np.arange(6, 11), atol=3)
    assert pictures.read(20, 25).shape == (0, 48, 64, 3)


def test_a_camera_is_shown_where_it_is_said_how_it_lies(filmed: NWBFile, saved: Save) -> None:
    upright = Raster(*SIZE, (0.0, 0.0, 0.8, 0.6)).world_to_px.inverse
    with read_session(saved(filmed)) as session:
        assert len(session.overlays()) == 1
        camera, _ = session.overlays(calibration=VideoCalibration(upright, SIZE))
    assert type(camera).__name__ == "VideoOverlay"
    assert_allclose(camera.times, 10 + np.arange(20) / 10)


def test_timestamps_are_those_of_the_file(session_file: NWBFile) -> None:
    stamps = np.cumsum(np.full(20, 0.1))
    add_camera(session_file, ["a.mp4"], [0], timestamps=stamps)
    with read_session(session_file) as session:
        assert session.video is not None
        assert_array_equal(session.video.times(20), stamps)
        with pytest.raises(ValueError, match="20 timestamps, and its films hold 19 pictures"):
            session.video.times(19)


def test_films_that_are_not_there(session_file: NWBFile, saved: Save) -> None:
    add_camera(session_file, ["a.mp4", "b.mp4"], [0, 8])
    with read_session(saved(session_file)) as session:
        assert session.video is not None
        with pytest.raises(FileNotFoundError, match=r"2 of 2 films are not there, .*a\.mp4"):
            session.video.pictures()


def test_films_that_do_not_follow_each_other(
    session_file: NWBFile, saved: Save, tmp_path: Path
) -> None:
    write_film(tmp_path / "a.mp4", 8)
    write_film(tmp_path / "b.mp4", 4)
    add_camera(session_file, ["a.mp4", "b.mp4"], [0, 9])
    with read_session(saved(session_file)) as session:
        assert session.video is not None
        with pytest.raises(ValueError, match=r"have 8, 4 pictures .* begin at the pictures 0, 9"):
            session.video.pictures()


def test_several_cameras_are_listed(session_file: NWBFile) -> None:
    for name in ("top", "side"):
        add_camera(session_file, [f"{name}.mp4"], [0], name=name)
    with (
        read_session(session_file) as session,
        pytest.raises(ValueError, match="2 candidates for a video"),
    ):
        session.video  # noqa: B018
    with read_session(session_file, video="side") as session:
        assert session.video is not None
        assert session.video.files[0].name == "side.mp4"
