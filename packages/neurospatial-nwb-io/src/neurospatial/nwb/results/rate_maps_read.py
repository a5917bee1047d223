"""Tables of rate maps read, ours and those that others wrote."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from neurospatial import Environment
from neurospatial.errors import explain
from neurospatial.layouts import RegularGrid, is_gridded
from neurospatial.nwb.file import extensions
from neurospatial.nwb.file.datasets import read_array
from neurospatial.nwb.file.length_units import parse_unit
from neurospatial.nwb.file.modules import choose_item
from neurospatial.nwb.file.open import NWBInput, open_nwb
from neurospatial.nwb.file.tree import Container, walk
from neurospatial.nwb.results.environment import load_environment
from neurospatial.nwb.results.environment_reference import (
    find_referenced_environment,
    remove_reference,
)

if TYPE_CHECKING:
    from ndx_rate_maps import RateMapTable

# Now, so that tables which lie in a file without their specification are known.
extensions.load_extensions(extensions.RATE_MAPS)

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class RateMaps:
    """Rate maps of units in one environment, as a table of a file holds them.

    Parameters
    ----------
    name : str
        Of the table.
    env : Environment
        The bins.
    fields : ndarray, shape (n_units, n_bins)
        Rates [Hz].
    unit_ids : ndarray of int, shape (n_units,)
        As in the file's table of units.
    occupancy : ndarray, shape (n_units, n_bins), or None
        Time spent in each bin [s].
    spike_counts : ndarray, shape (n_units, n_bins), or None
        Spikes in each bin.
    smoothing_kernel : str or None
    smoothing_width : float or None
        In environment units.
    labels : tuple of str
        What each dimension is.
    time_support : ndarray, shape (n_intervals, 2), or None
        When the data were taken [s].
    description : str
    """

    name: str
    env: Environment
    fields: Floats
    unit_ids: NDArray[np.int64]
    occupancy: Floats | None
    spike_counts: Floats | None
    smoothing_kernel: str | None
    smoothing_width: float | None
    labels: tuple[str, ...]
    time_support: Floats | None
    description: str


def read_rate_maps(nwb: NWBInput, name: str | None = None) -> RateMaps:
    """Read a table of rate maps, whoever wrote it.

    The table is found by its type, also where the package of the extension is not installed.
    Of tables that `write_rate_maps` wrote, the environment is what went in. Of others it is
    the grid of their edges, with the cells that any unit has an occupancy for, or any rate
    where there is no occupancy.

    Parameters
    ----------
    nwb : path-like, binary file-like or pynwb.NWBFile
    name : str, optional
        Of the table; left out, there is one.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If the file is not NWB, has no such table or several, or the one meant
        contradicts itself.
    """
    with open_nwb(nwb) as file:
        items = [item for item in walk(file.root) if item.is_a("RateMapTable")]
        table = choose_item(items, name, "table of rate maps").thing
        return read_rate_map_table(file.root, table)


def read_rate_map_table(root: Container, table: "RateMapTable") -> RateMaps:
    """Read a table of a file that is open, as `read_rate_maps` does.

    Raises
    ------
    ValueError
        If the table contradicts itself.
    """
    edges = _read_edges(table)
    maps = {name: _read_map(table, name, edges) for name in _MAPS}
    rates = maps["rate_map"]
    if rates is None:
        raise _make_contradiction_error(table, "it has no column rate_map")
    env = _resolve_environment(root, table, edges, maps["occupancy_map"], rates)
    grid = env.layout
    assert is_gridded(grid)
    active = grid.active
    fields = {name: None if held is None else held[:, active] for name, held in maps.items()}
    width = getattr(table, "smoothing_kernel_width", None)
    return RateMaps(
        name=table.name,
        env=env,
        fields=rates[:, active],
        unit_ids=_read_unit_ids(table, len(rates)),
        occupancy=fields["occupancy_map"],
        spike_counts=fields["spike_count_map"],
        smoothing_kernel=getattr(table, "smoothing_kernel", None),
        smoothing_width=None if width is None else float(width),
        labels=tuple(str(getattr(table, f"dim{number}_label")) for number in range(len(edges))),
        time_support=_read_time_support(table),
        description=remove_reference(table.description),
    )


_MAPS = ("rate_map", "occupancy_map", "spike_count_map")


def _read_edges(table: "RateMapTable") -> tuple[Floats, ...]:
    stored = [getattr(table, f"bin_edges_dim{number}", None) for number in (0, 1)]
    edges = tuple(read_array(one).astype(np.float64) for one in stored if one is not None)
    for number, edge in enumerate(edges):
        wrong = np.flatnonzero(~(np.diff(edge) > 0))
        if edge.ndim != 1 or edge.size < 2 or wrong.size:
            where = f"; after edge {wrong[0]} comes no larger one" if wrong.size else ""
            raise _make_contradiction_error(
                table, f"bin_edges_dim{number} has {edge.size} edges{where}"
            )
    if not edges:
        raise _make_contradiction_error(table, "it has no bin_edges_dim0")
    return edges


def _read_map(table: "RateMapTable", name: str, edges: tuple[Floats, ...]) -> Floats | None:
    if name not in table.colnames:
        return None
    held = read_array(table[name].data).astype(np.float64)
    cells = tuple(edge.size - 1 for edge in edges)
    if held.shape[1:] != cells or len(held) != len(table.id):
        raise _make_contradiction_error(
            table,
            f"{name} has shape {held.shape}, and {len(table.id)} rows with edges for "
            f"{' x '.join(map(str, cells))} bins make {(len(table.id), *cells)}",
        )
    return held


def _resolve_environment(
    root: Container,
    table: "RateMapTable",
    edges: tuple[Floats, ...],
    occupancy: Floats | None,
    rates: Floats,
) -> Environment:
    bins = find_referenced_environment(root, table.description)
    if bins is not None:
        env = load_environment(bins)
        own = env.layout
        if is_gridded(own) and _has_same_edges(own.edges, edges):
            return env
    measured = rates if occupancy is None else occupancy
    active = np.asarray(~np.isnan(measured).all(axis=0))
    units = {parse_unit(str(getattr(table, f"dim{number}_unit"))) for number in range(len(edges))}
    grid = RegularGrid(edges, active if active.any() else np.ones_like(active))
    return Environment(grid, units=units.pop() if len(units) == 1 else None, name=table.name)


def _has_same_edges(one: tuple[Floats, ...], other: tuple[Floats, ...]) -> bool:
    return len(one) == len(other) and all(map(np.array_equal, one, other))


def _read_unit_ids(table: "RateMapTable", n_maps: int) -> NDArray[np.int64]:
    region = table["units"]
    rows, ids = read_array(region.data).astype(int), read_array(region.table.id.data)
    if len(rows) != n_maps or rows.max(initial=0) >= len(ids):
        raise _make_contradiction_error(
            table,
            f"{n_maps} maps belong to {len(rows)} units, the last of them in row "
            f"{rows.max(initial=0)} of {len(ids)}",
        )
    return np.asarray(ids[rows], dtype=np.int64)


def _read_time_support(table: "RateMapTable") -> Floats | None:
    support = getattr(table, "time_support", None)
    if support is None:
        return None
    ends = [read_array(support[column].data) for column in ("start_time", "stop_time")]
    return np.stack(ends, axis=1).astype(np.float64)


def _make_contradiction_error(table: "RateMapTable", problem: str) -> ValueError:
    return ValueError(
        explain(
            f"The table of rate maps {table.name!r} contradicts itself: {problem}.",
            "Maps are (unit, x, y), with one edge more than bins along each dimension; the "
            "extension does not check it when such a table is written.",
            [
                "Write it again: write_rate_maps(...).",
                f"Look at it with pynwb, its rate_map and bin_edges: {table.name}.",
            ],
        )
    )
