"""The list of keywords stands once; where it is written again for a reader, it is the same."""

from dataclasses import fields
from pathlib import Path
from typing import Any, assert_type, get_type_hints

import numpy as np
from matplotlib.colors import Colormap

from neurospatial import Environment, animate_fields
from neurospatial.animation.cli.options import parse_parameters
from neurospatial.backends import AnimationKeywords, SavablePage, get_backend
from neurospatial.backends.registry import OURS
from neurospatial.html import HTMLPage
from neurospatial.scene import SceneKeywords, SceneOptions, compile_scene

OWN = {"save_path", "dpi", "progress", "dry_run"}
"""Options of backends that are parameters of their own in the signature."""

savable: type[SavablePage] = HTMLPage


def read_types(kind: type) -> dict[str, Any]:
    return get_type_hints(kind, localns={"Colormap": Colormap})


def test_the_typed_dict_has_the_fields_of_the_dataclass() -> None:
    assert read_types(SceneKeywords) == read_types(SceneOptions)


def test_the_docstrings_describe_every_keyword_alike() -> None:
    described = parse_parameters(SceneOptions.__doc__)
    assert [*described] == [field.name for field in fields(SceneOptions)]
    assert all(described.values())
    told = parse_parameters(animate_fields.__doc__)
    assert {name: told[name] for name in described} == described


def test_our_backends_take_what_the_typed_dict_says() -> None:
    taken: dict[str, Any] = {}
    for name in OURS:
        options = get_backend(name).Options
        hints = get_type_hints(options, localns={"napari": _AnyNapari})
        for field in hints.keys() - OWN:
            taken[field] = taken.get(field, hints[field]) | hints[field]
    wanted = {
        name: kind
        for name, kind in read_types(AnimationKeywords).items()
        if name not in read_types(SceneKeywords)
    }
    assert taken == wanted


class _AnyNapari:
    Viewer = Any


def check_types(env: Environment, values: np.ndarray[Any, np.dtype[np.float64]]) -> None:
    """Never run: a type checker reads it."""
    assert_type(env.animate_fields(values, save_path="x.mp4"), Path)
    assert_type(env.animate_fields(values, save_path=Path("x.mp4"), crf=20, fps=10).name, str)
    assert_type(animate_fields(env, values, save_path="x.html", cmap="hot"), Path)
    assert_type(animate_fields(values, env=env, save_path="x.html"), Path)
    assert_type(animate_fields(env, {"a": values, "b": [values[0]]}, save_path="x.gif"), Path)
    assert_type(env.animate_fields(values, backend="html").save("x.html"), Path)
    assert_type(env.animate_fields(values, backend="widget"), Any)
    assert_type(env.animate_fields(values, save_path="x.mp4", dry_run=True), Any)
    third_party: dict[str, Any] = {"brightness": 2.0}
    env.animate_fields(values, backend="wall", **third_party)
    env.animate_fields(values, save_path="x.mp4", fps="fast")  # type: ignore[call-overload]
    env.animate_fields(values, save_path="x.mp4", fsp=10)  # type: ignore[call-overload]
    compile_scene(env, values, fps="fast")  # type: ignore[arg-type]
