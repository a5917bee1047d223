"""Other processes that do something and say when they are in the middle of it."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent

SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGKILL"]


def _hear_signals() -> None:
    """Whoever started the tests may have had some ignored, as `nohup` does."""
    for name in SIGNALS[:-1]:
        signal.signal(getattr(signal, name), signal.SIG_DFL)


@contextmanager
def child(code: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """Run code until it prints a line, which it does when it is where it should be."""
    command = [sys.executable, "-c", dedent(code), *map(str, arguments)]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        preexec_fn=_hear_signals,
    ) as process:
        try:
            assert process.stdout is not None
            if process.stdout.readline() != "now\n":
                raise AssertionError(process.communicate()[1])
            yield process
        finally:
            process.kill()
            process.communicate()
