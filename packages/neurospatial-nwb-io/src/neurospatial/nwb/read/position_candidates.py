"""Which series of a file may say where the animal was."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias, cast

from neurospatial.errors import explain
from neurospatial.nwb.file.length_units import is_angle
from neurospatial.nwb.file.time_series import TimedSamples, as_series, get_shape, read_unit
from neurospatial.nwb.file.tree import Item, find_named, make_ambiguity_error

_AXIS_LAST = re.compile(r"(?P<stem>(?:.*[ _.\-])?)(?P<axis>[xyz])", re.I)
_AXIS_FIRST = re.compile(r"(?P<axis>[xyz])(?P<stem>[ _.\-]?(?:pos|coord|loc).*)", re.I)
_PLACE_WORDS = re.compile(r"pos|loc|coord|track", re.I)
AXES = "xyz"
"""What coordinates are called, in the order of columns."""
_NOT_PLACES = ("CompassDirection", "EyeTracking", "PupilTracking", "PoseEstimation")


PositionLike: TypeAlias = str | Sequence[str] | TimedSamples
"""Positions: the name of a series or of several, one an axis; or samples with their times."""


@dataclass(frozen=True, eq=False)
class Column:
    """One coordinate: a series, or a column of one.

    Parameters
    ----------
    item : Item
    number : int or None
        Of the column; None where the series has no columns.
    axis : str
        "x", "y" or "z".
    """

    item: Item
    number: int | None
    axis: str


@dataclass(frozen=True, eq=False)
class Candidate:
    """Coordinates that belong together.

    Parameters
    ----------
    path : str
        What to pass to choose it.
    columns : tuple of Column
    """

    path: str
    columns: tuple[Column, ...]

    @property
    def axes(self) -> str:
        """Its axes, such as "xyz"."""
        return "".join(column.axis for column in self.columns)

    @property
    def is_joined(self) -> bool:
        """Whether each axis is a series of its own."""
        return self.columns[0].number is None


def find_position_candidates(items: Sequence[Item]) -> list[Candidate]:
    """Find what may be positions, of the most telling kind that there is.

    In order: series in a Position; any SpatialSeries; series with names such as
    x and y. Tracked eyes, poses and angles are none.
    """
    usable = [item for item in items if _is_usable(item)]
    spatial = [item for item in usable if item.is_a("SpatialSeries")]
    kinds = (
        [item for item in spatial if item.is_inside("Position")],
        spatial,
        [item for item in usable if item not in spatial and _has_place_name(item)],
    )
    for kind in kinds:
        wide = [item for item in kind if _count_axes(item) > 1]
        found = [*map(_make_candidate, wide), *_iter_joined(kind)]
        if kind is kinds[0]:
            taken = {column.item.path for candidate in found for column in candidate.columns}
            found += [_make_candidate(item) for item in kind if item.path not in taken]
        if found:
            return found
    return []


def choose_position(
    items: Sequence[Item], candidates: Sequence[Candidate], wanted: str | None
) -> Candidate:
    """Choose the candidate that is wanted, or the only one.

    Parameters
    ----------
    items : sequence of Item
    candidates : sequence of Candidate
        Those found among the items.
    wanted : str or None
        The end of a path: of a candidate, of what holds it, or of any series.

    Raises
    ------
    ValueError
        If there is none, several, or none of the name wanted.
    """
    if wanted is not None:
        return _find_candidate(items, candidates, wanted)
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        raise make_ambiguity_error([found.path for found in candidates], "position", "position")
    keypoints = [item.path for item in items if item.is_a("PoseEstimationSeries")]
    series = [item.path for item in items if item.is_a("TimeSeries")]
    raise ValueError(
        explain(
            "The file has no position: no SpatialSeries of two or three columns, none in a "
            "Position, and no series with names such as x and y.",
            "Where the animal was says which bins there are and where a neuron fired.",
            [
                *(f"Take a keypoint for it: position={path!r}" for path in keypoints[:2]),
                *([f"Join series: position={tuple(series[:2])!r}"] if len(series) > 1 else []),
                "Pass your own: position=pynapple.TsdFrame(t=times, d=positions)",
            ],
        )
    )


def join_positions(items: Sequence[Item], names: Sequence[str]) -> Candidate:
    """Join the series of these names, one an axis, in this order.

    Raises
    ------
    TypeError
        If they are no sequence of names.
    ValueError
        If one is of nothing, or of several.
    """
    series = [item for item in items if item.is_a("TimeSeries")]
    members = [find_named(series, name, "series", "position") for name in _validate_names(names)]
    found = [parse_axis(item.name) for item in members]
    own = [axis[1] for axis in found if axis is not None]
    axes = own if len(set(own)) == len(members) else list(AXES[: len(members)])
    columns = zip(members, axes, strict=True)
    return Candidate(
        " and ".join(item.path for item in members),
        tuple(Column(item, None, axis) for item, axis in columns),
    )


def parse_axis(name: str) -> tuple[str, str] | None:
    """Parse the name of a series into what it belongs to, and an axis.

    Examples
    --------
    >>> parse_axis("x"), parse_axis("pos_Y"), parse_axis("xpos"), parse_axis("rx")
    (('', 'x'), ('pos', 'y'), ('pos', 'x'), None)
    """
    matched = _AXIS_LAST.fullmatch(name) or _AXIS_FIRST.fullmatch(name)
    if matched is None:
        return None
    return matched["stem"].strip(" _.-"), matched["axis"].lower()


def _validate_names(wanted: object) -> Sequence[str]:
    if isinstance(wanted, Sequence) and all(isinstance(name, str) for name in wanted):
        return cast("Sequence[str]", wanted)
    raise TypeError(
        explain(
            f"position is a {type(wanted).__name__}.",
            "Positions are named, or samples that carry their times.",
            [
                "Pass the name of a series in the file.",
                "Pass a TsdFrame: pynapple.TsdFrame(t=times, d=positions)",
            ],
        )
    )


def _is_usable(item: Item) -> bool:
    if not item.is_a("TimeSeries") or item.is_a("PoseEstimationSeries"):
        return False
    return not item.is_inside(*_NOT_PLACES) and not is_angle(read_unit(as_series(item)))


def _has_place_name(item: Item) -> bool:
    found = parse_axis(item.name)
    plain = type(item.thing).__name__ == "TimeSeries"
    return plain and found is not None and (not found[0] or bool(_PLACE_WORDS.search(found[0])))


def _count_axes(item: Item) -> int:
    """Count the coordinates of each sample; 0 where a series has no shape of positions."""
    shape = get_shape(as_series(item))
    if len(shape) == 1:
        return 1
    return shape[1] if len(shape) == 2 and shape[1] <= len(AXES) else 0


def _make_candidate(item: Item) -> Candidate:
    """Make a candidate of one series: its two or three columns, or itself as one axis."""
    n_axes = _count_axes(item)
    if n_axes < 2:
        return Candidate(item.path, (Column(item, None, "x"),))
    columns = (Column(item, number, AXES[number]) for number in range(n_axes))
    return Candidate(item.path, tuple(columns))


def _iter_joined(items: Sequence[Item]) -> Iterator[Candidate]:
    """Join series of one coordinate that lie together and have names alike."""
    groups: dict[tuple[str, str], dict[str, Item]] = {}
    for item in items:
        found = parse_axis(item.name)
        if found is not None and _count_axes(item) == 1:
            groups.setdefault((item.folder, found[0]), {})[found[1]] = item
    for (folder, stem), axes in groups.items():
        if len(axes) > 1:
            path = "/".join(part for part in (folder, stem) if part)
            yield Candidate(path, tuple(Column(axes[axis], None, axis) for axis in sorted(axes)))


def _find_candidate(
    items: Sequence[Item], candidates: Sequence[Candidate], wanted: str
) -> Candidate:
    ending = f"/{wanted.strip('/')}"
    own = [found for found in candidates if f"/{found.path}".endswith(ending)]
    inside = [found for found in candidates if f"/{found.columns[0].item.folder}".endswith(ending)]
    matches = own or inside
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise make_ambiguity_error([found.path for found in matches], "position", "position")
    item = find_named([x for x in items if x.is_a("TimeSeries")], wanted, "position", "position")
    return _make_candidate(item)
