"""Whatever numbers are held in, every public door makes the same of them as of a plain array."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.validate.containers import (
    DURATIONS,
    HOLDERS,
    HOLDERS_WITH_A_GAP,
    NUMBERS,
    Array,
    lose_one,
    make_unknown_length,
)
from tests.validate.doors import DOORS, Hand
from tests.validate.outcomes import describe_outcome
from tests.validate.right import CLICKED, FIELD, FIELDS, LINEAR, PLACES, SQUARE, TIMES

GOOD = {
    "times": TIMES,
    "coordinates": PLACES,
    "angles": LINEAR,
    "points": PLACES,
    "events": [0.25, 1.0, 1.5],
    "values": FIELD,
    "sequences": FIELDS,
}
"""What is right at every door of a kind."""

ON_A_LINE = ("fields.compute_directional_fields", "fields.running_velocity")
GOOD_AT = {
    "Environment.from_mask(edges)": [0.0, 1.0],
    "Environment.from_grid_edges(edges)": LINEAR,
    "layouts.RegularGrid(edges)": LINEAR,
    "layouts.TriangularMesh(vertices)": [[0, 0], [4, 0], [0, 4]],
    "layouts.GraphTrack(segments)": [[[0, 0], [4, 0]]],
    "Environment.to_2d(linear)": LINEAR,
    "Environment.linearize(positions)": PLACES,
    "nwb.extend_fields(times)": [4.0, 5.0, 7.0],
    "nwb.write_fields(times)": TIMES,
    "decode_positions(fields)": FIELDS,
    "decode_positions(prior)": FIELD,
    "decode_positions(time_bins)": [0.0, 1.0, 2.0, 3.0],
    "overlays.Lens(camera_matrix)": [[500, 0, 6], [0, 500, 4], [0, 0, 1]],
    "overlays.Projective2D(matrix)": np.eye(3),
    "scene.Affine2D(matrix)": [[2, 0, 1], [0, 2, 1], [0, 0, 1]],
    "overlays.TimeSeriesOverlay(data)": LINEAR,
    "overlays.BodypartOverlay(confidence)": [1.0, 0.5, 0.25],
    "compute_tuning_map(values)": LINEAR,
    "compute_rayleigh(occupancy)": FIELD,
    "fields.sparsity(occupancy)": FIELD,
    "fields.spatial_information(occupancy)": FIELD,
    "nwb.write_rate_maps(occupancy)": FIELD,
    "nwb.write_rate_maps(fields)": FIELDS,
    "Environment.from_samples(positions)": [[0, 0], [2.5, 0.5], [2.5, 1.5]],
}
"""What is right at a door whose like want something else."""

BY_NAME = {"point": [0.5, 0.5], "polygon": SQUARE, "windows": [[0.0, 1.0], [1.0, 2.0]]}
BY_NAME |= {"landmarks_px": CLICKED, "landmarks_env": CLICKED, "points_px": CLICKED}
BY_NAME |= {"speed": [2.0, 0.5, 2.0], "overlays": PLACES}


DEEP = ("layouts.GraphTrack(segments)",)
"""Doors whose array has three axes."""


def get_good(door: str, kind: str) -> Array:
    """Look up what is right at a door."""
    callable_name, parameter = door.removesuffix(")").split("(")
    given = GOOD_AT.get(door, GOOD.get(kind, BY_NAME.get(parameter)))
    if kind == "coordinates" and callable_name in ON_A_LINE:
        given = LINEAR
    assert given is not None, f"nothing right is known for {door}"
    return np.asarray(given, dtype=float)


def iter_doors(*, numbers: bool = False) -> Iterator[tuple[str, str, Hand]]:
    for kind, doors in DOORS.items():
        if (kind == "numbers") == numbers:
            for door, hand in doors.items():
                yield door, kind, hand


def cross(holders: dict[str, Callable[[Array], object]], *kinds: str) -> list[object]:
    """Put every door of some kinds beside every way to hold its array."""
    return [
        pytest.param(door, kind, hand, holder, id=f"{door}-{name}")
        for door, kind, hand in iter_doors()
        if not kinds or kind in kinds
        for name, holder in holders.items()
        if can_hold(name, door, kind)
    ]


def can_hold(name: str, door: str, kind: str) -> bool:
    """Tell whether a table has as many axes; a series with values is no clock without them."""
    if name == "pynapple":
        clock = kind in ("times", "events", "sequences") or door.endswith("(windows)")
        return not clock and door not in DEEP
    return door not in DEEP or not name.startswith(("pandas", "polars", "masked", "list of"))


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("door", "kind", "hand", "holder"), cross(HOLDERS))
@pytest.mark.filterwarnings("default::UserWarning")
def test_what_holds_the_numbers_does_not_matter(
    door: str, kind: str, hand: Hand, holder: Callable[[Array], object]
) -> None:
    good = get_good(door, kind)
    held = holder(good)
    plain = describe_outcome(lambda: hand(good))
    assert plain[0] not in ("TypeError", "ValueError"), plain
    assert describe_outcome(lambda: hand(held)) == plain


@pytest.mark.parametrize(("door", "kind", "hand", "holder"), cross(HOLDERS_WITH_A_GAP))
@pytest.mark.filterwarnings("default::UserWarning")
def test_what_is_masked_or_missing_is_nan(
    door: str, kind: str, hand: Hand, holder: Callable[[Array], object]
) -> None:
    good = get_good(door, kind)
    plain = describe_outcome(lambda: hand(lose_one(good)))
    assert describe_outcome(lambda: hand(holder(good))) == plain


@pytest.mark.parametrize(("door", "kind", "hand", "holder"), cross(DURATIONS, "times", "events"))
@pytest.mark.filterwarnings("default::UserWarning")
def test_durations_are_seconds(
    door: str, kind: str, hand: Hand, holder: Callable[[Array], object]
) -> None:
    good = get_good(door, kind)
    assert describe_outcome(lambda: hand(holder(good))) == describe_outcome(lambda: hand(good))


@pytest.mark.parametrize(
    ("door", "hand", "holder"),
    [
        pytest.param(door, hand, holder, id=f"{door}-{name}")
        for door, _, hand in iter_doors(numbers=True)
        for name, holder in NUMBERS.items()
    ],
)
def test_a_number_of_any_type_is_that_number(
    door: str, hand: Hand, holder: Callable[[float], object]
) -> None:
    plain = describe_outcome(lambda: hand(2.0))
    assert plain[0] != "TypeError", plain
    assert describe_outcome(lambda: hand(holder(2.0))) == plain


@pytest.mark.parametrize(
    ("door", "kind", "hand"),
    [pytest.param(*one, id=one[0]) for one in iter_doors()],
)
def test_a_length_that_nobody_knows_is_refused(door: str, kind: str, hand: Hand) -> None:
    held = make_unknown_length(get_good(door, kind))
    with pytest.raises(ValueError, match=r"(?s)WHY: .*HOW: .*compute_chunk_sizes"):
        hand(held)
