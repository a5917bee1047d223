"""What cannot be decoded is refused, and what looks wrong is warned of."""

import numpy as np
import pytest

from neurospatial import Environment, decode_positions
from neurospatial.decoding import Decoded
from neurospatial.errors import is_explained
from neurospatial.fields import FieldSeries
from tests.decoding.worlds import make_box, make_world

WORLD = make_world(make_box(), n_units=3)
ENV, MAPS, TRAINS = WORLD.env, WORLD.fields, WORLD.spikes
NAMED = dict(zip("abc", TRAINS, strict=True))


def decode(**changed: object) -> Decoded:
    given = {"env": ENV, "fields": MAPS, "spike_times": TRAINS, "time_bins": (0, 60, 1)}
    return decode_positions(**{**given, "progress": False, **changed})  # type: ignore[arg-type]


def series(maps: np.ndarray, names: str = "abc", env: Environment = ENV) -> FieldSeries:
    return FieldSeries(maps, np.arange(maps.shape[1]), env, tuple(names))


BAD_PRIOR = np.ones(36)
BAD_PRIOR[3] = np.nan
REFUSED: dict[str, tuple[dict[str, object], type[Exception], str]] = {
    "fewer spikes than fields": (
        {"spike_times": TRAINS[:2]},
        ValueError,
        "There are fields of 3 units and spikes of 2.",
    ),
    "units of other names": (
        {"fields": {"x": MAPS[0], "y": MAPS[1]}, "spike_times": NAMED},
        ValueError,
        "2 of 2 units with a field have no spike times: x, y. Spikes are those of a, b, c.",
    ),
    "a field without spikes": (
        {"fields": series(MAPS[:, None]), "spike_times": {"a": TRAINS[0], "b": TRAINS[1]}},
        ValueError,
        "1 of 3 units with a field have no spike times: c.",
    ),
    "two of one name": (
        {"fields": {7: MAPS[0], "unit 7": MAPS[1]}, "spike_times": {7: [1.0], "unit 7": [2.0]}},
        ValueError,
        "Two units are called 'unit 7'.",
    ),
    "all-zero fields": ({"fields": MAPS * 0}, ValueError, "All fields are zero, of 3 units."),
    "negative rates": (
        {"fields": -MAPS},
        ValueError,
        "108 of 108 values of fields are negative or infinite.",
    ),
    "windows": (
        {"fields": series(np.repeat(MAPS[:, None], 4, axis=1)), "spike_times": NAMED},
        ValueError,
        "fields have shape (3, 4, 36), expected (n_units, 36).",
    ),
    "fields of other bins": (
        {"fields": MAPS[:, :5]},
        ValueError,
        "fields have shape (3, 5), expected (n_units, 36).",
    ),
    "fields of another environment": (
        {"fields": series(MAPS[:, None], env=Environment.from_grid_edges([np.arange(7.0)] * 2))},
        ValueError,
        "fields are of another environment",
    ),
    "a single unit": ({"spike_times": [0.1, 0.2]}, TypeError, "spike_times hold 2 single numbers"),
    "nobody fires": (
        {"spike_times": [[], [], []]},
        ValueError,
        "None of 3 units has a spike.",
    ),
    "longer than the session": (
        {"time_bins": (0.0, 2.0, 5.0)},
        ValueError,
        "A time bin of 5 s is longer than the session, 2 s.",
    ),
    "no width": (
        {"time_bins": (0.0, 60.0, 0)},
        ValueError,
        "The width of time_bins is 0.0 s.",
    ),
    "an end that is none": (
        {"time_bins": (0.0, np.nan, 1)},
        ValueError,
        "time_bins run from 0.0 s to nan s.",
    ),
    "edges that fall": (
        {"time_bins": [0.0, 60.0, 0.25]},
        ValueError,
        "time_bins are not monotonically increasing.",
    ),
    "one edge": (
        {"time_bins": [3.0]},
        ValueError,
        "time_bins have shape (1,), expected (n_frames + 1,).",
    ),
    "milliseconds": (
        {"spike_times": [train * 1000 + 5e5 for train in TRAINS]},
        ValueError,
        "60 of 60 time bins lie outside the times of the spikes",
    ),
    "a prior of nothing": ({"prior": np.zeros(36)}, ValueError, "prior sums to 0."),
    "a prior with NaN": (
        {"prior": BAD_PRIOR},
        ValueError,
        "prior has 1 values that are negative, NaN or infinite.",
    ),
    "a prior below 0": (
        {"prior": -np.ones(36)},
        ValueError,
        "prior has 36 values that are negative, NaN or infinite.",
    ),
    "a prior of other bins": (
        {"prior": np.ones(35)},
        ValueError,
        "prior has shape (35,), expected (36,).",
    ),
    "a prior by another name": ({"prior": "flat"}, ValueError, "prior is 'flat'."),
    "occupancy of nobody": (
        {"prior": "occupancy"},
        ValueError,
        "prior is 'occupancy', and nothing says where the animal was.",
    ),
    "positions without times": (
        {"positions": [[1.0, 1.0]]},
        TypeError,
        "There are positions and no times.",
    ),
    "nothing is possible": (
        {"fields": np.where(np.arange(36) < 18, np.nan, MAPS), "prior": np.arange(36) < 18},
        ValueError,
        "No bin is left: 18 of 36 have no rate of some unit",
    ),
    "out of another shape": (
        {"out": np.empty((60, 35), np.float32)},
        ValueError,
        "out has shape (60, 35), the fields (60, 36).",
    ),
    "out of whole numbers": ({"out": np.empty((60, 36), int)}, TypeError, "out is of int64."),
    "no threads": ({"n_jobs": 0}, ValueError, "n_jobs is 0."),
}


@pytest.mark.parametrize("case", sorted(REFUSED))
def test_it_is_refused(case: str) -> None:
    changed, error, first = REFUSED[case]
    with pytest.raises(error) as caught:
        decode(**changed)
    assert str(caught.value).startswith(first)
    assert is_explained(caught.value)


def test_the_unit_of_time_is_guessed() -> None:
    with pytest.raises(ValueError, match="look like milliseconds"):
        decode(spike_times=[train * 1000 + 100_000 for train in TRAINS], time_bins=(100, 160, 1))


def test_a_unit_without_a_field_is_left_out() -> None:
    alone = decode(
        fields=dict(zip("ab", MAPS[:2], strict=True)), spike_times=list(NAMED.values())[:2]
    )
    for fields, spikes in (
        (dict(zip("ab", MAPS, strict=False)), NAMED),
        (np.stack([MAPS[0], MAPS[1], np.full(36, np.nan)]), TRAINS),
    ):
        with pytest.warns(UserWarning, match="1 of 3 units have spikes and no field: "):
            found = decode(fields=fields, spike_times=spikes)
        np.testing.assert_array_equal(found.posterior, alone.posterior)


def test_a_silent_unit_says_where_the_animal_is_not() -> None:
    with_silent = decode(spike_times=[*TRAINS[:2], []])
    alone = decode(fields=MAPS[:2], spike_times=TRAINS[:2])
    peak = np.argmax(MAPS[2])
    assert (with_silent.posterior[:, peak] < alone.posterior[:, peak]).all()


def test_maps_of_different_places_are_warned_of() -> None:
    maps = MAPS.copy()
    maps[1, :4] = np.nan
    with pytest.warns(UserWarning, match="4 of 36 bins have a rate of some units and NaN"):
        found = decode(fields=maps)
    assert not found.posterior[:, :4].any()


@pytest.mark.parametrize(
    ("time_bins", "warns"),
    [((0, 100, 1), False), ((0, 130, 1), True), ((-10, 40, 1), False), ((20, 20.5, 0.01), False)],
)
def test_time_in_which_nothing_was_recorded_is_warned_of(
    time_bins: tuple[float, float, float], warns: bool
) -> None:
    def call() -> Decoded:
        return decode(time_bins=time_bins)

    if warns:
        with pytest.warns(UserWarning, match="70 of 130 time bins lie outside the times of the"):
            call()
    else:
        call()


def test_what_progress_raises_ends_the_work() -> None:
    def stop(done: int, total: int) -> None:
        raise InterruptedError(done, total)

    with pytest.raises(InterruptedError):
        decode(progress=stop)
