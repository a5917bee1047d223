"""What cannot be written is refused before the first frame, with a way out."""

from pathlib import Path

import pytest

from neurospatial.video import VideoOptions
from tests.video.clips import clip, room, wandering_fields


def refused(match: str, **options: object) -> None:
    with pytest.raises(ValueError, match=match) as caught:
        VideoOptions(**options)
    text = str(caught.value)
    assert "WHY: " in text
    assert "HOW: " in text


def test_each_suffix_refuses_what_it_cannot_hold(tmp_path: Path) -> None:
    for name, codec in (
        ("a.mp4", "gif"), ("a.webm", "h264"), ("a.webm", "h265"), ("a.webm", "mpeg4"),
        ("a.avi", "vp9"), ("a.avi", "av1"), ("a.avi", "h265"), ("a.gif", "h264"),
    ):  # fmt: skip
        suffix = name[1:]
        refused(rf"A \{suffix} file cannot hold {codec}", save_path=tmp_path / name, codec=codec)


def test_unknown_words_name_the_nearest(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    refused("There is no codec 'h.264'. Did you mean 'h264'", save_path=path, codec="h.264")
    refused("no preset 'balance'. Did you mean 'balanced'", save_path=path, preset="balance")
    refused("Did you mean '.mp4'", save_path=tmp_path / "a.mp3")


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"crf": 18, "bitrate": 500}, "Both crf=18 and bitrate=500"),
        ({"crf": 52}, "crf is 52"),
        ({"crf": -1}, "crf is -1"),
        ({"crf": 20, "codec": "mpeg4"}, "mpeg4 has no constant-rate factor"),
        ({"bitrate": 0}, "bitrate is 0"),
        ({"n_workers": 0}, "n_workers is 0"),
        ({"n_workers": 1.5}, "n_workers is 1.5"),
        ({"loop": -1}, "loop is -1"),
        ({"dpi": 0}, "at dpi 0"),
        ({"figsize": (8, -6)}, r"figsize \(8, -6\)"),
        ({"figsize": (900, 600)}, "90000 x 60000"),
    ],
)
def test_values_that_cannot_be(options: dict[str, object], match: str, tmp_path: Path) -> None:
    refused(match, save_path=tmp_path / "a.mp4", **options)


def test_a_video_needs_a_place() -> None:
    refused("has no save_path")


def test_a_gif_has_no_bitrate(tmp_path: Path) -> None:
    refused("a GIF has none", save_path=tmp_path / "a.gif", bitrate=500)


def test_the_folder_is_looked_at_first(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="does not exist"):
        VideoOptions(save_path=tmp_path / "nowhere" / "a.mp4")
    folder = tmp_path / "a.mp4"
    folder.mkdir()
    with pytest.raises(IsADirectoryError, match="is a folder"):
        VideoOptions(save_path=folder)


def test_the_folder_must_be_writable() -> None:
    with pytest.raises(PermissionError, match="cannot be written to"):
        VideoOptions(save_path="/proc/self/a.mp4")


def test_refused_before_a_field_is_read(tmp_path: Path) -> None:
    env = room()

    class Untouched:
        shape = (5, env.n_bins)
        dtype = wandering_fields(env, 1).dtype

        def read(self, start: int, stop: int) -> object:
            raise AssertionError("read before the options were checked")

    for options in ({"codec": "vp99"}, {"crf": 99}, {"n_workers": -1}, {"bitrates": 3}):
        with pytest.raises((ValueError, TypeError)):
            env.animate_fields(Untouched(), save_path=tmp_path / "a.mp4", **options)


def test_an_unknown_keyword_names_the_nearest(tmp_path: Path) -> None:
    env = room()
    with pytest.raises(TypeError, match="Did you mean 'n_workers'"):
        env.animate_fields(wandering_fields(env, 2), save_path=tmp_path / "a.mp4", n_worker=2)


def test_the_usual_codec_of_each_suffix(tmp_path: Path) -> None:
    usual = {".mp4": "h264", ".webm": "vp9", ".avi": "mpeg4", ".gif": "gif"}
    for suffix, codec in usual.items():
        assert VideoOptions(save_path=tmp_path / f"a{suffix}").chosen_codec == codec
    assert clip(2).timeline.n_frames == 2
