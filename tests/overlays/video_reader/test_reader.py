"""Every kind of video: the frame asked for is the frame that comes, at its own time."""

from dataclasses import replace
from fractions import Fraction
from itertools import islice
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurospatial.overlays.video_reader.demux import index_video
from neurospatial.overlays.video_reader.reader import VideoReader
from neurospatial.scene import SelectedSource, Source
from tests.overlays.video_reader.clips import (
    KINDS,
    SIZE,
    Pixels,
    encode,
    make_clip,
    number_in,
    numbered_picture,
    remux,
    ticks_of,
)

N_FRAMES = 120


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clips")


@pytest.fixture(scope="module", params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    if KINDS[name].encoder not in av.codecs_available:
        pytest.skip(f"this build of PyAV has no encoder {KINDS[name].encoder}")
    return name


@pytest.fixture(scope="module")
def path(clips: Path, kind: str) -> Path:
    return make_clip(clips, kind, N_FRAMES)


@pytest.fixture(scope="module")
def h264(clips: Path) -> Path:
    return make_clip(clips, "h264 with B-frames", N_FRAMES)


def wrong(video: VideoReader, asked: list[int]) -> list[tuple[int, int]]:
    """Frames that came in place of those asked for."""
    came = [(number, number_in(video.frame(number))) for number in asked]
    return [pair for pair in came if pair[0] != pair[1]]


def test_80_random_seeks(path: Path) -> None:
    asked = np.random.default_rng(1).integers(0, N_FRAMES, 80).tolist()
    with VideoReader(path, cache_bytes=0) as video:
        assert wrong(video, asked) == []


def decoded_by_pyav(path: Path, asked: tuple[int, ...]) -> dict[int, Pixels]:
    with av.open(str(path)) as file:
        frames = enumerate(islice(file.decode(video=0), max(asked) + 1))
        return {n: frame.to_ndarray(format="rgb24") for n, frame in frames if n in asked}


def test_forward_and_backward(path: Path) -> None:
    with VideoReader(path) as video:
        numbers = [number_in(picture) for picture in video.read(0, video.n_frames)]
        assert numbers == list(range(N_FRAMES))
    with VideoReader(path, cache_bytes=300_000) as video:
        assert wrong(video, list(range(N_FRAMES - 1, 60, -1))) == []
        assert wrong(video, list(range(2, N_FRAMES, 7))) == []


def test_decoding_begins_with_a_keyframe_that_is_shown_no_later(path: Path) -> None:
    """Else pictures of an open group are lost, and found only by trying again."""
    index = index_video(path)
    begin = index.keyframes[index.starts]
    assert np.all(begin <= index.packets)
    assert np.all(index.frames[begin] <= np.arange(N_FRAMES))


def test_frames_are_at_the_containers_own_times(path: Path, kind: str) -> None:
    with VideoReader(path) as video:
        np.testing.assert_allclose(
            video.times, ticks_of(KINDS[kind], N_FRAMES) / 1000, rtol=0, atol=1e-9
        )
        assert video.times[0] == 0
        assert video.shape == (N_FRAMES, SIZE[1], SIZE[0], 3)
        assert video.frame_size_px == SIZE


def test_pixels_are_those_of_a_plain_decode(path: Path) -> None:
    asked = (0, 17, 60)
    plain = decoded_by_pyav(path, asked)
    with VideoReader(path) as video:
        for number in asked:
            np.testing.assert_array_equal(video.frame(number), plain[number])


def test_pixels_that_are_not_square_are_told(clips: Path) -> None:
    wide = replace(KINDS["h264 with B-frames"], pixel_aspect=Fraction(4, 3))
    flat = encode(
        clips / "wide.mp4", wide, [numbered_picture(n) for n in range(9)], range(0, 360, 40)
    )
    with VideoReader(flat) as video:
        assert video.pixel_aspect == pytest.approx(4 / 3)
        assert video.frame_size_px == SIZE
    with VideoReader(remux(flat, clips / "tall.mp4", 0, rotation=90)) as video:
        assert video.pixel_aspect == pytest.approx(3 / 4)
        assert video.frame_size_px == SIZE[::-1]


def test_packets_that_show_nothing_are_no_frames(clips: Path) -> None:
    """VP8 files hold pictures only to be referred to; the show bit is cleared in one here."""
    whole = make_clip(clips, "vp8", N_FRAMES)
    path = clips / "hidden.webm"
    with av.open(str(whole)) as old, av.open(str(path), "w") as new:
        copy = new.add_stream_from_template(old.streams.video[0])
        for number, packet in enumerate(old.demux(video=0)):
            if not packet.size:
                continue
            raw = bytearray(bytes(packet))
            if number == 30:
                raw[0] &= ~0x10
            changed = av.Packet(bytes(raw))
            changed.pts = changed.dts = packet.pts
            changed.time_base, changed.is_keyframe = packet.time_base, packet.is_keyframe
            changed.stream = copy
            new.mux(changed)
    shown = [number for number in range(N_FRAMES) if number != 30]
    with VideoReader(path) as video:
        assert [number_in(picture) for picture in video.read(0, video.n_frames)] == shown
        np.testing.assert_allclose(video.times, np.array(shown) * 0.04, atol=1e-3)


def test_sound_in_the_same_file(h264: Path, clips: Path) -> None:
    path = clips / "sound.mkv"
    with av.open(str(h264)) as old, av.open(str(path), "w") as new:
        sound = new.add_stream("pcm_s16le", rate=8000, layout="mono")
        copy = new.add_stream_from_template(old.streams.video[0])
        noise = np.random.default_rng(0).integers(-99, 99, (1, 8000), dtype=np.int16)
        for _ in range(5):
            frame = av.AudioFrame.from_ndarray(noise, "s16", "mono")
            frame.sample_rate = 8000
            new.mux(sound.encode(frame))
        for packet in old.demux(video=0):
            if packet.size:
                packet.stream = copy
                new.mux(packet)
    with VideoReader(path) as video:
        assert video.n_frames == N_FRAMES
        assert wrong(video, np.random.default_rng(7).integers(0, N_FRAMES, 80).tolist()) == []


def test_it_is_a_source(h264: Path) -> None:
    with VideoReader(h264) as video:
        assert isinstance(video, Source)
        assert video.dtype == np.uint8
        assert video.read(5, 5).shape == (0, *video.shape[1:])
        chosen = SelectedSource(video, np.array([3, 3, 4, 90]))
        assert [number_in(picture) for picture in chosen.read(0, 4)] == [3, 3, 4, 90]


@given(st.lists(st.floats(-1, 9, allow_nan=False), max_size=30))
def test_nearest_is_the_nearest(varying: VideoReader, wanted: list[float]) -> None:
    found = varying.nearest(wanted)
    gaps = np.abs(varying.times[None] - np.array(wanted)[:, None])
    assert found.shape == (len(wanted),)
    np.testing.assert_array_equal(found, gaps.argmin(axis=1))


@pytest.fixture(scope="module")
def varying(clips: Path) -> VideoReader:
    return VideoReader(make_clip(clips, "h264 of varying rate", N_FRAMES))


def test_nearest_of_one_time_and_of_nan(varying: VideoReader) -> None:
    assert varying.nearest(varying.times[33]) == 33
    with pytest.raises(ValueError, match=r"2 of 3 times are NaN or infinite\."):
        varying.nearest([0.0, np.nan, np.inf])


@pytest.mark.parametrize("suffix", [".mp4", ".ts"])
def test_a_clip_cut_between_keyframes(h264: Path, clips: Path, suffix: str) -> None:
    """An MP4 hides what its first frames are decoded from; a cut stream begins without it."""
    cut = clips / f"cut{suffix}"
    if suffix == ".mp4":
        remux(h264, cut, 400, {"avoid_negative_ts": "disabled"})
    else:
        whole = make_clip(clips, "h264 in a transport stream", N_FRAMES).read_bytes()
        cut.write_bytes(whole[188 * 40 :])
    with av.open(str(cut)) as file:
        plain = [number_in(f.to_ndarray(format="rgb24")) for f in file.decode(video=0)]
    assert plain[0] == (10 if suffix == ".mp4" else 24)
    with VideoReader(cut) as video:
        assert [number_in(picture) for picture in video.read(0, video.n_frames)] == plain
        np.testing.assert_allclose(np.diff(video.times), 0.04, atol=1e-3)
        asked = np.random.default_rng(2).integers(0, len(plain), 80)
        assert [number_in(video.frame(int(n))) for n in asked] == [plain[n] for n in asked]


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".ts"])
def test_a_clip_that_starts_late(h264: Path, clips: Path, suffix: str) -> None:
    late = remux(h264, clips / f"late{suffix}", -90_000)
    with VideoReader(late) as video:
        assert video.start_time == pytest.approx(90, abs=0.1)
        np.testing.assert_allclose(video.times, np.arange(N_FRAMES) * 0.04, atol=1e-9)
        asked = np.random.default_rng(3).integers(0, N_FRAMES, 80).tolist()
        assert wrong(video, asked) == []


def test_pictures_of_a_real_recording(shared_data: Path) -> None:
    path = shared_data / "fly_pose" / "clip.mp4"
    asked = (251, 3, 249, 250)
    plain = decoded_by_pyav(path, asked)
    with VideoReader(path) as video:
        assert video.shape == (1500, 1024, 1024, 3)
        np.testing.assert_allclose(video.times, np.arange(1500) / 25, atol=1e-9)
        for number in asked:
            np.testing.assert_array_equal(video.frame(number), plain[number])


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_pictures_stand_upright(h264: Path, clips: Path, turn: int) -> None:
    """OpenCV turns pictures too; its first frame is right."""
    turned = remux(h264, clips / f"turned{turn}.mp4", 0, rotation=turn)
    capture = cv2.VideoCapture(str(turned))
    upright = capture.read()[1][..., ::-1].astype(int)
    capture.release()
    with VideoReader(turned) as video:
        picture = video.frame(0)
        assert video.shape[1:] == picture.shape == upright.shape
        assert video.frame_size_px == picture.shape[1::-1]
        assert np.abs(picture - upright).mean() < 3


def test_pictures_at_an_angle_are_refused(h264: Path, clips: Path) -> None:
    tilted = remux(h264, clips / "tilted.mp4", 0, rotation=30)
    with pytest.raises(ValueError, match=r"to be shown turned by -?30\.0°"):
        VideoReader(tilted)
