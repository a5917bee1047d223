"""Small videos whose every frame says its own number, in each of the kinds people record."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from neurospatial.video.encode.silence_svt import silence_svt
from neurospatial.video.encode.thread_priority import restored_thread_priority

Pixels = NDArray[np.uint8]

SIZE = 160, 120
_CELL = 20
_BITS = 8
_DARK, _BRIGHT = 40, 215


def numbered_picture(number: int) -> Pixels:
    """A grey picture with `number` in two rows of blocks, the second one its complement."""
    width, height = SIZE
    picture = np.full((height, width, 3), 128, dtype=np.uint8)
    bits = number >> np.arange(_BITS) & 1
    for row, values in enumerate((bits, 1 - bits)):
        blocks = np.where(values, _BRIGHT, _DARK).repeat(_CELL)
        picture[row * _CELL : (row + 1) * _CELL] = blocks[None, :, None]
    left = number * 7 % (width - 30)
    picture[60:90, left : left + 30] = 220, 60, 30
    return picture


def number_in(picture: Pixels) -> int:
    """Read the number back from a picture; -1 where its two rows disagree."""
    middle = slice(_CELL // 2, None, _CELL)
    rows = [picture[_CELL // 2 + row * _CELL, middle, 1] > 128 for row in (0, 1)]
    if not np.array_equal(rows[0], ~rows[1]):
        return -1
    return int(np.sum(rows[0] << np.arange(_BITS)))


@dataclass(frozen=True)
class Kind:
    """How a clip is encoded."""

    suffix: str
    encoder: str
    options: dict[str, str] = field(default_factory=dict)
    container: dict[str, str] = field(default_factory=dict)
    gop: int = 24
    b_frames: int | None = None
    varying: bool = False
    pix_fmt: str = "yuv420p"
    pixel_aspect: Fraction = Fraction(1)


_X265 = "keyint=24:min-keyint=24:scenecut=0:bframes=3:log-level=none:pools=1:frame-threads=1"

KINDS = {
    "h264 with B-frames": Kind(".mp4", "libx264", {"bf": "3", "preset": "veryfast"}),
    "h264 of varying rate": Kind(".mkv", "libx264", {"bf": "2"}, varying=True),
    "h264 of varying rate in mp4": Kind(".mp4", "libx264", {"bf": "2"}, varying=True),
    "h264 with open GOPs": Kind(
        ".mp4", "libx264", {"x264-params": "open-gop=1:bframes=3:keyint=24:scenecut=0"}
    ),
    "h264 in one GOP": Kind(".mp4", "libx264", {"preset": "ultrafast"}, gop=1000),
    "h264 of keyframes": Kind(".mp4", "libx264", {"bf": "0"}, gop=1),
    "h264 that refreshes by columns": Kind(
        ".mp4", "libx264", {"x264-params": "intra-refresh=1:keyint=24:bframes=0"}
    ),
    "h264 in a transport stream": Kind(".ts", "libx264", {"bf": "3"}),
    "h264 with B-frames in AVI": Kind(".avi", "libx264", {"bf": "2"}),
    "fragmented h264": Kind(
        ".mp4", "libx264", {"bf": "2"}, {"movflags": "frag_keyframe+empty_moov"}
    ),
    "hevc with open GOPs": Kind(
        ".mp4", "libx265", {"preset": "ultrafast", "x265-params": f"open-gop=1:{_X265}"}
    ),
    "hevc with open GOPs in mkv": Kind(
        ".mkv", "libx265", {"preset": "ultrafast", "x265-params": f"open-gop=1:{_X265}"}
    ),
    "mpeg4 in AVI": Kind(".avi", "mpeg4", {"qscale": "4"}, b_frames=0),
    "mpeg4 with B-frames in AVI": Kind(".avi", "mpeg4", {"qscale": "4"}, b_frames=2),
    "mpeg4 with B-frames in mp4": Kind(".mp4", "mpeg4", {"qscale": "4"}, b_frames=2),
    "mpeg2 in a transport stream": Kind(".ts", "mpeg2video", {"qscale": "4"}, b_frames=2),
    "motion jpeg": Kind(".avi", "mjpeg", {"qscale": "4"}, pix_fmt="yuvj420p"),
    "lossless ffv1": Kind(".mkv", "ffv1", varying=True),
    "vp8": Kind(".webm", "libvpx", {"auto-alt-ref": "1", "lag-in-frames": "16", "cpu-used": "8"}),
    "vp9": Kind(".webm", "libvpx-vp9", {"cpu-used": "8", "row-mt": "1", "lag-in-frames": "16"}),
    "av1": Kind(".mp4", "libsvtav1", {"preset": "12"}),
    "av1 of varying rate": Kind(".mkv", "libsvtav1", {"preset": "12"}, varying=True),
}


def ticks_of(kind: Kind, n_frames: int) -> NDArray[np.int64]:
    """When each frame is shown [ms]."""
    if not kind.varying:
        return np.arange(n_frames) * 40
    gaps = np.random.default_rng(4).integers(5, 130, n_frames)
    return np.cumsum(gaps) - gaps[0]


def encode(path: Path, kind: Kind, pictures: Iterable[Pixels], ticks: Sequence[int]) -> Path:
    """Write pictures into a file, each at its time [ms]."""
    with silence_svt("av1"):
        _encode(path, kind, pictures, ticks)
    return path


def _encode(path: Path, kind: Kind, pictures: Iterable[Pixels], ticks: Sequence[int]) -> None:
    with av.open(str(path), "w", container_options=kind.container) as container:
        stream = container.add_stream(kind.encoder, rate=25, options=kind.options)
        stream.pix_fmt = kind.pix_fmt
        stream.width, stream.height = SIZE
        stream.codec_context.sample_aspect_ratio = kind.pixel_aspect
        stream.codec_context.gop_size = kind.gop
        unit = Fraction(1, 1000) if kind.varying else Fraction(1, 25)
        stream.codec_context.time_base = unit
        if kind.b_frames is not None:
            stream.codec_context.max_b_frames = kind.b_frames
        with restored_thread_priority():
            container.start_encoding()
        for picture, tick in zip(pictures, ticks, strict=True):
            frame = av.VideoFrame.from_ndarray(picture)
            frame.pts, frame.time_base = int(tick * unit.denominator // 1000), unit
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def make_clip(folder: Path, name: str, n_frames: int = 120) -> Path:
    """Write the clip of one of `KINDS`, its frames numbered from 0."""
    kind = KINDS[name]
    path = folder / f"{name.replace(' ', '_')}{kind.suffix}"
    pictures = (numbered_picture(number) for number in range(n_frames))
    return encode(path, kind, pictures, ticks_of(kind, n_frames).tolist())


def remux(
    source: Path,
    path: Path,
    shift: int,
    options: dict[str, str] | None = None,
    rotation: float = 0,
) -> Path:
    """Copy the packets into another file, `shift` [ms] earlier, nothing encoded again."""
    with (
        av.open(str(source)) as old,
        av.open(str(path), "w", container_options=options or {}) as new,
    ):
        stream = old.streams.video[0]
        copy = new.add_stream_from_template(stream)
        if rotation:
            copy.set_display_rotation(rotation)
        ticks = int(shift / 1000 / stream.time_base)
        for packet in old.demux(stream):
            if packet.size:
                packet.pts, packet.dts = packet.pts - ticks, packet.dts - ticks
                packet.stream = copy
                new.mux(packet)
    return path
