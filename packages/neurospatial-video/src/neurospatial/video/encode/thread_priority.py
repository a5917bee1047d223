"""How urgent the threads of an encoder are to the machine."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_TASKS = Path("/proc/self/task")


@contextmanager
def restored_thread_priority() -> Iterator[None]:
    """Keep this thread, and those begun within, as urgent as this thread is now.

    SVT-AV1 makes its threads and the one that opens it the most urgent of all wherever
    it may, which is as root, in most containers thus. What else runs there, and what is
    started from there afterwards, then stands still or has all others stand still.
    """
    if not sys.platform.startswith("linux"):
        yield
        return
    policy, priority = os.sched_getscheduler(0), os.sched_getparam(0)
    before = _list_threads()
    try:
        yield
    finally:
        for thread in {0} | (_list_threads() - before):
            with suppress(ProcessLookupError):  # It may have ended.
                if os.sched_getscheduler(thread) != policy:
                    os.sched_setscheduler(thread, policy, priority)


def _list_threads() -> set[int]:
    return {int(task.name) for task in _TASKS.iterdir()}
