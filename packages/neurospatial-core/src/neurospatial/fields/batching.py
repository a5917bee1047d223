"""Many maps, made block by block, by several threads where asked."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from neurospatial.errors import explain
from neurospatial.progress import Progress, show_progress


class Block(NamedTuple):
    """The maps of some units in some windows."""

    units: slice
    windows: slice


def split_into_blocks(shape: tuple[int, ...], workers: int, values_at_once: int) -> list[Block]:
    """Divide maps (n_units, n_windows, n_bins) into blocks.

    Each block makes the occupancy of its windows anew, so units are divided
    only where those of one window are too many, or too few for the workers.

    Parameters
    ----------
    shape : tuple of int
        (n_units, n_windows, n_bins).
    workers : int
        How many blocks there should be at least, where possible.
    values_at_once : int
        The most values that all the blocks at work should have together.

    Examples
    --------
    >>> [block.windows for block in split_into_blocks((2, 3, 10), 1, 60)]
    [slice(0, 2, None), slice(2, 3, None)]
    """
    n_units, n_windows, n_bins = shape
    maps = max(1, values_at_once // (n_bins * workers))
    some_windows = min(max(1, maps // (n_units + 1)), max(1, -(-n_windows // workers)))
    some_units = max(1, n_units)
    if some_windows == 1:
        wanted = -(-workers // n_windows)
        some_units = max(1, min(some_units, maps - 1, -(-n_units // wanted)))
    return [
        Block(slice(unit, min(unit + some_units, n_units)), slice(window, last))
        for window in range(0, n_windows, some_windows)
        for last in [min(window + some_windows, n_windows)]
        for unit in range(0, n_units, some_units)
    ]


def run_blocks(
    fill: Callable[[Block], None],
    todo: Sequence[Block],
    workers: int,
    progress: Progress = False,
    description: str = "Computing fields",
    unit: str = "map",
) -> None:
    """Fill every block; the first error, here or in `progress`, ends the work and is raised.

    Progress counts maps, whatever they are called. What is done in one go shows no bar.
    """
    if len(todo) < 2 and not callable(progress):
        progress = False
    n_maps = sum(map(_count_maps, todo))
    with show_progress(progress, n_maps, description, unit) as report:
        if workers == 1:
            for block in todo:
                fill(block)
                report(_count_maps(block))
            return
        with ThreadPoolExecutor(workers) as pool:
            tasks = {pool.submit(fill, block): block for block in todo}
            try:
                for task in as_completed(tasks):
                    task.result()
                    report(_count_maps(tasks[task]))
            finally:
                for task in tasks:
                    task.cancel()


def _count_maps(block: Block) -> int:
    units, windows = block
    return int((units.stop - units.start) * (windows.stop - windows.start))


def resolve_n_jobs(n_jobs: int) -> int:
    """Return the number of threads; -1 is one per processor that may be used.

    Raises
    ------
    ValueError
        If it is neither -1 nor a positive whole number.

    Examples
    --------
    >>> resolve_n_jobs(3)
    3
    """
    if n_jobs == -1:
        may = getattr(os, "sched_getaffinity", None)
        return len(may(0)) if may else os.cpu_count() or 1
    if np.asarray(n_jobs).dtype.kind not in "iu" or n_jobs < 1:
        raise ValueError(
            explain(
                f"n_jobs is {n_jobs!r}.",
                "It is the number of threads that work at once.",
                ["Pass n_jobs=1, 2, …", "Pass n_jobs=-1 for one per processor."],
            )
        )
    return int(n_jobs)


def resolve_output(
    shape: tuple[int, ...], dtype: DTypeLike | None, out: ArrayLike | None
) -> NDArray[np.floating]:
    """Check `out` and return it, or make a new array to write to.

    Raises
    ------
    TypeError
        If its type is not floating, it is no array, or both are given.
    ValueError
        If `out` has another shape or cannot be written to.

    Examples
    --------
    >>> resolve_output((1, 2, 3), None, None).dtype
    dtype('float64')
    """
    if out is None:
        wanted = np.dtype(np.float64 if dtype is None else dtype)
        if np.issubdtype(wanted, np.floating):
            return np.empty(shape, dtype=wanted)
        raise TypeError(
            _explain_output(f"dtype is {wanted}.", "Pass dtype=np.float32, or np.float64.")
        )
    if dtype is not None:
        raise TypeError(
            _explain_output("Both dtype and out are given.", "Leave dtype out: out has one.")
        )
    if not isinstance(out, np.ndarray) or not np.issubdtype(out.dtype, np.floating):
        found = out.dtype if isinstance(out, np.ndarray) else type(out).__name__
        raise TypeError(
            _explain_output(f"out is of {found}.", f"Pass np.empty({shape}, np.float32).")
        )
    if out.shape != shape:
        way = f"Pass np.lib.format.open_memmap(path, 'w+', np.float32, {shape})."
        raise ValueError(_explain_output(f"out has shape {out.shape}, the fields {shape}.", way))
    if not out.flags.writeable:
        raise ValueError(
            _explain_output("out is read-only.", "Open the memory map with mode='r+'.")
        )
    return out


def _explain_output(problem: str, way: str) -> str:
    return explain(
        problem,
        "Values are not whole numbers, bins without one are NaN, and each map has its place.",
        [way],
    )
