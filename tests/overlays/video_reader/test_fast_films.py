"""Films of more pictures a second than the ticks of their file: time stamps repeat."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from neurospatial.overlays import VideoOverlay, VideoReader
from neurospatial.overlays.video_reader.spread_ticks import spread_ticks
from neurospatial.video.encode.silence_svt import silence_svt
from tests.overlays.scenes import make_box, make_layers
from tests.overlays.video_reader.clips import SIZE, number_in, numbered_picture

N_FRAMES = 120


def write_film(
    path: Path,
    rate: int,
    encoder: str = "libx264",
    numbers: range = range(N_FRAMES),
    **options: str,
) -> Path:
    """Write numbered pictures at a rate [1/s], the stamps rounded as the container does."""
    with silence_svt("av1"), av.open(str(path), "w") as file:
        stream = file.add_stream(encoder, rate=rate, options=options)
        stream.width, stream.height = SIZE
        stream.pix_fmt, stream.codec_context.gop_size = "yuv420p", 24
        for number in numbers:
            picture = av.VideoFrame.from_ndarray(numbered_picture(number - numbers.start))
            picture.pts, picture.time_base = number, Fraction(1, rate)
            file.mux(stream.encode(picture))
        file.mux(stream.encode(None))
    return path


@pytest.mark.parametrize("rate", [1500, 2000, 5000])
@pytest.mark.parametrize("b_frames", ["0", "2", "3"])
def test_every_picture_is_the_right_one(tmp_path: Path, rate: int, b_frames: str) -> None:
    path = write_film(tmp_path / "fast.mkv", rate, bf=b_frames, preset="veryfast")
    with VideoReader(path, cache_bytes=0) as film:
        assert film.n_frames == N_FRAMES
        for number in np.random.default_rng(0).permutation(N_FRAMES).tolist():
            assert number_in(film.frame(number)) == number
        assert np.all(np.diff(film.times) > 0)
        np.testing.assert_allclose(film.times, np.arange(N_FRAMES) / rate, atol=1.01e-3)


def test_mpeg4_with_b_frames(tmp_path: Path) -> None:
    path = write_film(tmp_path / "fast.mkv", 2000, "mpeg4", bf="2", qscale="3")
    with VideoReader(path) as film:
        read = [number_in(film.frame(number)) for number in range(N_FRAMES)][::-1]
    assert read == list(range(N_FRAMES))[::-1]


def test_a_film_that_begins_late_counts_from_its_first_picture(tmp_path: Path) -> None:
    path = write_film(tmp_path / "late.mkv", 2000, numbers=range(999, 999 + N_FRAMES), bf="2")
    with VideoReader(path) as film:
        assert [number_in(film.frame(number)) for number in (0, 60, 61, 7)] == [0, 60, 61, 7]
        np.testing.assert_allclose(film.times, np.arange(N_FRAMES) / 2000, atol=1.01e-3)


@pytest.mark.filterwarnings("ignore:VideoOverlay has no calibration")
def test_overlay_takes_the_film(tmp_path: Path) -> None:
    path = write_film(tmp_path / "fast.mkv", 2000, bf="3")
    clock = np.arange(30) / 500
    image = make_layers(make_box(), [VideoOverlay(path, alpha=1.0)], clock)["Video"]
    shown = [number_in(image.frames.read(row, row + 1)[0]) for row in image.frame_index]
    np.testing.assert_allclose(shown, np.arange(30) * 4, atol=2)


@pytest.mark.parametrize("seed", range(5))
def test_ticks_are_spread_within_one(seed: int) -> None:
    ticks = np.sort(np.random.default_rng(seed).integers(0, 60, 100))
    spread = spread_ticks(ticks)
    assert np.all(np.diff(spread) > 0)
    assert np.abs(spread - ticks).max() <= 1
