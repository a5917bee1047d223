"""Damaged copies of sound files, each found again by its seed and number."""

import json
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Literal
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np

Kind = Literal["binary", "text", "json", "zip"]

_EXTREMES = (0, -1, 1, 127, 255, 2**15 - 1, 2**31 - 1, -(2**31), 2**32 - 1, 2**63 - 1, -(2**63))
"""Integers that sizes, offsets and counts go wrong with."""

_EDGE = 512
"""Bytes at either end of a file: where formats keep their sizes and directories."""

_LONGEST_BLOCK = 4_096
"""Bytes that are damaged at once: a sector, or a few pages of a network copy."""

_DEEP = "[" * 100_000 + "]" * 100_000
_CELLS = ("", "nan", "inf", "-1", "1e400", "9" * 400, "text", '"', "é", "x" * 200_000, "1,5", "\0")
_SEPARATORS = (b",", b";", b"\t", b" ", b"|", b"\n", b"\r")
_RAW = ("1e400", "-1e400", "9" * 5_000, "1" + "0" * 308, "NaN", "Infinity", _DEEP, "1e-400")
"""Values that JSON's text can say and Python's `json.dumps` does not write."""
_PLAIN = (
    None,
    True,
    False,
    0,
    -1,
    1,
    0.5,
    2**31,
    2**63,
    -(2**63),
    1e308,
    "",
    "text",
    [],
    {},
    [[]],
)
_MARK, _TWICE = "@raw@", "@twice@"


def mutate(content: bytes, rng: np.random.Generator, kind: Kind = "binary") -> bytes:
    """Damage a file as disks, copies, editors and other programs do.

    Parameters
    ----------
    content : bytes
        Of a sound file.
    rng : numpy.random.Generator
        The same one gives the same damage.
    kind : {"binary", "text", "json", "zip"}
        How deep the damage goes: "zip" (npz too) damages a member and packs it again with the
        right checksum, so that what unpacks it is not the only one that is asked.
    """
    if kind == "json" and rng.random() < 0.7:
        return _mutate_json(content, rng)
    if kind == "zip" and rng.random() < 0.6:
        return _mutate_member(content, rng)
    if kind in ("text", "json") and rng.random() < 0.9:
        return _mutate_repeatedly(content, rng, _TEXT)
    return _mutate_repeatedly(content, rng, _BINARY)


def iter_mutants(content: bytes, kind: Kind, start: int, n: int, seed: int) -> Iterator[bytes]:
    """Make mutants `start` to `n`; each depends on the seed and its own number alone."""
    for number in range(start, n):
        yield mutate(content, np.random.default_rng([seed, number]), kind)


Change = Callable[[bytes, np.random.Generator], bytes]
Place = tuple[dict | list, str | int]


def _mutate_repeatedly(
    content: bytes, rng: np.random.Generator, changes: tuple[Change, ...]
) -> bytes:
    for _ in range(int(rng.integers(1, 4))):
        content = changes[int(rng.integers(len(changes)))](content, rng)
    return content


def _draw_place(content: bytes, rng: np.random.Generator) -> int:
    edge = min(_EDGE, len(content))
    first = (0, len(content) - edge, 0)
    size = (edge, edge, len(content))
    part = int(rng.integers(3))
    return first[part] + int(rng.integers(max(size[part], 1)))


def _draw_block(content: bytes, rng: np.random.Generator) -> slice:
    start = _draw_place(content, rng)
    return slice(start, start + int(rng.integers(1, _LONGEST_BLOCK)))


def _flip(content: bytes, rng: np.random.Generator) -> bytes:
    damaged = bytearray(content)
    for _ in range(int(rng.integers(1, 20)) if content else 0):
        mask = 255 if rng.random() < 0.5 else 1 << int(rng.integers(8))
        damaged[_draw_place(content, rng)] ^= mask
    return bytes(damaged)


def _truncate(content: bytes, rng: np.random.Generator) -> bytes:
    return content[: _draw_place(content, rng)]


def _fill(content: bytes, rng: np.random.Generator) -> bytes:
    block = _draw_block(content, rng)
    value = b"\0" if rng.random() < 0.5 else b"\xff"
    return content[: block.start] + value * len(content[block]) + content[block.stop :]


def _move(content: bytes, rng: np.random.Generator) -> bytes:
    """Swap two blocks, or put one in twice, or over another, or take it out."""
    one, other = _draw_block(content, rng), _draw_block(content, rng)
    if one.start > other.start:
        one, other = other, one
    other = slice(max(one.stop, other.start), max(one.stop, other.stop))
    first, between, second = content[one], content[one.stop : other.start], content[other]
    order = (second + between + first, first * 2 + between + second, first + between + first, b"")
    return content[: one.start] + order[int(rng.integers(4))] + content[other.stop :]


def _insert(content: bytes, rng: np.random.Generator) -> bytes:
    place = _draw_place(content, rng)
    return content[:place] + rng.bytes(int(rng.integers(1, 64))) + content[place:]


def _set_integer(content: bytes, rng: np.random.Generator) -> bytes:
    size = (1, 2, 4, 8)[int(rng.integers(4))]
    place = _draw_place(content, rng)
    value = _EXTREMES[int(rng.integers(len(_EXTREMES)))] % 2 ** (8 * size)
    order: Literal["little", "big"] = "little" if rng.random() < 0.7 else "big"
    written = value.to_bytes(size, order)
    return content[:place] + written + content[place + size :]


_BINARY: tuple[Change, ...] = (_flip, _truncate, _fill, _move, _insert, _set_integer, _set_integer)


def _move_lines(content: bytes, rng: np.random.Generator) -> bytes:
    """Take lines out, put them in twice, swap them."""
    lines = content.splitlines(keepends=True)
    if not lines:
        return content
    # The first lines are headers: they are what formats are told by.
    one, other = (int(rng.integers(len(lines) if rng.random() < 0.5 else 5)) for _ in range(2))
    one, other = min(one, len(lines) - 1), min(other, len(lines) - 1)
    way = int(rng.integers(3))
    if way == 0:
        del lines[min(one, other) : max(one, other) + 1]
    elif way == 1:
        lines.insert(other, lines[one])
    else:
        lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def _change_cell(content: bytes, rng: np.random.Generator) -> bytes:
    cells = list(re.finditer(rb"[^,;\t\n\r ]+", content))
    if not cells:
        return content
    last = len(cells) if rng.random() < 0.6 else min(len(cells), 30)
    cell = cells[int(rng.integers(last))]
    value = _CELLS[int(rng.integers(len(_CELLS)))].encode()
    return content[: cell.start()] + value + content[cell.end() :]


def _change_separators(content: bytes, rng: np.random.Generator) -> bytes:
    one, other = (_SEPARATORS[int(rng.integers(len(_SEPARATORS)))] for _ in range(2))
    return content.replace(one, other, -1 if rng.random() < 0.7 else 3)


def _recode(content: bytes, rng: np.random.Generator) -> bytes:
    """Say it in another encoding, with its mark; what cannot be said goes wrong."""
    codes = ("utf-16", "utf-8-sig", "latin-1", "cp1252", "utf-32")
    text = content.decode("utf-8", errors="surrogateescape") + "µ"
    return text.encode(codes[int(rng.integers(len(codes)))], errors="replace")


def _insert_odd_bytes(content: bytes, rng: np.random.Generator) -> bytes:
    odd = (b"\0", b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"\x1a", b"\xef\xbb\xbf", b'"', b"\x85")
    place = _draw_place(content, rng)
    return content[:place] + odd[int(rng.integers(len(odd)))] + content[place:]


_TEXT: tuple[Change, ...] = (
    _move_lines,
    _change_cell,
    _change_cell,
    _change_separators,
    _recode,
    _insert_odd_bytes,
    _truncate,
    _flip,
)


def _mutate_json(content: bytes, rng: np.random.Generator) -> bytes:
    """Put other values at places of the tree, leave keys out, say keys twice."""
    tree = json.loads(content)
    raw = _RAW[int(rng.integers(len(_RAW)))]
    twice = ""
    for _ in range(int(rng.integers(1, 4))):
        places = list(_iter_places(tree))
        if not places:
            break
        parent, key = places[int(rng.integers(len(places)))]
        way = int(rng.integers(5))
        if way == 0:
            del parent[key]
        elif way == 1 and isinstance(parent, dict):
            twice = str(key)
            parent[_TWICE] = _PLAIN[int(rng.integers(len(_PLAIN)))]
        else:
            values = (_MARK, _PLAIN[int(rng.integers(len(_PLAIN)))], _copy_value(places, rng))
            parent[key] = values[int(rng.integers(3))]
    text = json.dumps(tree).replace(f'"{_MARK}"', raw).replace(f'"{_TWICE}"', json.dumps(twice))
    return text.encode()


def _copy_value(places: list[Place], rng: np.random.Generator) -> object:
    parent, key = places[int(rng.integers(len(places)))]
    return json.loads(json.dumps(parent[key]))


def _iter_places(tree: object) -> Iterator[Place]:
    items = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for key, value in items:
        yield tree, key
        if isinstance(value, (dict, list)):
            yield from _iter_places(value)


def _mutate_member(content: bytes, rng: np.random.Generator) -> bytes:
    with ZipFile(BytesIO(content)) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    wanted = list(members)[int(rng.integers(len(members)))]
    way = int(rng.integers(8))
    if way == 0:
        del members[wanted]
    elif way == 1:
        members["other.npy"] = members.pop(wanted)
    else:
        members[wanted] = _mutate_repeatedly(members[wanted], rng, _BINARY)
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        for name, member in members.items():
            packed.writestr(name, member)
    return file.getvalue()
