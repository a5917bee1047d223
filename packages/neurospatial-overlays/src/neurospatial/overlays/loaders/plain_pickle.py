"""Lists and texts that Python pickled, read without running anything.

A pickle is a program, and unpickling a file runs what whoever wrote it put there. Here it is
only taken apart (`pickletools.genops`), and of its instructions those alone are followed that
build lists, tuples, dictionaries, texts and numbers.
"""

import pickletools
from collections.abc import Callable
from typing import Any, TypeAlias

Plain: TypeAlias = "str | float | list[Plain] | tuple[Plain, ...] | dict[Any, Plain] | None"
"""What a pickle of texts and numbers holds."""

_VALUES = frozenset(
    {"STRING", "BINSTRING", "SHORT_BINSTRING", "UNICODE", "BINUNICODE", "SHORT_BINUNICODE"}
    | {"INT", "BININT", "BININT1", "BININT2", "LONG", "LONG1", "FLOAT", "BINFLOAT"}
)
"""Instructions whose argument is the value."""

_CONSTANTS = {"NONE": None, "NEWTRUE": True, "NEWFALSE": False}
_EMPTY: dict[str, Callable[[], Plain]]
_EMPTY = {"EMPTY_LIST": list, "EMPTY_DICT": dict, "EMPTY_TUPLE": tuple}
_SINCE_MARK: dict[str, Callable[[list[Any]], Plain]]
_SINCE_MARK = {"LIST": list, "TUPLE": tuple, "DICT": lambda items: _pair(items)}
_LENGTHS = {"TUPLE1": 1, "TUPLE2": 2, "TUPLE3": 3}
_IGNORED = frozenset({"PROTO", "FRAME", "STOP"})


def parse_plain_pickle(content: bytes) -> Plain:
    """Parse a pickle of lists, tuples, dictionaries, texts and numbers.

    Parameters
    ----------
    content : bytes

    Raises
    ------
    ValueError
        If it has another instruction, such as a call (nothing of it was run), is no pickle,
        or is damaged.

    Examples
    --------
    >>> import pickle
    >>> parse_plain_pickle(pickle.dumps([("nose", "x"), ("nose", "y")], protocol=0))
    [('nose', 'x'), ('nose', 'y')]
    >>> parse_plain_pickle(pickle.dumps(print))
    Traceback (most recent call last):
    ValueError: it has the instruction STACK_GLOBAL, which builds more than lists and texts
    """
    builder = _Builder()
    try:
        for instruction, argument, _ in pickletools.genops(content):
            builder.follow(instruction.name, argument)
        value: Plain
        (value,) = builder.stack
    except (IndexError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"instructions do not fit together ({error!r})") from error
    return value


class _Builder:
    """What the instructions have built so far, as the machine of pickle does."""

    def __init__(self) -> None:
        self.stack: list[Any] = []
        self._marks: list[int] = []
        self._memo: dict[int, Plain] = {}

    def follow(self, name: str, argument: Any) -> None:
        """Follow one instruction."""
        if name in _VALUES:
            self.stack.append(argument)
        elif name in _CONSTANTS:
            self.stack.append(_CONSTANTS[name])
        elif name in _EMPTY:
            self.stack.append(_EMPTY[name]())
        elif name in _LENGTHS:
            self._replace_top(len(self.stack) - _LENGTHS[name], tuple)
        elif name == "MARK":
            self._marks.append(len(self.stack))
        elif name in _SINCE_MARK:
            self._replace_top(self._marks.pop(), _SINCE_MARK[name])
        elif name in ("PUT", "BINPUT", "LONG_BINPUT"):
            self._memo[int(argument)] = self.stack[-1]
        elif name == "MEMOIZE":
            self._memo[len(self._memo)] = self.stack[-1]
        elif name in ("GET", "BINGET", "LONG_BINGET"):
            self.stack.append(self._memo[int(argument)])
        elif name in ("APPEND", "APPENDS"):
            items = self._take_from(-1 if name == "APPEND" else self._marks.pop())
            self.stack[-1].extend(items)
        elif name in ("SETITEM", "SETITEMS"):
            items = self._take_from(-2 if name == "SETITEM" else self._marks.pop())
            self.stack[-1].update(_pair(items))
        elif name not in _IGNORED:
            raise ValueError(
                f"it has the instruction {name}, which builds more than lists and texts"
            )

    def _replace_top(self, start: int, build: Callable[[list[Any]], Plain]) -> None:
        if start < 0:
            raise IndexError("too little on the stack")
        self.stack.append(build(self._take_from(start)))

    def _take_from(self, start: int) -> list[Any]:
        items = self.stack[start:]
        del self.stack[start:]
        return items


def _pair(items: list[Any]) -> dict[Any, Plain]:
    """Make a dictionary of keys and values in turn."""
    return dict(zip(items[::2], items[1::2], strict=True))
