"""The fields of units and their spikes, matched."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.environment import Environment
from neurospatial.errors import explain
from neurospatial.fields import FieldSeries
from neurospatial.fields.spikes import SpikeTrains, normalize_spike_trains, read_spike_trains
from neurospatial.validate import to_real_array, warn_user

UnitFields: TypeAlias = FieldSeries[Any] | Mapping[Any, ArrayLike] | ArrayLike
"""A field for each unit: by name, or in the order of the spikes, shape (n_units, n_bins)."""

_LISTED = 5
"""Names that are listed, so that a text stays on a few lines."""

_WHY = "A unit says where the animal is by its spikes and its field together."


class Units(NamedTuple):
    """What is decoded from.

    Parameters
    ----------
    names : tuple of str
    rates : ndarray, shape (n_units, n_bins)
        The field of each unit [Hz]; NaN where none is known.
    trains : list of ndarray, each (n_spikes,)
        The spikes of each unit [s], increasing.
    """

    names: tuple[str, ...]
    rates: NDArray[np.float64]
    trains: list[NDArray[np.float64]]


def match_units(env: Environment, fields: UnitFields, spike_times: SpikeTrains) -> Units:
    """Match the fields of units with their spikes, by name where both have names.

    Spikes of a unit that has no field say nothing of a place: they are left out, with a
    warning. That of a unit without spikes cannot be told from one that was silent.

    Raises
    ------
    ValueError
        If no unit has both, a field has no spikes, shapes do not fit, a rate is
        negative or infinite, or every rate is 0.
    TypeError
        If spike times are those of a single unit.

    Examples
    --------
    >>> env = Environment.from_mask([True, True], [[0, 2, 4]])
    >>> match_units(env, {7: [1.0, 0.0], 8: [0.0, 1.0]}, {8: [0.2], 7: [0.1]}).trains
    [array([0.1]), array([0.2])]
    """
    names, rates = _read_fields(env, fields)
    of_spikes, given = normalize_spike_trains(spike_times)
    if names is None or not _has_names(spike_times):
        _check_rows(len(rates), len(given))
        names, rows = of_spikes if names is None else names, list(range(len(given)))
    else:
        rows = _match_names(names, of_spikes)
    kept = np.flatnonzero(~np.isnan(rates).all(axis=1))
    if kept.size < len(names):
        missing = [name for number, name in enumerate(names) if number not in kept]
        _warn_without_field(missing, len(names))
    names = tuple(names[number] for number in kept)
    trains = read_spike_trains([given[rows[number]] for number in kept], names)
    _check_rates(rates[kept])
    return Units(names, rates[kept], trains)


def _read_fields(
    env: Environment, fields: UnitFields
) -> tuple[tuple[str, ...] | None, NDArray[np.float64]]:
    """Read fields as an array (n_units, n_bins), and names where the units have some."""
    names: tuple[str, ...] | None = None
    values: Any = fields
    if isinstance(fields, FieldSeries):
        if fields.env.layout is not env.layout and fields.env.layout != env.layout:
            problem = f"fields are of another environment: {fields.env}, and not {env}."
            raise ValueError(explain(problem, _WHY, ["Pass fields.env as the environment."]))
        names = fields.names or ("unit 0",)
        values = np.asarray(fields) if fields.ndim == 3 else np.asarray(fields)[np.newaxis]
    elif isinstance(fields, Mapping):
        names, maps = normalize_spike_trains(fields)
        values = np.stack([np.atleast_2d(to_real_array(one, "fields")) for one in maps])
    rates = to_real_array(values, "fields")
    if rates.ndim == 3 and rates.shape[1] == 1:
        rates = rates[:, 0]
    if rates.ndim == 2 and rates.shape[1] == env.n_bins and len(rates):
        return names, rates
    what = f"fields have shape {rates.shape}, expected (n_units, {env.n_bins})."
    ways = ["Make them of the whole session: compute_place_fields(env, spike_times, times, …)."]
    if rates.ndim == 3:
        ways.append("Pass those of one window: fields[:, 0].")
    raise ValueError(explain(what, "Each unit has one field, a rate in each bin.", ways))


def _check_rows(n_fields: int, n_trains: int) -> None:
    if n_fields != n_trains:
        raise ValueError(
            explain(
                f"There are fields of {n_fields} units and spikes of {n_trains}.",
                "Without names, units are matched in their order.",
                ["Pass as many of one as of the other, in the same order.",
                 "Pass both by name: {'cell 7': field}, {'cell 7': spikes}."],
            )
        )  # fmt: skip


def _has_names(spike_times: SpikeTrains) -> bool:
    """Tell whether units are those of a mapping, or of a series of pandas."""
    index = getattr(spike_times, "index", None)
    return isinstance(spike_times, Mapping) or (index is not None and not callable(index))


def _match_names(names: Sequence[str], of_spikes: Sequence[str]) -> list[int]:
    """Find the spikes of each field."""
    twice = [name for name, n in Counter([*set(of_spikes), *names]).items() if n > 2]
    twice += [name for name, n in Counter(of_spikes).items() if n > 1]
    if twice:
        way = ["Give each unit a name of its own.", "Pass fields as an array, unit by unit."]
        raise ValueError(explain(f"Two units are called {twice[0]!r}.", _WHY, way))
    place = {name: number for number, name in enumerate(of_spikes)}
    missing = [name for name in names if name not in place]
    if missing:
        raise ValueError(
            explain(
                f"{len(missing)} of {len(names)} units with a field have no spike times: "
                f"{_list(missing)}. Spikes are those of {_list(of_spikes)}.",
                "That a unit is silent says where the animal is not; one that was not recorded "
                "says nothing.",
                ["Pass spikes and fields of the same units, under the same names.",
                 "Pass an empty array for a unit that never fired."],
            )
        )  # fmt: skip
    without = sorted(set(of_spikes) - set(names), key=of_spikes.index)
    if without:
        _warn_without_field(without, len(of_spikes))
    return [place[name] for name in names]


def _warn_without_field(missing: Sequence[str], n_units: int) -> None:
    warn_user(
        f"{len(missing)} of {n_units} units have spikes and no field: {_list(missing)}.\n"
        "  They are left out of decoding. Pass their fields, or spikes of the others alone."
    )


def _check_rates(rates: NDArray[np.float64]) -> None:
    ways = ["Compute them: compute_place_fields(env, spike_times, times, positions)."]
    bad = int(np.count_nonzero((rates < 0) | np.isinf(rates)))
    if not len(rates):
        problem = "No unit has a field: every value is NaN."
    elif bad:
        problem = f"{bad:,} of {rates.size:,} values of fields are negative or infinite."
    elif not (rates > 0).any():
        problem = f"All fields are zero, of {len(rates)} units."
    else:
        return
    raise ValueError(explain(problem, "Fields are the rates at which units fire [Hz].", ways))


def _list(names: Sequence[str]) -> str:
    return ", ".join([*names[:_LISTED], "…"] if len(names) > _LISTED else names)
