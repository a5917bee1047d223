"""How long a video would take, and how large it would be."""

import math
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from neurospatial.output import explain_failure, hold_draft_folder
from neurospatial.scene import Scene
from neurospatial.video.encode.encode import KEYFRAME_SECONDS, compute_frame_rate, open_part
from neurospatial.video.encode.parts import encode_parts
from neurospatial.video.figure.chrome import Chrome
from neurospatial.video.options import VideoOptions

_RANGES = 3
"""Ranges encoded to find out: at the start, in the middle and at the end, which may differ."""

_RANGE_FRAMES = 60
"""Frames of a range: of the usual rate one keyframe interval, so that the first weighs little."""

_MOST_WRAPPING = 24
"""Bytes that the container adds to a frame at most; the rest of a short file is its header."""


@dataclass(frozen=True)
class DryRun:
    """What rendering would take.

    Parameters
    ----------
    n_frames : int
        Frames of the whole video.
    n_sampled : int
        Frames encoded to find out.
    seconds : float
        Estimated time for all frames.
    n_bytes : int
        Estimated size of the file.
    """

    n_frames: int
    n_sampled: int
    seconds: float
    n_bytes: int

    def __str__(self) -> str:
        """Format the estimate in words."""
        count = f"{self.n_sampled} test frame{'s' if self.n_sampled > 1 else ''}"
        total = _format_duration(self.seconds)
        each = _format_duration(self.seconds / self.n_frames, short=True)
        return (
            f"Dry run: Rendering {count}...\n"
            f"Estimated time: {total} ({self.n_frames} frames, {each} per frame)\n"
            f"Estimated file size: {self.n_bytes / 1e6:.1f} MB"
        )


def estimate_video(scene: Scene, chrome: Chrome, options: VideoOptions) -> DryRun:
    """Encode a few ranges of frames, spread over the video, and scale up.

    Parameters
    ----------
    scene : Scene
    chrome : Chrome
    options : VideoOptions

    Returns
    -------
    DryRun
    """
    n_frames = scene.timeline.n_frames
    n_workers = options.n_workers or 1
    ranges = _choose_sample_ranges(n_frames, max(_RANGES, n_workers))
    n_sampled = sum(len(frames) for frames in ranges)
    with explain_failure(options.path), hold_draft_folder(options.path) as folder:
        paths = [folder / f"{number}{options.path.suffix}" for number in range(len(ranges))]
        jobs = list(zip(paths, ranges, strict=True))
        together = [jobs] if n_workers > 1 else [[job] for job in jobs]
        timed = [_time_parts(batch, scene, chrome, options) for batch in together]
        n_bytes = _scale_size(
            paths, n_frames, n_sampled, float(compute_frame_rate(scene.timeline))
        )
    start_up = timed[0][0]
    each = sum(working for _, working in timed) / max(1, n_sampled - len(together))
    if options.bitrate is not None:
        n_bytes = min(n_bytes, round(options.bitrate * 1000 / 8 * scene.timeline.duration))
    return DryRun(n_frames, n_sampled, start_up + each * n_frames, n_bytes)


def _time_parts(
    jobs: list[tuple[Path, range]], scene: Scene, chrome: Chrome, options: VideoOptions
) -> tuple[float, float]:
    """Encode some parts: seconds until the first frame was done, and from there to the end."""
    ticks = [perf_counter()]

    def note_time(_: int) -> None:
        ticks.append(perf_counter())

    if options.chosen_codec == "gif":
        from neurospatial.video.encode.gif import write_gif

        for path, frames in jobs:
            write_gif(path, scene, chrome, options, frames, note_time)
    else:
        paths, ranges = zip(*jobs, strict=True)
        encode_parts(list(paths), list(ranges), scene, chrome, options, note_time)
    return ticks[1] - ticks[0], perf_counter() - ticks[1]


def _choose_sample_ranges(n_frames: int, n_ranges: int) -> list[range]:
    if n_frames <= n_ranges * _RANGE_FRAMES:
        return [range(n_frames)]
    last = n_frames - _RANGE_FRAMES
    starts = [last * number // (n_ranges - 1) for number in range(n_ranges)]
    return [range(start, start + _RANGE_FRAMES) for start in starts]


def _scale_size(paths: list[Path], n_frames: int, n_sampled: int, fps: float) -> int:
    """Estimate the whole file's bytes: keyframes come at their own rate, the others fill up."""
    keys: list[int] = []
    others: list[int] = []
    for path in paths:
        with open_part(path) as part:
            for packet in part.demux(video=0):
                if packet.size:
                    (keys if packet.is_keyframe else others).append(packet.size)
    if n_sampled == n_frames:
        return sum(path.stat().st_size for path in paths)
    n_keys = math.ceil(n_frames / max(1, round(KEYFRAME_SECONDS * fps)))
    if not others:
        return round(n_frames * sum(keys) / len(keys))
    wrapping = (sum(path.stat().st_size for path in paths) - sum(keys) - sum(others)) / n_sampled
    each = sum(others) / len(others) + min(wrapping, _MOST_WRAPPING)
    return round(n_keys * sum(keys) / len(keys) + (n_frames - n_keys) * each)


def _format_duration(seconds: float, short: bool = False) -> str:
    if short:
        return f"{seconds:.2g}s" if seconds >= 1 else f"{seconds * 1000:.2g}ms"
    return f"{seconds / 60:.1f} minutes" if seconds >= 60 else f"{seconds:.1f} seconds"
