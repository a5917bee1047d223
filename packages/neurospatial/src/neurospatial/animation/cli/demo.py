"""`neurospatial demo`: the main job on a real rat's trajectory."""

import time
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from neurospatial.animation.cli.options import add_progress
from neurospatial.animation.cli.written import size_of

if TYPE_CHECKING:
    from neurospatial.environment import Environment
    from neurospatial.samples import Trajectory

SUMMARY = "Write a video of simulated place cells on a real rat's trajectory."

BIN_CM = 5.0
DRIFT_CM = 50.0
WINDOW_S = 180.0
STEP_S = 0.5
FPS = 30
SEED = 6


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
    from neurospatial.backends import choose_backend
    from neurospatial.output import check_writable
    from neurospatial.samples import open_field

    # Before any work: whether there is anything to show it with, and somewhere to put it.
    choose_backend("auto", Path(arguments.out), n_frames=1)
    check_writable(arguments.out)
    path = open_field()
    began = time.perf_counter()
    env, fields, centres = place_fields(path, arguments.cells)
    n_cells, n_frames, n_bins = fields.shape
    computed = time.perf_counter()
    print(
        f"{n_cells} cell{'s' if n_cells != 1 else ''}, {n_frames} windows of {WINDOW_S:g} s, "
        f"{n_bins} bins of {BIN_CM:g} cm: "
        f"{n_cells * n_frames} place fields in {computed - began:.1f} s",
        flush=True,
    )
    made = env.animate_fields(
        {f"cell {n}": cell for n, cell in enumerate(fields, 1)} if n_cells > 1 else fields[0],
        save_path=arguments.out,
        fps=FPS,
        cmap="viridis",
        vmin=0.0,
        # A bin that was crossed once in a window, during a burst, would set the range for all.
        vmax=float(np.nanpercentile(fields, 99.9)),
        title=f"Place fields that drift (simulated) on a rat's path, {FPS * STEP_S:g}× its pace",
        frame_times=centres,
        overlay_trajectory=position_at(path, centres),
        colorbar_label="rate [Hz]",
        progress=arguments.progress,
    )
    seconds = time.perf_counter() - computed
    size = size_of(Path(arguments.out))
    print(
        f"wrote {made}: {n_frames} frames, {n_frames / FPS:.0f} s long, {size}, "
        f"in {seconds:.1f} s ({n_frames / seconds:.0f} frames/s)"
    )


def place_fields(
    path: "Trajectory", n_cells: int
) -> tuple["Environment", NDArray[np.floating], NDArray[np.float64]]:
    """Simulate cells and compute their fields in windows that slide over the session.

    Parameters
    ----------
    path : Trajectory
    n_cells : int

    Returns
    -------
    env : Environment
    fields : ndarray, shape (n_cells, n_windows, n_bins)
        Rates [Hz].
    centres : ndarray, shape (n_windows,)
        The middle of each window [s].
    """
    from neurospatial import Environment, compute_place_fields
    from neurospatial.fields import sliding_windows
    from neurospatial.samples import simulate_place_cells

    cells = simulate_place_cells(*path, n_cells=n_cells, seed=SEED, drift=DRIFT_CM)
    env = Environment.from_samples(path.positions, bin_size=BIN_CM, units="cm")
    windows = sliding_windows(path.times[0], path.times[-1], width=WINDOW_S, step=STEP_S)
    fields = compute_place_fields(env, cells.spike_times, *path, windows=windows, dtype=np.float32)
    return env, fields, windows.mean(axis=1)


def position_at(path: "Trajectory", times: NDArray[np.float64]) -> NDArray[np.float64]:
    """Where the animal was at given times [s], shape (n_times, 2)."""
    return np.stack([np.interp(times, path.times, column) for column in path.positions.T], axis=1)
