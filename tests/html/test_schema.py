"""The header of every bundle is as the schema says, by Python's reckoning and by the player's."""

import json
from importlib.resources import files

import numpy as np
import pytest
from jsonschema import Draft202012Validator

from neurospatial import Environment
from neurospatial.html.bundle import FORMAT, VERSION
from neurospatial.testing import LAYOUTS
from tests.html.pages import bumps, bundled, every_layer, room, scene_in, track
from tests.html.test_player import HERE, node

SCHEMA = json.loads(files("neurospatial.html").joinpath("bundle.schema.json").read_text("utf-8"))


def headers():
    for n_frames in (1, 2, 700):
        fields = bumps(room(), n_frames)
        given = every_layer(n_frames, channels=4)
        _, read = bundled(scene_in(room(), fields, *given, title="T", scale_bar=10.0))
        yield f"every layer, {n_frames} frames", read.header
    _, read = bundled(scene_in(track(), np.eye(20)))
    yield "a line", read.header
    _, read = bundled(scene_in(room(), {"a": bumps(room(), 5), "b": bumps(room(), 5)}))
    yield "two panels", read.header
    for name, layout in LAYOUTS.items():
        env = Environment(layout(), units="cm")
        _, read = bundled(scene_in(env, np.zeros((2, env.n_bins))))
        yield name, read.header


HEADERS = dict(headers())


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["properties"]["format"]["const"] == FORMAT
    assert SCHEMA["properties"]["version"]["const"] == VERSION


@pytest.mark.parametrize("name", HEADERS)
def test_a_header_is_as_the_schema_says(name):
    Draft202012Validator(SCHEMA).validate(HEADERS[name])


def test_every_layer_is_tried():
    tried = {
        layer["type"]
        for header in HEADERS.values()
        for panel in header["panels"]
        for layer in (*panel["layers"], *header["strips"])
    }
    assert tried == set(SCHEMA["$defs"]["layer"]["properties"]["type"]["enum"])


def test_python_and_the_player_find_the_same():
    wrong = []
    for spoil in (
        lambda header: header.pop("fps"),
        lambda header: header["panels"][0]["view"].update(equal=1),
        lambda header: header["panels"][0]["layers"][0].update(n_bins=-1),
        lambda header: header["strips"].append({"type": "Trace"}),
        lambda header: header.update(n_frames=0),
    ):
        header = json.loads(json.dumps(HEADERS["a line"]))
        spoil(header)
        wrong.append(header)
        assert not Draft202012Validator(SCHEMA).is_valid(header)
    given = json.dumps([*HEADERS.values(), *wrong])
    found = json.loads(node(HERE / "check_headers.mjs", given=given))
    assert [bool(lines) for lines in found] == [False] * len(HEADERS) + [True] * len(wrong)
