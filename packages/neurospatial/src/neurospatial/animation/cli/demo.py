"""`neurospatial demo`: the main job on a real rat's trajectory."""

import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

from neurospatial.animation.cli.file_size import format_file_size
from neurospatial.animation.cli.options import add_progress

SUMMARY = "Write a video of simulated place cells on a real rat's trajectory."


def add_arguments(parser: ArgumentParser) -> None:
    """Take the file to write and the number of cells."""
    parser.add_argument(
        "--out",
        default="neurospatial-demo.mp4",
        metavar="FILE",
        help="Video to write. Default: %(default)s, here.",
    )
    parser.add_argument(
        "--cells",
        type=int,
        default=1,
        metavar="N",
        help="Cells to show; several are shown side by side. Default: %(default)s.",
    )
    add_progress(parser)


def run(arguments: Namespace) -> None:
    """Compute place fields over sliding windows, write the video and say so."""
    from neurospatial.backends import animate_fields, choose_backend
    from neurospatial.output import check_writable
    from neurospatial.samples import demo_session
    from neurospatial.samples.demo import BIN_CM, FPS, WINDOW_S

    # Before any work: whether there is anything to show it with, and somewhere to put it.
    choose_backend("auto", Path(arguments.out))
    check_writable(arguments.out)
    began = time.perf_counter()
    session = demo_session(arguments.cells)
    n_cells, n_frames, n_bins = session.rates.shape
    computed = time.perf_counter()
    print(
        f"{n_cells} cell{'s' if n_cells != 1 else ''}, {n_frames} windows of {WINDOW_S:g} s, "
        f"{n_bins} bins of {BIN_CM:g} cm: "
        f"{n_cells * n_frames} place fields in {computed - began:.1f} s",
        flush=True,
    )
    made = animate_fields(
        session.environment,
        session.fields,
        save_path=arguments.out,
        progress=arguments.progress,
        **session.keywords(),
    )
    seconds = time.perf_counter() - computed
    size = format_file_size(Path(arguments.out))
    print(
        f"wrote {made}: {n_frames} frames, {n_frames / FPS:.0f} s long, {size}, "
        f"in {seconds:.1f} s ({n_frames / seconds:.0f} frames/s)"
    )
