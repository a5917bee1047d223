"""The one pass over a video that finds its frames."""

from array import array
from collections.abc import Iterator
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from neurospatial.errors import explain
from neurospatial.overlays.video_reader.file import (
    check_file,
    get_decoding_errors,
    has_no_times,
    open_video,
    read_packets,
)
from neurospatial.overlays.video_reader.orientation import Orientation, read_orientation
from neurospatial.overlays.video_reader.packets import NONE, Ints, Packets
from neurospatial.overlays.video_reader.spread_ticks import spread_ticks
from neurospatial.overlays.video_reader.video_index import VideoIndex
from neurospatial.validate import warn_user

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream


def index_video(path: Path) -> VideoIndex:
    """Find the frames of a video, in the order and at the times they are shown.

    Parameters
    ----------
    path : pathlib.Path

    Returns
    -------
    VideoIndex

    Raises
    ------
    ImportError
        If PyAV is not installed.
    FileNotFoundError, IsADirectoryError, PermissionError
        If `path` is no file that can be read.
    ValueError
        If it is not a video, no picture of it can be decoded, or it keeps no times.

    Warns
    -----
    UserWarning
        If the file ends before the last frame that it announces.
    """
    n_bytes = check_file(path)
    container, stream = open_video(path)
    with container:
        if has_no_times(container):
            raise _make_no_times_error(path)
        packets = _list_packets(container, stream)
        _check_whole(path, container, stream, len(packets))
        # AVI keeps no times of showing; FFmpeg guesses them, not always rightly.
        timed = container.format.name != "avi" and bool(np.all(packets.pts != NONE))
        reordered = bool(stream.codec_context.has_b_frames)
        tick = stream.time_base
        aspect = float(stream.sample_aspect_ratio or 1)
    if not np.any(packets.keyframe):
        raise _make_no_pictures_error(path)
    if tick is None or packets.key is None or not (timed or np.all(packets.dts != NONE)):
        raise _make_no_times_error(path)
    first, picture, whole = next(_iter_decoded(path, packets), (0, None, False))
    if picture is None:
        raise _make_no_pictures_error(path)
    order, ticks = _find_display_order(path, packets, timed, reordered)
    if len(order) > 1 and ticks[order].min() == ticks[order].max():
        raise _make_no_times_error(path)
    shown = order[~packets.hidden[order] & (order >= np.argmax(packets.keyframe))]
    if whole:
        # A decoder skips pictures that need something from before the file begins.
        shown = shown[int(np.argmax(shown == first)) :]
    if not len(shown):
        raise _make_no_pictures_error(path)
    orientation = read_orientation(picture, aspect)
    return _assemble(path, n_bytes, packets, shown, (order, ticks[shown], tick), orientation)


def _assemble(
    path: Path,
    n_bytes: int,
    packets: Packets,
    shown: Ints,
    clock: tuple[Ints, Ints, Fraction],
    orientation: Orientation,
) -> VideoIndex:
    order, ticks, tick = clock
    keyframes = np.flatnonzero(packets.keyframe)
    frames = np.full(len(packets), -1)
    frames[shown] = np.arange(len(shown))
    times = spread_ticks(ticks - ticks[0]) * tick.numerator / tick.denominator
    times.setflags(write=False)
    key = packets.key
    assert key is not None
    return VideoIndex(
        path=path,
        n_bytes=n_bytes,
        all_packets=packets,
        key=key,
        keyframes=keyframes,
        packets=shown,
        starts=_find_starts(order, shown, keyframes, len(packets)),
        frames=frames,
        times=times,
        start_time=float(int(ticks[0]) * tick),
        orientation=orientation,
    )


def _list_packets(container: "InputContainer", stream: "VideoStream") -> Packets:
    pts, dts, pos = array("q"), array("q"), array("q")
    keyframe, hidden, corrupt = array("b"), array("b"), array("b")
    vp8 = stream.codec_context.name == "vp8"
    for packet in read_packets(container, stream):
        if _is_timeless(packet):
            # Its time was lost with other bytes: what follows is built on it.
            corrupt[-1:] = array("b", [True] * len(corrupt[-1:]))
            continue
        for column, value in ((pts, packet.pts), (dts, packet.dts), (pos, packet.pos)):
            column.append(NONE if value is None else value)
        keyframe.append(packet.is_keyframe)
        corrupt.append(packet.is_corrupt)
        # The fifth bit of a VP8 frame says whether it is shown (RFC 6386, section 9.1).
        hidden.append(packet.is_discard or (vp8 and not bytes(packet)[0] & 0x10))
    return Packets(
        pts=np.array(pts, dtype=np.int64),
        dts=np.array(dts, dtype=np.int64),
        pos=np.array(pos, dtype=np.int64),
        keyframe=np.array(keyframe, dtype=bool),
        hidden=np.array(hidden, dtype=bool),
        corrupt=np.array(corrupt, dtype=bool),
    )


def _is_timeless(packet: "Packet[VideoStream]") -> bool:
    return packet.pts is None and packet.dts is None


def _find_display_order(
    path: Path, packets: Packets, timed: bool, reordered: bool
) -> tuple[Ints, Ints]:
    """Order packets as they are shown, and find when each is [ticks]."""
    told = timed and (not reordered or len(np.unique(packets.pts)) == len(packets))
    if told:
        return np.argsort(packets.pts, kind="stable"), packets.pts
    stamps, order = (packets.pts if timed else packets.dts), np.arange(len(packets))
    if reordered:
        # Only the decoder knows which of two pictures of one stamp comes first.
        order = np.array([number for number, _, _ in _iter_decoded(path, packets, guess=True)])
    ticks = stamps.copy()
    ticks[order] = np.sort(stamps[order])
    return (_insert_missing(order, ticks) if timed else order), ticks


def _insert_missing(order: Ints, ticks: Ints) -> Ints:
    """Insert the packets that no picture came out of where their own times are."""
    place = np.searchsorted(ticks[order], ticks, side="right") - 0.5
    place[order] = np.arange(len(order))
    return np.argsort(place, kind="stable")


def _find_starts(order: Ints, shown: Ints, keyframes: Ints, n_packets: int) -> Ints:
    """Find for each frame the last keyframe that is both decoded and shown no later than it."""
    place = np.full(n_packets, -1)
    place[order] = np.arange(len(order))
    starts = np.searchsorted(keyframes, shown, side="right") - 1
    for _ in range(len(keyframes)):
        leading = (place[keyframes[starts]] > place[shown]) & (starts > 0)
        if not np.any(leading):
            break
        starts -= leading
    return starts


def _iter_decoded(
    path: Path, packets: Packets, guess: bool = False
) -> Iterator[tuple[int, "VideoFrame", bool]]:
    """Decode pictures in the order they come out: packet, picture, whether none before failed.

    With `guess`, damaged pictures come out as well, as far as they can be guessed.
    """
    begin, whole = int(np.argmax(packets.keyframe)), True
    container, stream = open_video(path)
    with container:
        context = stream.codec_context
        if guess:
            context.options = {}
        timed = (packet for packet in read_packets(container, stream) if not _is_timeless(packet))
        for number, packet in enumerate(chain(timed, [None])):
            if number < begin:
                continue
            if packet is not None:
                packet.pts = number
            try:
                pictures = context.decode(packet)
            except get_decoding_errors():
                whole = False
                continue
            for picture in pictures:
                if picture.pts is not None:
                    yield picture.pts, picture, whole


def _check_whole(
    path: Path, container: "InputContainer", stream: "VideoStream", n_packets: int
) -> None:
    """Warn about an MP4 whose table, at its front, names more frames than follow."""
    announced = len(stream.index_entries)
    if "mp4" in container.format.name and n_packets < announced:
        warn_user(
            f"{path.name!r} is cut short: it announces {announced} frames and ends after "
            f"{n_packets}. Those that are there can be read; copy the file again for the rest."
        )


def _make_no_pictures_error(path: Path) -> ValueError:
    return ValueError(
        explain(
            f"No picture of {path.name!r} can be decoded.",
            "Decoding begins with a whole keyframe, and the file has none.",
            ["Copy the file again from where it was recorded.", f"Try to play it: ffplay {path}"],
        )
    )


def _make_no_times_error(path: Path) -> ValueError:
    return ValueError(
        explain(
            f"{path.name!r} keeps no times for its frames.",
            "A frame is found, and aligned with the data, by its time.",
            [
                "Put the bare stream into a container, at the camera's rate: "
                f"ffmpeg -r 30 -i {path.name} -c copy {path.stem}.mp4",
            ],
        )
    )
