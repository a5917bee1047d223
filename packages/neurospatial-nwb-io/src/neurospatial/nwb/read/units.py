"""The units of a session: when each neuron fired, read when asked for."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeAlias, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.nwb.file.damage import explain_reading
from neurospatial.nwb.file.session_clock import to_session_seconds
from neurospatial.nwb.file.tree import Container, Item, find_named, make_ambiguity_error

_PLACES = ("location", "brain_area", "brain_region", "area", "region")

UnitId: TypeAlias = int | np.integer[Any] | str
"""What a unit is called: in a file by a number, else as the caller calls it."""

UnitIds: TypeAlias = UnitId | Sequence[UnitId] | NDArray[np.integer[Any]]
"""One unit, or several."""


class Spikes(Protocol):
    """The spikes of a unit as a Ts of pynapple has them."""

    @property
    def t(self) -> ArrayLike:
        """When it fired [s], shape (n_spikes,)."""


SpikesByUnit: TypeAlias = Mapping[Any, ArrayLike | Spikes]
"""Spike times [s] by unit: a dict, or a TsGroup of pynapple."""


class UnitsTable(Protocol):
    """What is asked of a Units table of pynwb."""

    id: Sequence[int]
    colnames: tuple[str, ...]

    def __getitem__(self, column: str) -> Sequence[object]: ...


class Ragged(Protocol):
    """What is asked of the index of a column whose rows have unequal lengths."""

    target: "Ragged"
    data: Sequence[float]


class UnknownUnitError(KeyError, ValueError):
    """No unit has this id."""

    def __str__(self) -> str:
        return str(self.args[0])  # KeyError would show the text quoted, on one line


class SpikeTrains(Mapping[UnitId, NDArray[np.float64]]):
    """Spike times [s] by the unit's id; a unit is read when it is asked for, and not kept.

    Parameters
    ----------
    table : UnitsTable
        Of an NWB file.

    Examples
    --------
    >>> from pynwb.misc import Units
    >>> table = Units(name="units")
    >>> table.add_unit(spike_times=[0.1, 0.5], id=7)
    >>> trains = SpikeTrains(table)
    >>> list(trains), trains[7]
    ([7], array([0.1, 0.5]))
    """

    def __init__(self, table: UnitsTable) -> None:
        self._table = table
        with explain_reading(table):
            ids = [int(number) for number in table.id[:]]
        self._rows: dict[UnitId, int] = {number: row for row, number in enumerate(ids)}

    def __getitem__(self, unit: UnitId) -> NDArray[np.float64]:
        row = self._find_row(unit)
        if "spike_times" not in self._table.colnames:
            raise ValueError(
                explain(
                    "The table of units has no column spike_times.",
                    "A rate is computed from the times of spikes.",
                    ["Choose a file with sorted spikes.", "Pass spikes= to read_session."],
                )
            )
        with explain_reading(self._table):
            return np.asarray(self._table["spike_times"][row], dtype=np.float64)

    def __iter__(self) -> Iterator[UnitId]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, unit: object) -> bool:
        return unit in self._rows

    @property
    def n_spikes(self) -> int:
        """How many spikes all units have."""
        if "spike_times" not in self._table.colnames:
            return 0
        return len(cast("Ragged", self._table["spike_times"]).target.data)

    def place(self, unit: UnitId) -> str:
        """Look up where in the brain a unit lies, as far as the table says.

        Raises
        ------
        KeyError
            If there is no such unit.
        """
        row = self._find_row(unit)
        for column in _PLACES:
            if column in self._table.colnames:
                with explain_reading(self._table):
                    return str(self._table[column][row])
        return ""

    def _find_row(self, unit: UnitId) -> int:
        if unit not in self._rows:
            raise make_unknown_unit_error(unit, list(self))
        return self._rows[unit]


def make_unknown_unit_error(unit: UnitId, ids: Sequence[UnitId]) -> UnknownUnitError:
    """Make the error for a unit that there is not, with those that there are.

    Examples
    --------
    >>> print(str(make_unknown_unit_error(20, [0, 1, 4])).splitlines()[0])
    There is no unit 20; the nearest is 4.
    """
    if not ids:
        return UnknownUnitError(
            explain(
                f"There are no units, and unit {unit!r} is asked for.",
                "Units are the rows of a table of units; a file without sorted spikes has none.",
                [
                    f"Pass spike times where the session is read: spikes={{{unit!r}: times}}.",
                    "Show what there is without: animate_fields(env, fields, "
                    "overlays=session.overlays()).",
                ],
            )
        )
    shown = ", ".join(str(unit_id) for unit_id in ids[:20])
    more = f", ... ({len(ids)} in all)" if len(ids) > 20 else ""
    near = ""
    if isinstance(unit, int) and ids and all(isinstance(unit_id, int) for unit_id in ids):
        numbers = cast("Sequence[int]", ids)
        near = f"; the nearest is {min(numbers, key=lambda unit_id: abs(unit_id - unit))}"
    return UnknownUnitError(
        explain(
            f"There is no unit {unit!r}{near}.",
            "Units are named by the ids of the table, which need not begin at 0.",
            [f"Pass one of the {len(ids)} ids: {shown}{more}"],
        )
    )


def find_spike_trains(
    items: Sequence[Item], wanted: str | None
) -> Mapping[UnitId, NDArray[np.float64]]:
    """Find the units of a file; empty where it has none.

    Raises
    ------
    ValueError
        If there are several tables, none of them the file's own, or none of the name wanted.
    """
    tables = [item for item in items if item.is_a("Units")]
    if wanted is not None:
        return SpikeTrains(
            cast("UnitsTable", find_named(tables, wanted, "table of units", "spikes").thing)
        )
    own = [item for item in tables if item.path == "units"] or tables
    if not own:
        return {}
    if len(own) > 1:
        raise make_ambiguity_error([item.path for item in own], "table of units", "spikes")
    return SpikeTrains(cast("UnitsTable", own[0].thing))


def to_spike_trains(trains: SpikesByUnit, root: Container) -> dict[UnitId, NDArray[np.float64]]:
    """Convert a mapping or a TsGroup of pynapple to spike times by unit.

    Parameters
    ----------
    trains : mapping, or TsGroup of pynapple
    root : Container
        The NWBFile, whose clock dates are on.

    Raises
    ------
    TypeError
        If it is neither.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from pynwb import NWBFile
    >>> nwbfile = NWBFile("a session", "1", datetime(2024, 5, 17, tzinfo=UTC))
    >>> to_spike_trains({7: [0.1, 0.5]}, nwbfile)
    {7: array([0.1, 0.5])}
    """
    if not hasattr(trains, "keys") or not hasattr(trains, "__getitem__"):
        raise TypeError(
            explain(
                f"spikes is a {type(trains).__name__}.",
                "Spike times are kept by unit.",
                ["Pass a dict: {7: times}", "Pass a TsGroup of pynapple."],
            )
        )
    return {unit: _to_times(trains[unit], root) for unit in trains.keys()}  # noqa: SIM118 - as pynapple has it


def normalize_unit_ids(unit: UnitIds) -> tuple[list[UnitId], bool]:
    """Normalize one id or several to a list, and whether they are several.

    Examples
    --------
    >>> normalize_unit_ids(3), normalize_unit_ids([3, 4]), normalize_unit_ids("mua")
    (([3], False), ([3, 4], True), (['mua'], False))
    """
    if isinstance(unit, Sequence | np.ndarray) and not isinstance(unit, str):
        return list(unit), True
    return [unit], False


def _to_times(train: ArrayLike | Spikes, root: Container) -> NDArray[np.float64]:
    return to_session_seconds(getattr(train, "t", train), "spike_times", root)
