from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import pytest

from neurospatial.animation.cli.options import (
    Keyword,
    add_option,
    list_function_keywords,
    list_option_keywords,
    parse_parameters,
)
from neurospatial.backends import animate_fields
from neurospatial.scene import SceneOptions


@dataclass(frozen=True, kw_only=True)
class Options:
    """Options of nothing.

    Parameters
    ----------
    rate, size : float
        Two numbers,
        described together.
    codec : {"a", "b"}
        100 % chosen.

    Raises
    ------
    ValueError
        Never.
    """

    rate: float | None = None
    size: tuple[float, float] = (8.0, 6.0)
    codec: Literal["a", "b"] = "a"
    dry_run: bool = False
    n_workers: int | None = None
    bar: bool | float = False
    hook: Callable[[int], object] | None = None


def parsed(words: Sequence[str]) -> tuple[Namespace, list[str]]:
    parser = ArgumentParser()
    skipped = [k.name for k in list_option_keywords(Options) if not add_option(parser, k)]
    assert parser.format_help()
    return parser.parse_args(words), skipped


def test_what_is_not_given_leaves_no_trace() -> None:
    arguments, skipped = parsed([])
    assert arguments == Namespace()
    assert skipped == ["hook"]


@pytest.mark.parametrize(
    ("words", "name", "value"),
    [
        (["--rate", "2"], "rate", 2.0),
        (["--rate", "-2.5"], "rate", -2.5),
        (["--size", "4", "3"], "size", [4.0, 3.0]),
        (["--codec", "c"], "codec", "c"),
        (["--dry-run"], "dry_run", True),
        (["--no-dry-run"], "dry_run", False),
        (["--n-workers", "4"], "n_workers", 4),
        (["--bar"], "bar", True),
        (["--bar", "10"], "bar", 10.0),
    ],
)
def test_an_option_is_read_as_its_keyword_is_declared(
    words: list[str], name: str, value: object
) -> None:
    read = vars(parsed(words)[0])[name]
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize("words", [["--rate", "fast"], ["--n-workers", "1.5"], ["--size", "4"]])
def test_a_value_of_another_type_is_refused(words: list[str]) -> None:
    with pytest.raises(SystemExit):
        parsed(words)


def test_descriptions_are_read_from_the_docstring() -> None:
    assert parse_parameters(Options.__doc__) == {
        "rate": "Two numbers, described together.",
        "size": "Two numbers, described together.",
        "codec": "100 % chosen.",
    }
    assert parse_parameters(None) == {}


def test_the_keywords_of_the_library_become_options() -> None:
    parser = ArgumentParser()
    added = {k.name for k in list_function_keywords(animate_fields) if add_option(parser, k)}
    assert {"backend", "fps", "cmap", "vmin", "title", "dpi", "speed", "scale_bar"} <= added
    assert not {"env", "fields", "overlays", "frame_labels"} & added


def test_the_keywords_of_a_scene_become_options() -> None:
    parser = ArgumentParser()
    added = {k.name for k in list_option_keywords(SceneOptions) if add_option(parser, k)}
    assert {"fps", "cmap", "vmin", "title", "speed", "track", "scale_bar"} <= added
    assert not {"overlays", "frame_labels", "frame_times", "overlay_trajectory"} & added


def test_an_option_shows_its_default() -> None:
    parser = ArgumentParser()
    add_option(parser, Keyword("fps", float, 30, "Frames played per `second`."))
    assert "Frames played per second. Default: 30." in " ".join(parser.format_help().split())
