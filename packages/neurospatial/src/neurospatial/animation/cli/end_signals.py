"""Signals that ask a process to end, so that what it had begun to write is removed."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

ENDING = ("SIGTERM", "SIGHUP")
"""What schedulers send before the time of a job is up, and terminals when they are closed.

SIGQUIT is left alone: it asks for a dump of the process as it is.
"""


class EndedBySignal(KeyboardInterrupt):
    """A process was asked to end, by a signal other than that of Ctrl-C.

    Parameters
    ----------
    number : int
        Of the signal.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextmanager
def raising_at_end_signals() -> Iterator[None]:
    """Raise `EndedBySignal` where one of these signals comes within the block.

    One that is ignored when the block begins, as under ``nohup``, stays so. In a thread, where
    Python lets nobody ask for signals, nothing changes.

    Raises
    ------
    EndedBySignal
        As soon as Python gets to it.
    """

    def end(number: int, _: FrameType | None) -> None:
        raise EndedBySignal(number)

    before = {}
    for name in ENDING:
        number = getattr(signal, name, None)  # Windows has no SIGHUP.
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            with suppress(ValueError):  # Not the main thread.
                before[number] = signal.signal(number, end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
