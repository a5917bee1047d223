"""Progress of long work, shown or handed to the caller."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from neurospatial.errors import explain
from neurospatial.validate.numbers import to_number

Progress = bool | Callable[[int, int], object]
"""True for a bar, False for silence, or a function called with (done, total).

Whatever the function raises cancels the work. No half-written file is left; an array that
was passed to be filled, such as `out`, keeps what was written into it until then.
"""


def validate_progress(progress: Progress) -> None:
    """Check that progress is shown, or not, or handed to a function.

    Raises
    ------
    TypeError
        If it is anything else.

    Examples
    --------
    >>> validate_progress(print)
    """
    if callable(progress) or isinstance(to_number(progress), bool):
        return
    raise TypeError(
        explain(
            f"progress is {progress!r}.",
            "Long work shows a bar, or tells a function how far it is.",
            ["Pass True or False.", "Pass a function of (done, total)."],
        )
    )


@contextmanager
def show_progress(
    progress: Progress, total: int, description: str, unit: str = "frame"
) -> Iterator[Callable[[int], object]]:
    """Show the progress of long work, through a function that is told how many steps were done.

    Parameters
    ----------
    progress : bool or callable
        True shows a ``tqdm.auto`` bar; False shows nothing; a callable is given
        ``(done, total)``.
    total : int
        Number of steps.
    description, unit : str
        What the bar says.

    Yields
    ------
    callable
        To be called with the number of steps just finished.

    Examples
    --------
    >>> with show_progress(lambda done, total: print(done, "of", total), 3, "Fit") as step:
    ...     step(2)
    2 of 3
    """
    if callable(progress):
        report = progress
        done = 0

        def advance(steps: int) -> None:
            nonlocal done
            done += steps
            report(done, total)

        yield advance
        return
    if not progress:
        yield lambda steps: None
        return
    from tqdm.auto import tqdm

    with tqdm(total=total, desc=description, unit=unit) as bar:
        yield bar.update
