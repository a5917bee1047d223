"""Damaged files, files cut short, and files that are no videos."""

import os
import pickle
import re
import warnings
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from neurospatial.overlays.video_reader.damage import VideoFrameError
from neurospatial.overlays.video_reader.reader import VideoReader
from tests.overlays.video_reader.clips import (
    KINDS,
    encode,
    make_clip,
    number_in,
    numbered_picture,
    ticks_of,
)

N_FRAMES = 120
GOP = 24
AUDIBLE = ["h264 with B-frames", "h264 of keyframes", "h264 in one GOP", "h264 with open GOPs",
           "hevc with open GOPs", "mpeg4 in AVI", "mpeg4 with B-frames in AVI", "lossless ffv1",
           "motion jpeg"]  # fmt: skip
"""Kinds whose decoders notice when the middle of a picture is overwritten."""


def damaged(source: Path, path: Path, packets: list[int]) -> list[int]:
    """Overwrite the middle of some packets; give the numbers of the frames they hold."""
    with av.open(str(source)) as file:
        found = [(p.pos, p.size, p.pts) for p in file.demux(video=0) if p.size]
    raw = bytearray(source.read_bytes())
    shown = sorted(pts for _, _, pts in found) if found[0][2] is not None else []
    for number in packets:
        position, size, _ = found[number]
        begin, n_bytes = position + size // 4, size // 2
        noise = np.random.default_rng(number).integers(0, 256, n_bytes, dtype=np.uint8)
        raw[begin : begin + n_bytes] = noise.tobytes()
    path.write_bytes(raw)
    return [shown.index(found[number][2]) if shown else number for number in packets]


def outcome(video: VideoReader, asked: list[int]) -> dict[int, int | None]:
    """The number in each frame, or None where it cannot be decoded."""
    came: dict[int, int | None] = {}
    for number in asked:
        try:
            came[number] = number_in(video.frame(number))
        except VideoFrameError as error:
            came[number] = None
            place = f"Frame {number} of {video.path.name!r}, at {video.times[number]:.3f} s"
            if error.frame != number or place not in str(error):
                pytest.fail(f"the error of frame {number} says {error}")
    return came


@pytest.mark.parametrize("name", AUDIBLE)
def test_damage_is_told_and_reading_goes_on_around_it(name: str, tmp_path: Path) -> None:
    whole = make_clip(tmp_path, name, N_FRAMES)
    path = tmp_path / f"damaged{whole.suffix}"
    damaged(whole, path, [50])
    forward, asked = list(range(N_FRAMES)), np.random.default_rng(0).permutation(N_FRAMES)
    with VideoReader(path) as video:
        assert video.n_frames == N_FRAMES
        first = outcome(video, forward)
    bad = [number for number, came in first.items() if came is None]
    assert bad
    assert all(came in (None, number) for number, came in first.items())
    # From the damage on to the next keyframe, frames before it in open GOPs included.
    last = N_FRAMES - 1 if name == "h264 in one GOP" else 75
    assert min(bad) >= 47
    assert max(bad) <= last
    for cache_bytes in (0, 128_000_000):
        with VideoReader(path, cache_bytes=cache_bytes) as video:
            assert outcome(video, asked.tolist()) == {n: first[n] for n in asked.tolist()}


def test_a_damaged_frame_alone_is_lost_where_all_are_keyframes(tmp_path: Path) -> None:
    path = tmp_path / "damaged.mp4"
    damaged(make_clip(tmp_path, "h264 of keyframes", N_FRAMES), path, [33, 70])
    with VideoReader(path) as video:
        came = outcome(video, list(range(N_FRAMES)))
        assert [number for number, result in came.items() if result is None] == [33, 70]
        with pytest.raises(VideoFrameError, match=r"^Frame 33 of .* its own data cannot be"):
            video.read(30, 40)
        assert [number_in(picture) for picture in video.read(34, 70)] == list(range(34, 70))


def test_the_text_names_the_cause_and_where_to_go_on(tmp_path: Path) -> None:
    path = tmp_path / "damaged.avi"
    damaged(make_clip(tmp_path, "mpeg4 in AVI", N_FRAMES), path, [50])
    with VideoReader(path) as video:
        with pytest.raises(VideoFrameError) as caught:
            video.frame(60)
        text = str(caught.value)
        assert "Frame 60 of 'damaged.avi', at 2.400 s, cannot be decoded" in text
        assert "the data of frame 50 cannot be" in text
        assert "Go on from frame 72" in text
        again = pickle.loads(pickle.dumps(caught.value))
        assert (again.frame, str(again)) == (60, text)
        assert number_in(video.frame(72)) == 72
        with pytest.raises(ValueError, match="the data of frame 50"):
            video.frame(71)


def test_damage_to_the_first_frame(tmp_path: Path) -> None:
    path = tmp_path / "damaged.avi"
    damaged(make_clip(tmp_path, "mpeg4 in AVI", N_FRAMES), path, [0])
    with VideoReader(path) as video:
        came = outcome(video, list(range(N_FRAMES)))
    assert [number for number, result in came.items() if result is None] == list(range(GOP))
    assert [came[number] for number in range(GOP, N_FRAMES)] == list(range(GOP, N_FRAMES))


@pytest.mark.parametrize("name", ["h264 with B-frames", "vp9", "h264 in a transport stream",
                                  "mpeg4 in AVI", "h264 of varying rate", "av1",
                                  "fragmented h264"])  # fmt: skip
def test_a_file_cut_short(name: str, tmp_path: Path) -> None:
    """Every picture that is there can be read, and an MP4 says how much is missing."""
    whole = make_clip(tmp_path, name, N_FRAMES)
    if whole.suffix == ".mp4" and "fragmented" not in name:
        front = replace(KINDS[name], container={"movflags": "faststart"})
        pictures = [numbered_picture(number) for number in range(N_FRAMES)]
        encode(whole, front, pictures, list(range(0, N_FRAMES * 40, 40)))
    path = tmp_path / f"cut{whole.suffix}"
    raw = whole.read_bytes()
    path.write_bytes(raw[: int(len(raw) * 0.35)])
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        video = VideoReader(path)
    assert 10 < video.n_frames < N_FRAMES
    messages = [str(warning.message) for warning in caught]
    assert len(messages) == (path.suffix == ".mp4")
    announced = r"\d+" if "fragmented" in name else N_FRAMES
    for text in messages:
        assert re.search(rf"'cut.mp4' is cut .* {announced} .* ends after {video.n_frames}", text)
    with video:
        came = outcome(video, np.random.default_rng(1).permutation(video.n_frames).tolist())
        assert sum(result is None for result in came.values()) <= 4
        ticks = ticks_of(KINDS[name], N_FRAMES) / 1000
        for number, result in came.items():
            assert result is None or ticks[result] == pytest.approx(video.times[number])


@pytest.mark.parametrize(("begin", "stop"), [(150, 190), (100, 103), (60, 61)])
def test_bytes_lost_from_a_stream(begin: int, stop: int, tmp_path: Path) -> None:
    """What is left is shown in order, and no frame is taken for another."""
    raw = make_clip(tmp_path, "h264 in a transport stream", N_FRAMES).read_bytes()
    path = tmp_path / "lost.ts"
    path.write_bytes(raw[: 188 * begin] + raw[188 * stop :])
    with VideoReader(path) as video:
        assert 60 < video.n_frames < N_FRAMES
        came = outcome(video, np.random.default_rng(1).permutation(video.n_frames).tolist())
        for number, result in came.items():
            if result is not None:
                assert result == round(video.times[number] * 25)
        assert 0 < sum(result is None for result in came.values()) <= GOP + 2


@pytest.mark.parametrize("number", [-1, 120, 5000])
def test_a_frame_that_was_not_recorded(number: int, tmp_path: Path) -> None:
    with VideoReader(make_clip(tmp_path, "motion jpeg", N_FRAMES)) as video:
        pattern = rf"Frame {number} of 'motion_jpeg.avi' .* frames 0 to 119 \(4\.760 s\)"
        with pytest.raises(IndexError, match=pattern):
            video.frame(number)
        with pytest.raises(IndexError, match=r"Frames 100 to 129 of .* frames 0 to 119"):
            video.read(100, 130)


def test_files_that_are_no_videos(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"There is no file '.*absent\.mp4'"):
        VideoReader(tmp_path / "absent.mp4")
    with pytest.raises(IsADirectoryError, match="is a folder"):
        VideoReader(tmp_path)
    for name, data, pattern in [
        ("empty.mp4", b"", "empty.mp4' is empty"),
        ("here.mp4", b"version https://git-lfs.github.com/spec/v1\n", "is a Git LFS pointer"),
        ("noise.mp4", os.urandom(5000), "'noise.mp4' cannot be opened as a video"),
        ("words.txt", b"Not a video at all.\n" * 99, "'words.txt' cannot be opened as a video"),
        ("table.csv", b"x,y\n1,2\n" * 99, "'table.csv' cannot be opened as a video"),
    ]:
        (tmp_path / name).write_bytes(data)
        with pytest.raises(ValueError, match=pattern):
            VideoReader(str(tmp_path / name))


def test_an_mp4_that_was_never_finished(tmp_path: Path) -> None:
    raw = make_clip(tmp_path, "h264 with B-frames", 40).read_bytes()
    path = tmp_path / "unfinished.mp4"
    path.write_bytes(raw[: raw.index(b"moov") - 4])
    with pytest.raises(ValueError, match=r"was cut short before its table of frames"):
        VideoReader(path)
    kind = KINDS["h264 with B-frames"]
    front = replace(kind, container={"movflags": "faststart"})
    encode(path, front, [numbered_picture(n) for n in range(40)], range(0, 1600, 40))
    raw = path.read_bytes()
    path.write_bytes(raw[: raw.index(b"mdat") + 4])
    with (
        pytest.warns(UserWarning, match="announces 40 frames and ends after 0"),
        pytest.raises(ValueError, match=r"No picture of 'unfinished\.mp4' can be decoded"),
    ):
        VideoReader(path)


def test_sound_alone_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sound.wav"
    with av.open(str(path), "w") as file:
        stream = file.add_stream("pcm_s16le", rate=8000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 800), np.int16), "s16", "mono")
        frame.sample_rate = 8000
        file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    with pytest.raises(ValueError, match=r"'sound.wav' holds no moving pictures: it has audio"):
        VideoReader(path)


def test_a_bare_stream_has_no_times(tmp_path: Path) -> None:
    with av.open(str(make_clip(tmp_path, "h264 with B-frames", 40))) as file:
        stream = file.streams.video[0]
        filtered = av.bitstream.BitStreamFilterContext("h264_mp4toannexb", stream)
        raw = [bytes(p) for packet in file.demux(stream) for p in filtered.filter(packet)]
    (tmp_path / "bare.h264").write_bytes(b"".join(raw))
    with pytest.raises(ValueError, match=r"'bare\.h264' keeps no times for its frames"):
        VideoReader(tmp_path / "bare.h264")


def test_a_video_of_broken_pictures_only(tmp_path: Path) -> None:
    path = tmp_path / "broken.mp4"
    damaged(make_clip(tmp_path, "h264 of keyframes", 30), path, list(range(30)))
    with pytest.raises(ValueError, match=r"No picture of 'broken\.mp4' can be decoded"):
        VideoReader(path)


def test_a_size_that_changes_within_the_file(tmp_path: Path) -> None:
    path = tmp_path / "changing.mkv"
    with av.open(str(path), "w") as file:
        stream = file.add_stream("mjpeg", rate=25)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuvj420p"
        for number in range(6):
            width = 64 if number < 4 else 96
            encoder = av.CodecContext.create("mjpeg", "w")
            encoder.width, encoder.height, encoder.pix_fmt = width, 48, "yuvj420p"
            encoder.time_base = Fraction(1, 25)
            frame = av.VideoFrame.from_ndarray(np.zeros((48, width, 3), np.uint8))
            frame.pts = number
            for packet in encoder.encode(frame.reformat(format="yuvj420p")):
                packet.stream = stream
                file.mux(packet)
    with VideoReader(path) as video:
        assert video.read(0, 4).shape == (4, 48, 64, 3)
        with pytest.raises(VideoFrameError, match=r"^Frame 4 .* is 96 × 48 px, .* 64 × 48 px"):
            video.frame(4)


def test_memory_below_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"cache_bytes is -5\."):
        VideoReader(make_clip(tmp_path, "motion jpeg", 5), cache_bytes=-5)
