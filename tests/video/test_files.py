"""Every codec in every container: the frames that went in come out, in order, in time."""

import struct
from pathlib import Path

import av
import numpy as np
import pytest

from neurospatial.video import VideoOptions, render_frames
from neurospatial.video.formats import HOLDS
from tests.video.clips import clip, psnr, read, write

NAMES = {"h265": "hevc"}
COMBINATIONS = [(suffix, codec) for suffix, codecs in HOLDS.items() for codec in codecs]


def options_of(codec: str) -> dict[str, object]:
    return {} if codec == "gif" else {"codec": codec}


@pytest.mark.parametrize("n_workers", [None, 3])
@pytest.mark.parametrize(("suffix", "codec"), COMBINATIONS)
def test_frames_come_back_whole_and_in_order(
    suffix: str, codec: str, n_workers: int | None, tmp_path: Path
) -> None:
    scene = clip(50)
    path = write(scene, tmp_path / f"clip{suffix}", n_workers=n_workers, **options_of(codec))
    decoded = read(path)
    made = VideoOptions(save_path=path, figsize=(4, 3))
    wanted = list(render_frames(scene, made))
    assert decoded.codec == NAMES.get(codec, codec)
    assert len(decoded.pictures) == 50
    tick = 0.01 if suffix == ".gif" else 0.0011
    np.testing.assert_allclose(np.diff(decoded.times), 1 / 30, atol=tick)
    np.testing.assert_allclose(decoded.times[-1] - decoded.times[0], 49 / 30, atol=tick)
    likeness = [
        psnr(picture, frame) for picture, frame in zip(decoded.pictures, wanted, strict=True)
    ]
    assert min(likeness) > 31, f"frame {int(np.argmin(likeness))}"
    for number in (1, 25, 48):
        others = [psnr(decoded.pictures[number], wanted[n]) for n in (number - 1, number + 1)]
        assert likeness[number] > max(others) + 2


def test_the_colours_are_tagged_for_players(tmp_path: Path) -> None:
    for name, codec in (("a.mp4", "h264"), ("b.mp4", "h265"), ("c.webm", "vp9"), ("d.mp4", "av1")):
        path = write(clip(4), tmp_path / name, codec=codec)
        with av.open(str(path)) as file:
            frame = next(file.decode(video=0))
        assert (frame.colorspace, frame.color_range) == (6, 1)


def test_true_colours_survive_encoding(tmp_path: Path) -> None:
    scene = clip(3, walker=False)
    path = write(scene, tmp_path / "a.mp4", crf=0)
    decoded = read(path).pictures[0].astype(int)
    wanted = next(iter(render_frames(scene, VideoOptions(save_path=path, figsize=(4, 3)))))
    assert np.abs(decoded - wanted).mean() < 1.5
    flat = wanted[1:-1, 1:-1]
    same = np.ones(flat.shape[:2], dtype=bool)
    for row in (-1, 0, 1):
        for column in (-1, 0, 1):
            shifted = np.roll(wanted, (row, column), axis=(0, 1))[1:-1, 1:-1]
            same &= (shifted == flat).all(axis=2)
    assert np.abs(decoded[1:-1, 1:-1][same] - flat[same]).max() <= 3


def boxes(path: Path) -> list[bytes]:
    data, at, found = path.read_bytes(), 0, []
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        found.append(kind)
        at += size
    return found


@pytest.mark.parametrize("n_workers", [1, 2])
def test_mp4_has_its_index_in_front(n_workers: int, tmp_path: Path) -> None:
    kinds = boxes(write(clip(20), tmp_path / "a.mp4", n_workers=n_workers))
    assert kinds.index(b"moov") < kinds.index(b"mdat")


@pytest.mark.parametrize("n_workers", [1, 2])
def test_h265_is_tagged_so_that_every_player_opens_it(n_workers: int, tmp_path: Path) -> None:
    path = write(clip(20), tmp_path / "a.mp4", codec="h265", n_workers=n_workers)
    with av.open(str(path)) as file:
        assert file.streams.video[0].codec_context.codec_tag == "hvc1"


def test_crf_given_is_crf_used(tmp_path: Path) -> None:
    sizes = []
    for crf in (12, 30):
        path = write(clip(12), tmp_path / f"{crf}.mp4", crf=crf)
        assert f"crf={crf}.0".encode() in path.read_bytes()
        sizes.append(path.stat().st_size)
    assert sizes[0] > sizes[1]


def test_bitrate_given_is_bitrate_used(tmp_path: Path) -> None:
    path = write(clip(12), tmp_path / "a.mp4", bitrate=700)
    assert b"bitrate=700" in path.read_bytes()
    assert b"crf=" not in path.read_bytes()


@pytest.mark.parametrize("codec", ["h264", "h265", "vp9", "av1", "mpeg4"])
def test_presets_trade_quality_and_size(codec: str, tmp_path: Path) -> None:
    scene = clip(40)
    paths = {
        preset: write(scene, tmp_path / f"{preset}.mp4", preset=preset, codec=codec)
        for preset in ("draft", "balanced", "small")
    }
    sizes = {preset: path.stat().st_size for preset, path in paths.items()}
    assert sizes["small"] < sizes["balanced"]
    wanted = list(render_frames(scene, VideoOptions(save_path=paths["draft"], figsize=(4, 3))))
    worst = {preset: min(map(psnr, read(path).pictures, wanted)) for preset, path in paths.items()}
    assert worst["draft"] < worst["balanced"]


def test_playback_rate_is_the_one_asked_for(tmp_path: Path) -> None:
    from fractions import Fraction

    from neurospatial.scene import compile_scene
    from tests.video.clips import room, wandering_fields

    env = room()
    for fps, wanted in ((12, Fraction(12)), (29.97, Fraction(2997, 100)), (0.5, Fraction(1, 2))):
        scene = compile_scene(env, wandering_fields(env, 5), fps=fps)
        assert read(write(scene, tmp_path / f"{fps}.mp4")).rate == wanted


@pytest.mark.parametrize("loop", [0, 3])
def test_a_gif_says_how_often_it_is_played(loop: int, tmp_path: Path) -> None:
    data = write(clip(6), tmp_path / "a.gif", loop=loop).read_bytes()
    at = data.index(b"NETSCAPE2.0") + 11
    assert struct.unpack("<H", data[at + 2 : at + 4])[0] == loop


def test_one_frame_and_more_workers_than_frames(tmp_path: Path) -> None:
    assert len(read(write(clip(1), tmp_path / "one.mp4")).pictures) == 1
    assert len(read(write(clip(2), tmp_path / "two.mp4", n_workers=5)).pictures) == 2


@pytest.mark.parametrize("n_frames", [1, 2, 3, 5])
def test_short_h265_is_whole_each_time(n_frames: int, tmp_path: Path) -> None:
    scene = clip(n_frames)
    for n_workers in [None, 2] * 10:
        path = write(scene, tmp_path / "a.mp4", codec="h265", n_workers=n_workers)
        np.testing.assert_allclose(read(path).times, np.arange(n_frames) / 30, atol=0.001)


@pytest.mark.parametrize("figsize", [(4.01, 3.01), (4.0, 3.01), (4.01, 3.0)])
def test_odd_sizes_are_padded_right_and_below(
    figsize: tuple[float, float], tmp_path: Path
) -> None:
    scene = clip(3)
    path = write(scene, tmp_path / "odd.mp4", figsize=figsize)
    width, height = (round(100 * edge) for edge in figsize)
    decoded = read(path)
    assert decoded.size == (width + width % 2, height + height % 2)
    made = VideoOptions(save_path=path, figsize=figsize)
    assert psnr(decoded.pictures[0], next(render_frames(scene, made, [0]))) > 31
