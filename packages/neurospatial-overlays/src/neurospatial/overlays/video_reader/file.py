"""Opening the file of a video, and what is said when it is not one."""

import os
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from neurospatial.errors import explain
from neurospatial.input import check_input_file
from neurospatial.install_hint import make_install_line

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet
    from av.video.stream import VideoStream

_TEXT_AS_PICTURES = ("tty", "bin", "xbin", "adf", "idf")
"""Formats under which FFmpeg takes plain text and odd bytes for a picture."""

_READS_ANY_METADATA = 19
"""Version of PyAV from which on text of any coding is read; before, it is asked for."""

_NO_TIMESTAMPS = 0x80
"""FFmpeg's AVFMT_NOTIMESTAMPS."""


def open_video(path: Path) -> tuple["InputContainer", "VideoStream"]:
    """Open a video file and its first stream of moving pictures.

    Raises
    ------
    ImportError
        If PyAV is not installed.
    FileNotFoundError, IsADirectoryError, PermissionError
        If `path` is no file that can be read.
    ValueError
        If the file is empty, a Git LFS pointer or a pipe, is not a video, or has no pictures.
    """
    check_file(path)
    av = _import_pyav()
    try:
        # Absolute: a name with a colon would be taken for a network address.
        container = av.open(os.path.abspath(path), **_list_options(av))
    except av.FFmpegError as error:
        raise _make_not_video_error(path, str(error)) from error
    streams = [stream for stream in container.streams.video if not _is_cover(stream)]
    if container.format.name in _TEXT_AS_PICTURES:
        container.close()
        raise _make_not_video_error(path, "it holds text or bytes of no known kind")
    if not streams:
        found = ", ".join(sorted({stream.type for stream in container.streams})) or "nothing"
        container.close()
        raise ValueError(
            explain(
                f"{path.name!r} holds no moving pictures: it has {found}.",
                "A video overlay shows the pictures of a camera.",
                ["Pass the file that the camera wrote.", "Check the path."],
            )
        )
    context = streams[0].codec_context
    if context is None:
        container.close()
        raise _make_not_video_error(path, "there is no decoder for its pictures")
    # With more threads FFmpeg hides damaged pictures by guessing instead of reporting them.
    context.thread_count = 1
    context.options = {"err_detect": "explode"}
    return container, streams[0]


def read_packets(
    container: "InputContainer", stream: "VideoStream"
) -> Iterator["Packet[VideoStream]"]:
    """Iterate over packets from where the container stands to its end, or to unreadable bytes."""
    # Before the loop: closed while Python ends, a generator could not import it any more.
    errors = get_decoding_errors()
    try:
        for packet in container.demux(stream):
            if packet.size:
                yield packet
    except errors:
        return


def has_no_times(container: "InputContainer") -> bool:
    """Tell whether a file is a bare stream, for which FFmpeg makes up times."""
    return bool(container.format.flags & _NO_TIMESTAMPS)


def check_file(path: Path) -> int:
    """Return the size of a file [bytes], or raise the error that fits."""
    return check_input_file(path, "The frames of a video are read from its file.").stat().st_size


def get_decoding_errors() -> type[Exception]:
    """Return the class of what PyAV raises about the contents of a file."""
    from av import FFmpegError

    return FFmpegError


def _list_options(av: ModuleType) -> dict[str, str]:
    old = int(av.__version__.partition(".")[0]) < _READS_ANY_METADATA
    return {"metadata_errors": "ignore"} if old else {}


def _import_pyav() -> ModuleType:
    try:
        import av
    except ImportError as error:
        raise ImportError(
            explain(
                "PyAV is not installed.",
                "It decodes the video files of cameras.",
                [make_install_line("neurospatial-overlays[camera]")],
            )
        ) from error
    return av


def _is_cover(stream: "VideoStream") -> bool:
    from av.stream import Disposition

    return bool(stream.disposition & Disposition.attached_pic)


def _make_not_video_error(path: Path, reason: str) -> ValueError:
    return ValueError(
        explain(
            f"{path.name!r} cannot be opened as a video: {reason}.",
            "It is of another kind, or was cut short before its table of frames was written.",
            [
                "Check that the recording was finished and copied whole.",
                "See what is in it: ffprobe " + str(path),
            ],
        )
    )
