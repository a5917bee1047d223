"""The argument parser: mistakes on one line, with the nearest option named."""

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn

from neurospatial.errors import suggest_name


class CommandParser(argparse.ArgumentParser):
    """Like its base, but terse about mistakes and strict about names.

    Parameters
    ----------
    prog : str or None
        Name of the command.
    description : str or None
        What it does.
    **others : object
        What `argparse` itself passes when it makes the parser of a command.
    """

    def __init__(
        self, prog: str | None = None, description: str | None = None, **others: object
    ) -> None:
        super().__init__(prog=prog, description=description, allow_abbrev=False)

    def parse_args(self, words: Sequence[str]) -> argparse.Namespace:  # type: ignore[override]
        """Parse, naming the option nearest to one that does not exist."""
        arguments, unknown = self.parse_known_args(words)
        if unknown:
            self.error(
                f"unrecognized arguments: {' '.join(unknown)}.{self._suggest_nearest(unknown[0])}"
            )
        return arguments

    def error(self, message: str) -> NoReturn:
        """Print one line and leave."""
        print(f"neurospatial: error: {message}", file=sys.stderr)
        raise SystemExit(2)

    def _suggest_nearest(self, word: str) -> str:
        return suggest_name(word.split("=")[0], self._list_options())

    def _list_options(self) -> list[str]:
        options: list[str] = []
        for action in self._actions:
            options += action.option_strings
            if isinstance(action, argparse._SubParsersAction):
                for parser in action.choices.values():
                    options += parser._list_options()
        return options
