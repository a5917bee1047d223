"""From the words of a command line to an exit code."""

import os
import sys
import warnings
from collections.abc import Sequence
from importlib.metadata import version

from neurospatial.animation.cli import animate, backends, demo, info, render
from neurospatial.animation.cli.end_signals import EndedBySignal, raising_at_end_signals
from neurospatial.animation.cli.format_error import format_error
from neurospatial.animation.cli.parser import CommandParser

COMMANDS = {
    "demo": demo,
    "backends": backends,
    "render": render,
    "animate": animate,
    "info": info,
}
INTERRUPTED = 130
"""Exit code of what SIGINT ended: 128 and the signal's number."""

_BY_SIGNAL = 128
"""Added to a signal's number in the exit code of what it ended, as shells do."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    argv : sequence of str or None
        Its words; those the process was started with when left out.

    Returns
    -------
    int
        0 when done, 1 when it could not be done, 2 when the words make no
        command, 130 when interrupted, 143 and 129 when SIGTERM and SIGHUP asked it to end.
        All but 0 come with one line on stderr.

    Examples
    --------
    >>> main(["--version"])  # doctest: +ELLIPSIS
    neurospatial ...
    0
    """
    try:
        with raising_at_end_signals(), warnings.catch_warnings():
            warnings.showwarning = _show_warning  # type: ignore[assignment]
            words = sys.argv[1:] if argv is None else list(argv)
            arguments = _make_parser(words).parse_args(words)
            COMMANDS[arguments.command].run(arguments)
            sys.stdout.flush()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0
    except EndedBySignal as end:
        return _report_failure("asked to end; nothing was written.", _BY_SIGNAL + end.number)
    except KeyboardInterrupt:
        return _report_failure("interrupted; nothing was written.", INTERRUPTED)
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python would complain again when it closes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (ImportError, ValueError, TypeError, OSError, RuntimeError, MemoryError) as error:
        return _report_failure(format_error(error), 1)
    return 0


def _make_parser(words: Sequence[str]) -> CommandParser:
    """Build the parser; only the command that is asked for gets its options."""
    parser = CommandParser("neurospatial", "See spatial coding change over time.")
    parser.add_argument(
        "--version", action="version", version=f"neurospatial {version('neurospatial')}"
    )
    commands = parser.add_subparsers(
        title="commands", dest="command", metavar="COMMAND", required=True
    )
    for name, command in COMMANDS.items():
        subparser = commands.add_parser(name, help=command.SUMMARY, description=command.SUMMARY)
        if name in words:
            command.add_arguments(subparser)
    return parser


def _report_failure(line: str, code: int) -> int:
    print(f"neurospatial: error: {line}", file=sys.stderr)
    return code


def _show_warning(message: Warning | str, *_: object) -> None:
    print(f"neurospatial: warning: {format_error(message)}", file=sys.stderr)
