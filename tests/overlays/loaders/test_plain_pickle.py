"""Pickles of texts are read as Python reads them, and those that do more are refused."""

import os
import pickle
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurospatial.overlays.loaders.plain_pickle import parse_plain_pickle

PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=9)
scalars = (
    texts | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False) | st.none() | st.booleans()
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.lists(inner, max_size=5).map(tuple)
        | st.dictionaries(texts | st.integers(), inner, max_size=5)
    ),
    max_leaves=20,
)


@given(values, st.sampled_from(PROTOCOLS))
def test_what_is_plain_is_read_as_python_reads_it(value, protocol):
    assert parse_plain_pickle(pickle.dumps(value, protocol)) == value


def test_names_of_columns_share_their_texts():
    columns = [("scorer", f"part {k}", axis) for k in range(300) for axis in ("x", "y")]
    for protocol in PROTOCOLS:
        assert parse_plain_pickle(pickle.dumps(columns, protocol)) == columns


class Command:
    """What a file would run when it is unpickled."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, (self.text,)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_nothing_is_run(tmp_path, protocol):
    command = Command(f"echo run > {tmp_path / 'witness'}")
    content = pickle.dumps([("nose", command)], protocol)
    with pytest.raises(ValueError, match=r"the instruction (STACK_)?GLOBAL, which builds more"):
        parse_plain_pickle(content)
    assert not any(tmp_path.iterdir())
    pickle.loads(content)
    assert any(tmp_path.iterdir()), "the pickle would run nothing at all"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", "pickle exhausted"),
        (b"(lp0", "not fit|exhausted|newline"),
        (b"g7\n.", "do not fit together"),
        (b"a.", "do not fit together"),
        (b".", "not enough values"),
        (b"(lp0\n.trailing", None),
        (b"I1\nI2\n.", "too many values"),
        (b"\x86.", "do not fit together"),
        (b"t.", "do not fit together"),
        (b"((ldI1\ns.", "."),
        (b"(d(lI1\ns.", "unhashable"),
        (b"V\\u12\n.", "."),
        (b"\x8d\xff\xff\xff\xff\xff\xff\xff\x7f.", "."),
        (b"cos\nsystem\n(Vecho\ntR.", "GLOBAL"),
        (b"(ios\nsystem\n.", "INST"),
        (b"Pid\n.", "PERSID"),
        (b"\x82\x01.", "EXT1"),
    ],
)
def test_damage_is_told(content, text):
    if text is None:
        assert parse_plain_pickle(content) == []
        return
    with pytest.raises(ValueError, match=re.compile(text)):
        parse_plain_pickle(content)
