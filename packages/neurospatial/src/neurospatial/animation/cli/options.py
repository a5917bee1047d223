"""Options of the command line, made from the keywords of the library.

There is one place for each decision: the name, the type, the default and the
description of an option are those of the keyword it stands for.
"""

import builtins
import inspect
import re
from argparse import SUPPRESS, ArgumentParser, BooleanOptionalAction
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from types import NoneType, UnionType
from typing import Literal, Union, get_args, get_origin, get_type_hints

_NUMBERS = {int: "N", float: "X"}


@dataclass(frozen=True)
class Keyword:
    """A keyword of the library.

    Parameters
    ----------
    name : str
    annotation : type, or str
        The type it is declared with.
    default : object
        ``inspect.Parameter.empty`` where there is none.
    description : str
    """

    name: str
    annotation: object
    default: object
    description: str


def list_function_keywords(function: Callable[..., object]) -> list[Keyword]:
    """List the keyword-only parameters of a function."""
    described = parse_parameters(function.__doc__)
    return [
        Keyword(p.name, p.annotation, p.default, described.get(p.name, ""))
        for p in inspect.signature(function).parameters.values()
        if p.kind is p.KEYWORD_ONLY
    ]


def list_option_keywords(options: type) -> list[Keyword]:
    """List the fields of a dataclass of options: a scene's, or a backend's."""
    described = parse_parameters(options.__doc__)
    types = _read_types(options)
    return [
        Keyword(
            field.name,
            types[field.name],
            inspect.Parameter.empty if field.default is MISSING else field.default,
            described.get(field.name, ""),
        )
        for field in fields(options)
    ]


def add_option(parser: ArgumentParser, keyword: Keyword) -> bool:
    """Offer a keyword as an option, and say whether that could be done.

    An option that is not given leaves no trace, so that its default stays the
    library's.

    Parameters
    ----------
    parser : argparse.ArgumentParser
    keyword : Keyword

    Returns
    -------
    bool
        False when its type cannot be said on a command line.

    Examples
    --------
    >>> parser = ArgumentParser()
    >>> add_option(parser, Keyword("fps", float, 30, "Frames played per second."))
    True
    >>> parser.parse_args(["--fps", "25"])
    Namespace(fps=25.0)
    """
    how = _make_argparse_arguments(keyword)
    if how is None:
        return False
    flag = f"--{keyword.name.replace('_', '-')}"
    parser.add_argument(flag, dest=keyword.name, default=SUPPRESS, help=_make_help(keyword), **how)  # type: ignore[arg-type]
    return True


def add_progress(parser: ArgumentParser) -> None:
    """Offer silence while long work goes on."""
    parser.add_argument(
        "--no-progress", dest="progress", action="store_false", help="Show no progress bar."
    )


def parse_parameters(docstring: str | None) -> dict[str, str]:
    """Read the descriptions in the Parameters section of a numpydoc docstring.

    Examples
    --------
    >>> parse_parameters(add_option.__doc__)
    {'parser': '', 'keyword': ''}
    >>> parse_parameters(Keyword.__doc__)["annotation"]
    'The type it is declared with.'
    """
    text = inspect.cleandoc(docstring or "")
    section = re.search(r"^Parameters\n-+\n(.*?)(?=\n\n\S[^\n]*\n---|\Z)", text, re.DOTALL | re.M)
    return dict(_iter_entries(section[1])) if section else {}


def _iter_entries(section: str) -> Iterator[tuple[str, str]]:
    for entry in re.split(r"\n(?=\S)", section):
        names, _, description = entry.partition("\n")
        for name in names.partition(" : ")[0].split(","):
            yield name.strip().lstrip("*"), " ".join(description.split())


def _make_argparse_arguments(keyword: Keyword) -> Mapping[str, object] | None:
    """Choose how `argparse` is to read it; None when it cannot."""
    kinds = [kind for kind in _get_alternatives(keyword.annotation) if kind is not NoneType]
    if complex in kinds:  # Whatever makes an array: nothing for a command line.
        return None
    numbers = [kind for kind in (float, int) if kind in kinds]
    words = [str(word) for kind in kinds if get_origin(kind) is Literal for word in get_args(kind)]
    if bool in kinds and numbers:
        return {"type": numbers[0], "nargs": "?", "const": True, "metavar": "X"}
    if bool in kinds:
        return {"action": BooleanOptionalAction}
    if numbers:
        return {"type": numbers[0], "metavar": _NUMBERS[numbers[0]]}
    if words:
        return {"metavar": "{" + ",".join(words) + "}"}
    if str in kinds or (object in kinds and isinstance(keyword.default, str)):
        return {"metavar": "NAME"}
    for kind in kinds:
        several = get_args(kind)
        if get_origin(kind) is tuple and set(several) <= {int, float}:
            return {"type": float, "nargs": len(several), "metavar": "X"}
    return None


def _read_types(options: type) -> Mapping[str, object]:
    try:
        return get_type_hints(options)
    except NameError:  # A type of a library that is imported late.
        return {field.name: field.type for field in fields(options)}


def _get_alternatives(annotation: object) -> tuple[object, ...]:
    if isinstance(annotation, str):
        names = [name.strip() for name in annotation.split("|")]
        return tuple(getattr(builtins, name, object) for name in names)
    if get_origin(annotation) in (Union, UnionType):
        return get_args(annotation)
    return (annotation,)


def _make_help(keyword: Keyword) -> str:
    text = keyword.description
    default = keyword.default
    if not isinstance(default, bool) and default not in (None, "", inspect.Parameter.empty):
        text = f"{text} Default: {default}.".strip()
    return text.replace("`", "").replace("%", "%%")
