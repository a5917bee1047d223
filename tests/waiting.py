"""Waiting for something to be so, on a machine however busy."""

import time
from collections.abc import Callable

HANGS = 120.0
"""Seconds after which what is waited for is not coming: minutes of a machine that does nothing
else are seconds of this. Nothing else is judged by it."""


def wait_until(
    condition: Callable[[], object],
    what: str = "it",
    meanwhile: Callable[[], object] | None = None,
) -> None:
    """Wait for a condition to come true.

    Parameters
    ----------
    condition : callable
    what : str
        What an error says does not come true.
    meanwhile : callable, optional
        Called between two looks; left out, a moment passes.
    """
    end = time.monotonic() + HANGS
    while not condition():
        assert time.monotonic() < end, f"{what} does not come true within {HANGS:g} s"
        if meanwhile is not None:
            meanwhile()
        time.sleep(0.005)
