"""What the extension for rate maps does not check itself."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial import Environment
from neurospatial.errors import explain, format_indices
from neurospatial.layouts import Gridded, is_gridded
from neurospatial.nwb.file.text import validate_text
from neurospatial.validate import to_array, to_real_array, to_texts, validate_positive

if TYPE_CHECKING:
    from pynwb import NWBFile


def get_grid(env: Environment) -> Gridded:
    """Get the grid of an environment, or say how to store what is not on one.

    Raises
    ------
    TypeError
        If the layout is no grid.
    ValueError
        If the grid has more than two dimensions.
    """
    layout = env.layout
    if is_gridded(layout) and layout.n_dims <= 2:
        return layout
    how = [
        "Write the environment, and the maps as a column of the units: "
        "write_environment(nwbfile, env) and nwbfile.add_unit_column('place_field', "
        "'Rate [Hz] in each bin', data=fields).",
        "Fields that change in time: write_fields(nwbfile, env, fields, times, ...).",
    ]
    if is_gridded(layout):
        problem = f"The grid has {layout.n_dims} dimensions."
        raise ValueError(explain(problem, "A RateMapTable holds maps of one or two.", how))
    raise TypeError(
        explain(
            f"The environment is cut as a {type(layout).__name__}, {layout.n_bins} bins.",
            "A RateMapTable holds maps on a grid, (unit, x, y) with the edges of its cells.",
            [*how, "Compute the maps on a grid: Environment.from_samples(positions, bin_size)."],
        )
    )


def find_unit_rows(nwbfile: "NWBFile", unit_ids: ArrayLike) -> list[int]:
    """Find the rows of units in the file's table by their ids.

    Raises
    ------
    TypeError
        If ids are not whole numbers.
    ValueError
        If one is not in the table, or is there twice.
    """
    wanted = to_array(unit_ids, "unit_ids")
    if wanted.ndim != 1 or not np.issubdtype(wanted.dtype, np.integer):
        raise TypeError(
            explain(
                f"unit_ids has shape {wanted.shape} and dtype {wanted.dtype}.",
                "There is one id, a whole number, for each map.",
                ["Pass a list such as [0, 3, 4], or nwbfile.units.id[:] for all units."],
            )
        )
    unit_table_ids = [] if nwbfile.units is None else [int(x) for x in nwbfile.units.id[:]]
    row = {unit: number for number, unit in enumerate(unit_table_ids)}
    missing = [int(unit) for unit in wanted if int(unit) not in row]
    if missing:
        there = (
            f"It has {len(unit_table_ids)}: {format_indices(unit_table_ids)}."
            if unit_table_ids
            else "The file has no units."
        )
        raise ValueError(
            explain(
                f"{len(missing)} of {wanted.size} unit_ids are not in nwbfile.units: "
                f"{format_indices(missing)}.",
                f"Each map belongs to a unit of the file. {there}",
                [
                    "Pass ids, which need not be the numbers of rows: nwbfile.units.id[:].",
                    "Add the units first: nwbfile.add_unit(spike_times=...).",
                ],
            )
        )
    ids, counts = np.unique(wanted, return_counts=True)
    if counts.max(initial=0) > 1:
        raise ValueError(
            explain(
                f"unit_ids has {format_indices(ids[counts > 1])} more than once.",
                "A table holds one map per unit, of one condition.",
                ["Write a table per condition: name='rate_maps_left', name='rate_maps_right'."],
            )
        )
    return [row[int(unit)] for unit in wanted]


def validate_bin_values(
    what: str, values: ArrayLike, shapes: Sequence[tuple[int, ...]]
) -> NDArray[np.float64]:
    """Validate that values of bins have one of the shapes.

    Raises
    ------
    ValueError
        If they are of another shape.
    """
    array = to_real_array(values, what)
    if array.shape in shapes:
        return array
    wanted = " or ".join(map(str, shapes))
    n_units, n_bins = shapes[-1]
    raise ValueError(
        explain(
            f"{what} has shape {array.shape}, expected {wanted}.",
            f"There are {n_units} unit_ids, and the environment has {n_bins} bins.",
            [
                f"Pass {what} of shape {wanted}.",
                "Pass the environment it was computed on.",
                "Pass as many unit_ids as there are maps.",
            ],
        )
    )


def refuse_keywords(unknown: Sequence[str], ours: Mapping[str, str]) -> None:
    """Raise where there are keywords that the function does not have.

    Parameters
    ----------
    unknown : sequence of str
    ours : mapping of str to str
        What says the same as a word of the extension.

    Raises
    ------
    TypeError
        With what to pass instead.
    """
    if not unknown:
        return
    how = [
        "Pass the environment: its units and the edges of its bins are written."
        if ours[word] == "env"
        else f"Pass {ours[word]}= instead of {word}=."
        for word in unknown
        if word in ours
    ]
    raise TypeError(
        explain(
            f"write_rate_maps has no keyword {', '.join(map(repr, unknown))}.",
            "RateMapTable of ndx-rate-maps is filled from an environment and arrays over its "
            "bins; some of its words are called otherwise here.",
            list(dict.fromkeys(how)) or ["See help(write_rate_maps) for its keywords."],
        )
    )


def validate_smoothing(width: float | None) -> float | None:
    """Validate that the width of smoothing is a length, if there is one.

    Raises
    ------
    ValueError
        If it is not positive and finite.
    """
    if width is None:
        return None
    return validate_positive(
        width,
        "smoothing_width",
        why="It is the standard deviation of the kernel, in environment units.",
        how=["Pass smoothing_width=5.0.", "Leave it out where nothing was smoothed."],
    )


def validate_labels(labels: Sequence[str], grid: Gridded) -> Sequence[str]:
    """Validate that there is one label per dimension.

    Raises
    ------
    ValueError
        If there are more or fewer, or one has a character that no file can hold.
    """
    if not isinstance(labels, str) and len(labels) == grid.n_dims:
        return [validate_text(label, "label") for label in to_texts(labels, "labels")]
    raise ValueError(
        explain(
            f"labels is {labels!r}, and the grid has {grid.n_dims} dimension(s).",
            "Each dimension has one label.",
            ["Pass labels=('x_position', 'y_position').", "Leave it out."],
        )
    )


def check_in_file(nwbfile: "NWBFile", **links: object) -> None:
    """Raise unless each object that is linked to is in the file.

    Raises
    ------
    ValueError
        If one is not.
    """
    for what, linked in links.items():
        if linked is None or linked.get_ancestor("NWBFile") is nwbfile:  # type: ignore[attr-defined]
            continue
        name = getattr(linked, "name", linked)
        raise ValueError(
            explain(
                f"{what} {name!r} is not in the file.",
                "A link leads to what is in the same file.",
                [
                    f"Add it first: nwbfile.processing['behavior'].add({name}).",
                    "Pass one of nwbfile, such as nwbfile.trials.",
                ],
            )
        )
