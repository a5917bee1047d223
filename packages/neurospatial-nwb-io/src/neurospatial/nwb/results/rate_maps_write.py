"""Rate maps of units, written as tables of the extension ndx-rate-maps."""

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Never

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial import Environment
from neurospatial.layouts import Gridded
from neurospatial.nwb.file import extensions
from neurospatial.nwb.file.datasets import compressed_dataset
from neurospatial.nwb.file.length_units import to_nwb_unit
from neurospatial.nwb.file.modules import (
    MODULE,
    check_name_free,
    get_or_create_module,
    validate_nwbfile,
)
from neurospatial.nwb.file.text import validate_text
from neurospatial.nwb.results import rate_maps_check as checks
from neurospatial.nwb.results.environment import get_or_create_environment
from neurospatial.nwb.results.environment_reference import format_reference
from neurospatial.validate import to_text

if TYPE_CHECKING:
    from hdmf.common import DynamicTableRegion, VectorData
    from ndx_rate_maps import RateMapTable
    from pynwb import NWBFile, TimeSeries
    from pynwb.epoch import TimeIntervals

# Now, for it must be known before the file is opened that tables are written to.
extensions.load_extensions(extensions.RATE_MAPS)

_DESCRIPTION = (
    "Firing rate of each unit in the bins of a grid; NaN where there is no bin or no rate."
)
_OURS = {
    "rate_map": "fields",
    "units": "unit_ids",
    "occupancy_map": "occupancy",
    "spike_count_map": "spike_counts",
    "smoothing_kernel_width": "smoothing_width",
    "dim0_label": "labels",
    "dim1_label": "labels",
    "dim0_unit": "env",
    "dim1_unit": "env",
    "bin_edges_dim0": "env",
    "bin_edges_dim1": "env",
}
"""Words of the constructor of RateMapTable, and what says the same here."""


def write_rate_maps(
    nwbfile: "NWBFile",
    env: Environment,
    fields: ArrayLike,
    unit_ids: ArrayLike,
    *,
    name: str = "rate_maps",
    description: str = _DESCRIPTION,
    occupancy: ArrayLike | None = None,
    spike_counts: ArrayLike | None = None,
    smoothing_kernel: str | None = None,
    smoothing_width: float | None = None,
    labels: Sequence[str] | None = None,
    time_support: "TimeIntervals | None" = None,
    source_timeseries: "TimeSeries | None" = None,
    module: str = MODULE,
    **unknown: Never,
) -> "RateMapTable":
    """Put rate maps on a grid of one or two dimensions beside the units that they are of.

    One table holds one condition, such as the trials to the left; write another with another
    name. Maps are (unit, x, y), and NaN in cells of the grid that are no bins. The environment
    is written as well (see `write_environment`), once for all tables.

    Parameters
    ----------
    nwbfile : pynwb.NWBFile
        With the units; made or read with pynwb, or given by `edit_nwb`.
    env : Environment
        Of a regular grid.
    fields : array-like, shape (n_units, n_bins)
        Rates [Hz].
    unit_ids : array-like of int, shape (n_units,)
        Which units, by their ids in ``nwbfile.units``.
    name : str
        Of the table.
    description : str
        What the maps are.
    occupancy : array-like, shape (n_bins,) or (n_units, n_bins), optional
        Time spent in each bin [s].
    spike_counts : array-like, shape (n_units, n_bins), optional
        Spikes in each bin.
    smoothing_kernel : str, optional
        Such as "gaussian".
    smoothing_width : float, optional
        Standard deviation of the kernel, in environment units.
    labels : sequence of str, optional
        What each dimension is; left out, the axes of the environment, such as "x_position"
        and "y_position", or "position" of one.
    time_support : pynwb.epoch.TimeIntervals, optional
        When the data of the maps were taken; in the file already.
    source_timeseries : pynwb.TimeSeries, optional
        The positions behind the maps; in the file already.
    module : str
        The processing module, made where there is none.
    **unknown
        None: words of the extension itself are answered with what they are called here.

    Returns
    -------
    ndx_rate_maps.RateMapTable

    Raises
    ------
    TypeError
        If the environment is not a grid, something is not of the type described, or a
        keyword is unknown.
    ValueError
        If shapes, units or links do not fit, the name is taken, or a text has a character
        that no file can hold.
    RuntimeError
        If the environment is not fitted, or the file was opened before ndx_rate_maps was
        imported (importing this function imports it).

    Examples
    --------
    >>> from datetime import datetime, timezone
    >>> from pynwb import NWBFile
    >>> from neurospatial.nwb import read_rate_maps
    >>> nwbfile = NWBFile("a session", "id", datetime.now(timezone.utc))
    >>> for unit in (4, 7):
    ...     nwbfile.add_unit(spike_times=[0.1, 0.2], id=unit)
    >>> env = Environment.from_mask([[True, False], [True, True]], [[0, 1, 2]] * 2, units="cm")
    >>> table = write_rate_maps(nwbfile, env, [[1, 2, 3], [4, 5, 6]], [7, 4])
    >>> table["rate_map"][0]
    array([[ 1., nan],
           [ 2.,  3.]])
    >>> read_rate_maps(nwbfile).unit_ids
    array([7, 4])
    """
    checks.refuse_keywords(list(unknown), _OURS)
    nwbfile = validate_nwbfile(nwbfile)
    name = to_text(name, "name")
    check_name_free(nwbfile, module, name)
    extensions.check_extension_loaded(nwbfile, extensions.RATE_MAPS, "RateMapTable")
    description = validate_text(description, "description")
    if smoothing_kernel is not None:
        smoothing_kernel = validate_text(smoothing_kernel, "smoothing_kernel")
    grid = checks.get_grid(env)
    rows = checks.find_unit_rows(nwbfile, unit_ids)
    maps = _collect_maps((len(rows), grid.n_bins), fields, occupancy, spike_counts)
    width = checks.validate_smoothing(smoothing_width)
    dimension_labels = checks.validate_labels(
        _name_dimensions(env) if labels is None else labels, grid
    )
    checks.check_in_file(nwbfile, time_support=time_support, source_timeseries=source_timeseries)
    bins = get_or_create_environment(nwbfile, env, module)
    table = import_module("ndx_rate_maps").RateMapTable(
        name=name,
        description=f"{description} {format_reference(bins)}",
        units=_build_unit_region(nwbfile, rows),
        smoothing_kernel=smoothing_kernel,
        smoothing_kernel_width=width,
        time_support=time_support,
        source_timeseries=source_timeseries,
        **_describe_dimensions(grid, dimension_labels, to_nwb_unit(env.units or "")),
        **{column: _build_column(column, values, grid) for column, values in maps.items()},
    )
    get_or_create_module(nwbfile, module).add(table)
    return table


_COLUMNS = {
    "rate_map": "Firing rate [Hz].",
    "occupancy_map": "Time spent in each bin [s].",
    "spike_count_map": "Number of spikes in each bin.",
}


def _name_dimensions(env: Environment) -> list[str]:
    if env.n_dims == 1:
        return ["position"]
    return [f"{axis}_position" for axis in env.axis_names]


def _collect_maps(
    shape: tuple[int, int],
    fields: ArrayLike,
    occupancy: ArrayLike | None,
    spike_counts: ArrayLike | None,
) -> dict[str, NDArray[np.float64]]:
    maps = {"rate_map": checks.validate_bin_values("fields", fields, [shape])}
    if occupancy is not None:
        seconds = checks.validate_bin_values("occupancy", occupancy, [shape[1:], shape])
        maps["occupancy_map"] = np.broadcast_to(seconds, shape)
    if spike_counts is not None:
        maps["spike_count_map"] = checks.validate_bin_values("spike_counts", spike_counts, [shape])
    return maps


def _build_column(name: str, values: NDArray[np.float64], grid: Gridded) -> "VectorData":
    filled = np.full((len(values), *grid.grid_shape), np.nan)
    filled[:, grid.active] = values
    common = import_module("hdmf.common")
    return common.VectorData(
        name=name, description=_COLUMNS[name], data=compressed_dataset(filled)
    )


def _build_unit_region(nwbfile: "NWBFile", rows: list[int]) -> "DynamicTableRegion":
    return import_module("hdmf.common").DynamicTableRegion(
        name="units", data=rows, description="The unit of each map.", table=nwbfile.units
    )


def _describe_dimensions(grid: Gridded, labels: Sequence[str], unit: str) -> dict[str, object]:
    dimensions: dict[str, object] = {}
    for number, (edges, label) in enumerate(zip(grid.edges, labels, strict=True)):
        dimensions |= {
            f"bin_edges_dim{number}": edges,
            f"dim{number}_label": label,
            f"dim{number}_unit": unit,
        }
    return dimensions
