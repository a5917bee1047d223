"""Writing a page, whole or not at all."""

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from neurospatial.errors import explain
from neurospatial.html.options import HTMLOptions
from neurospatial.html.page_builder import PageBuilder
from neurospatial.html.size_guard import SizeGuard
from neurospatial.output import replace_when_whole
from neurospatial.progress import show_progress
from neurospatial.scene import Scene


def write_page(scene: Scene, options: HTMLOptions, path: Path) -> Path:
    """Write a page to a file.

    Parameters
    ----------
    scene : Scene
    options : HTMLOptions
    path : pathlib.Path

    Returns
    -------
    pathlib.Path

    Raises
    ------
    ValueError
        If there are more frames than `max_html_frames`, or the page would have
        more than `max_mb`; nothing is left behind.
    OSError
        If the file cannot be written; what was there before is left as it was.
    """
    check_frames(scene, options)
    with replace_when_whole(path) as draft, draft.open("wb") as file:
        _stream(scene, options, file, path.name)
    return path


def stream_page(scene: Scene, options: HTMLOptions, file: BinaryIO) -> None:
    """Write a page to an open file; else as `write_page`."""
    check_frames(scene, options)
    _stream(scene, options, file, "a page")


def check_frames(scene: Scene, options: HTMLOptions) -> None:
    """Raise if there are more frames than the options allow."""
    n_frames, limit = scene.timeline.n_frames, options.max_html_frames
    if limit is not None and n_frames > limit:
        raise ValueError(
            explain(
                f"There are {n_frames} frames, and max_html_frames is {limit}.",
                "A page is not written with more frames than that limit.",
                [
                    f"Raise the limit, max_html_frames={n_frames}, or leave it out: "
                    "a page holds any number.",
                    "Take fewer frames: subsample_frames(fields, source_fps, target_fps)",
                    "Write a video: save_path='animation.mp4'",
                ],
            )
        )


def _stream(scene: Scene, options: HTMLOptions, file: BinaryIO, name: str) -> None:
    n_frames, guard = scene.timeline.n_frames, SizeGuard(options.max_mb)
    with show_progress(options.progress, n_frames, f"Writing {name}") as advance:
        done = 0
        for part in PageBuilder(scene, options).iter_parts():
            guard.add(part)
            # What is too large is counted to its end: the user is told the size, not a guess.
            if not guard.is_too_large:
                file.write(part.data)
            done = _advance(advance, done, part.n_frames)
    guard.check()
    guard.warn_when_large()


def _advance(advance: Callable[[int], object], done: int, now: int) -> int:
    """Report the frames that have come since, and return how many are done."""
    if now > done:
        advance(now - done)
    return max(done, now)
