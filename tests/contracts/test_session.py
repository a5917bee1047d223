"""What a session takes and gives: its keywords stand once, and its types say what they are."""

import inspect
from io import BytesIO
from pathlib import Path
from typing import Any, assert_type, get_type_hints

import numpy as np
from matplotlib.colors import Colormap
from numpy.typing import ArrayLike, NDArray

from neurospatial import Environment
from neurospatial.backends.keywords import AnimationKeywords, SavablePage
from neurospatial.nwb import Session, read_fields, read_session
from neurospatial.nwb.read.epochs import EpochLike
from neurospatial.nwb.session.animate import animate_session
from neurospatial.nwb.session.keywords import SessionKeywords

GIVEN = {"save_path", "progress"}
"""Parameters of every overload of `animate_fields`."""


def read_types(thing: object) -> dict[str, Any]:
    return get_type_hints(thing, localns={"Colormap": Colormap, "Session": Session})


def test_the_typed_dict_has_the_keywords_of_the_function() -> None:
    written, taken = read_types(SessionKeywords), read_types(animate_session)
    named = [
        p.name
        for p in inspect.signature(Session.animate).parameters.values()
        if p.kind is p.KEYWORD_ONLY
    ]
    assert {name: written[name] for name in named if name not in GIVEN} == {
        name: taken[name] for name in named if name not in GIVEN
    }
    assert set(written) - set(read_types(AnimationKeywords)) <= set(named)


class Intervals:
    """As an IntervalSet of pynapple."""

    start = np.array([0.0])
    end = np.array([1.0])


class Samples:
    """As a Tsd or a TsdFrame of pynapple."""

    t: NDArray[np.float64] = np.arange(3.0)
    values: ArrayLike = np.zeros((3, 2))


def check_types(session: Session, env: Environment, path: Path) -> None:
    """Never run: a type checker reads it."""
    assert_type(session.animate(3, bin_size=2, save_path="x.mp4"), Path)
    assert_type(session.animate([3, 4], env=env, save_path=path, fps=10, crf=20).name, str)
    assert_type(session.animate("mua", bin_size=2, backend="html"), SavablePage)
    assert_type(session.animate(np.int64(3), bin_size=2, backend="widget"), Any)
    assert_type(session.animate(3, bin_size=2, save_path="x.mp4", dry_run=True), Any)
    third_party: dict[str, Any] = {"brightness": 2.0}
    session.animate(3, bin_size=2, backend="wall", **third_party)
    session.animate(3, bin_size=2, save_path="x.mp4", widnow=60)  # type: ignore[call-overload]
    session.animate({3}, bin_size=2)  # type: ignore[call-overload]
    read_session(BytesIO(), position=("x", "y"), head_direction=False, spikes={"mua": [0.5]})
    with open(path, "rb") as file:
        read_session(file, position=Samples(), head_direction=Samples(), spikes={7: Samples()})
    read_session(path, head_direction=True)  # type: ignore[arg-type]
    epochs: list[EpochLike] = ["wake", (0, 1), Intervals(), session.epochs["trials"]]
    session.samples(epochs[0])
    read_fields("a.nwb").values.read(0, 1)
