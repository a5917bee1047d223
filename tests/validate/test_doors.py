"""The same mistake gets the same answer, whatever public door it is made at."""

import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import pytest

from tests.validate.doors import DOORS, Hand
from tests.validate.exempt import EXEMPT, OTHERWISE
from tests.validate.right import PLACES

CALLED = {
    "overlays.EventOverlay(times)": "Event times",
    "overlays.EventOverlay(positions)": "Event positions",
    "overlays.ObjectVectorOverlay(objects)": "Object positions",
    "overlays.BodypartOverlay(data)": "'nose' of BodypartOverlay data",
    "overlays.BodypartOverlay(confidence)": "Confidence of 'nose'",
    "overlays.VideoCalibration.apply(points_px)": "points",
    "scene.OverlayContext.to_drawable_coordinates(data)": "Overlay data",
    "nwb.write_overlays(overlays)": "PositionOverlay 'Position' data",
    "compute_place_field(spike_times)": "Spike times of unit",
    "compute_place_fields(spike_times)": "Spike times of unit 0",
    "compute_tuning_curves(spike_times)": "Spike times of unit 0",
    "decode_positions(spike_times)": "Spike times of unit 0",
    "compute_stability(spike_times)": "Spike times of unit 0",
    "fields.compute_directional_fields(spike_times)": "Spike times of unit 0",
    "Environment.distance_to(places)": "points",
    "Environment.distance_between(a)": "points",
    "Environment.distance_between(b)": "points",
    **dict.fromkeys(("Region(point)", "Regions.add(point)"), "Region 'goal' point"),
    **dict.fromkeys(("Region(polygon)", "Regions.add(polygon)"), "The polygon of region 'goal'"),
    "Regions.update(point)": "Region 'end' point",
    "Regions.update(polygon)": "The polygon of region 'end'",
}
"""What texts call a parameter where it is not its name, nor its overlay's before it."""

UNITS = {
    "max_gap": " s",
    "width": " s",
    "step": " s",
    "size": " points",
    "window": " seconds",
}
ON_A_LINE = ("fields.compute_directional_fields", "fields.running_velocity")


class Question(NamedTuple):
    """A mistake, and the first line of the answer."""

    mistake: str
    bad: object
    error: type[Exception]
    answer: str


def ask_reals(shape: tuple[int, ...], *, dates: bool = True) -> Iterator[Question]:
    """Ask for what is no real number, though it may look like one; dates are times."""
    for mistake, value in (
        ("complex", np.ones(shape, complex)),
        ("text", np.full(shape, "1")),
        ("objects", np.full(shape, 1.0, object)),
        ("dates", np.full(shape, np.datetime64("2026-01-01", "s"))),
    ):
        if mistake == "dates" and not dates:
            continue
        answer = f"{{name}}: dtype {value.dtype}, expected real numbers."
        yield Question(mistake, value, TypeError, answer)


def ask_sequences() -> Iterator[Question]:
    """Ask the same of fields whose values are not read at the door."""
    for question in ask_reals((3, 6)):
        yield question._replace(answer=f"{{name}} have dtype {question.bad.dtype}.")


def make_far(columns: slice) -> np.ndarray:
    far = np.array(PLACES)
    far[1] = np.inf
    return far[:, columns]


DIMENSION = Question(
    "another dimension", np.ones((3, 3)), ValueError, "{name} has incorrect shape."
)
INFINITE = Question(
    "infinite",
    make_far(slice(None)),
    ValueError,
    "{name}: found 1 samples with Inf values at indices: [1].",
)
UNORDERED = "{stamps} are not monotonically increasing."
QUESTIONS = {
    "times": [
        Question(
            "NaN",
            [0, np.nan, 1],
            ValueError,
            "{stamps}: found 1 NaN/Inf values at indices: [1].",
        ),
        Question("backwards", [0, 2, 1], ValueError, UNORDERED),
        Question("twice", [0, 1, 1], ValueError, UNORDERED),
        Question(
            "too few", [0, 1], ValueError, "{name} have shape (2,), and there are 3 samples."
        ),
        *ask_reals((3,), dates=False),
    ],
    "coordinates": [DIMENSION, INFINITE, *ask_reals((3, 2))],
    "angles": [DIMENSION, INFINITE, *ask_reals((3,))],
    "points": [DIMENSION, *ask_reals((3, 2))],
    "events": [
        Question("NaN", [0, np.nan, 1], ValueError, "{name} have shape (3,), 1 are not finite."),
        Question(
            "two axes", [[0], [1]], ValueError, "{name} have shape (2, 1), 0 are not finite."
        ),
        *ask_reals((3,), dates=False),
    ],
    "values": [
        Question("another shape", np.ones(7), ValueError, "{name} has shape (7,), expected (6,)."),
        *ask_reals((6,)),
    ],
    "sequences": [*ask_sequences()],
    "arrays": [*ask_reals((3, 2))],
    "numbers": [
        Question(repr(bad), bad, ValueError, f"{{name}} is {bad!r}{{unit}}.")
        for bad in (0, -1.0, np.nan, "1", 1j)
    ],
}


def list_questions() -> list[object]:
    """List what is asked at each door."""
    asked = []
    for kind, doors in DOORS.items():
        for door, hand in doors.items():
            for question in QUESTIONS[kind]:
                if (door, question.mistake) in OTHERWISE:
                    continue
                if question is INFINITE and door.split("(")[0] in ON_A_LINE:
                    question = question._replace(bad=make_far(slice(1)))
                where = f"{door}-{question.mistake}"
                asked.append(pytest.param(door, kind, hand, question, id=where))
    return asked


def name_parameter(door: str, kind: str) -> str:
    """Name a parameter as texts do."""
    if door in CALLED:
        return CALLED[door]
    owner, parameter = door.removeprefix("overlays.").removesuffix(")").split("(")
    if owner.endswith("Overlay"):
        return f"{owner}: {parameter}" if kind == "numbers" else f"{owner} {parameter}"
    return parameter


@pytest.mark.parametrize(("door", "kind", "hand", "question"), list_questions())
def test_the_same_mistake_gets_the_same_answer(
    door: str, kind: str, hand: Hand, question: Question
) -> None:
    name = name_parameter(door, kind)
    owner, _, parameter = name.rpartition(" ")
    stamps = f"{owner} timestamps" if owner else name
    wanted = question.answer.format(name=name, stamps=stamps, unit=UNITS.get(parameter, ""))
    with pytest.raises(question.error) as caught:
        hand(question.bad)
    text = str(caught.value)
    first = re.sub(r"(and there are 3) .+\.$", r"\1 samples.", text.split("\n")[0])
    assert first == wanted
    assert re.search(r"(?s)\n\n  WHY: .+\n\n  HOW: Choose one of these solutions:\n    1\. ", text)


ROOMS = (
    "", "backends", "decoding", "environment", "fields", "layouts", "regions", "samples", "scene",
    "overlays", "nwb", "video", "html", "widget", "animation",
)  # fmt: skip
DATA = {
    *("times", "frame_times", "spike_times", "positions", "position", "points", "point", "linear"),
    *("data", "field", "fields", "values", "occupancy", "speed", "windows", "confidence"),
    *("prior", "time_bins"),
    *("edges", "polygon", "mask", "objects", "points_px", "landmarks_px", "landmarks_env"),
}
"""Names under which the public callables take arrays."""


def iter_callables() -> Iterator[tuple[str, Callable[..., object]]]:
    """Go through what the rooms export, and the public methods of its classes."""
    listed = set()
    for room in ROOMS:
        module = importlib.import_module(f"neurospatial.{room}" if room else "neurospatial")
        for name in sorted(getattr(module, "__all__", dir(module))):
            exported = getattr(module, name)
            if name.startswith("_") or not callable(exported) or id(exported) in listed:
                continue
            listed.add(id(exported))
            path = f"{room}.{name}" if room else name
            yield path, exported
            for method in list_methods(exported):
                yield f"{path}.{method}", getattr(exported, method)


def list_methods(exported: object) -> list[str]:
    """List the public methods that are ours, of a class."""
    ours = [
        one
        for one in getattr(exported, "__mro__", ())
        if one.__module__.startswith("neurospatial")
    ]
    names = {name for one in ours for name in vars(one) if not name.startswith("_")}
    return sorted(name for name in names if callable(getattr(exported, name)))


def list_parameters(public: Callable[..., object]) -> list[str]:
    try:
        return list(inspect.signature(public).parameters)
    except ValueError:  # Of built-in types, as those of an enumeration.
        return []


def list_public() -> set[str]:
    return {
        f"{path}({parameter})"
        for path, public in iter_callables()
        for parameter in list_parameters(public)
    }


def test_every_parameter_that_takes_data_is_a_door_or_has_a_reason() -> None:
    public = list_public()
    doors = {door for some in DOORS.values() for door in some}
    assert doors <= public, "the table names what does not exist"
    data = {one for one in public if re.fullmatch(r".+\((\w+)\)", one)[1] in DATA}
    exempt = {one for one in data for pattern in EXEMPT if re.fullmatch(pattern, one)}
    assert sorted(data - doors - exempt) == [], "new doors: into tests/validate/doors.py"
    assert not doors & exempt
    idle = [p for p in EXEMPT if not any(re.fullmatch(p, one) for one in data)]
    assert not idle, "exemptions of nothing"


def test_what_is_said_otherwise_is_a_question_of_that_door() -> None:
    asked = {
        (door, question.mistake)
        for kind, doors in DOORS.items()
        for door in doors
        for question in QUESTIONS[kind]
    }
    assert set(OTHERWISE) <= asked
