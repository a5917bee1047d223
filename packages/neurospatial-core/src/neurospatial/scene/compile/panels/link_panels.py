"""What several panels share: one range of colours, one piece of the world."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from neurospatial.errors import explain
from neurospatial.scene.color import ColorScale
from neurospatial.scene.scene import Panel
from neurospatial.scene.view_path import ViewPath


def join_scales(scales: Sequence[ColorScale], titles: Sequence[str]) -> ColorScale:
    """Join the scales of panels into one, whose range holds those of all.

    Parameters
    ----------
    scales : sequence of ColorScale
    titles : sequence of str
        Of their panels.

    Raises
    ------
    ValueError
        If they have different colours, or labels: one colour bar could not explain them.

    Examples
    --------
    >>> one, two = (ColorScale.from_cmap("gray", low, low + 2.0) for low in (0.0, 1.0))
    >>> joined = join_scales([one, two], ["a", "b"])
    >>> joined.vmin, joined.vmax
    (0.0, 3.0)
    """
    first = scales[0]
    for scale, title in zip(scales, titles, strict=True):
        if not np.array_equal(scale.table, first.table):
            _refuse("cmap", first.name, titles[0], scale.name, title)
        if scale.label and first.label and scale.label != first.label:
            _refuse("colorbar_label", first.label, titles[0], scale.label, title)
    label = next((scale.label for scale in scales if scale.label), "")
    low, high = min(x.vmin for x in scales), max(x.vmax for x in scales)
    return replace(first, vmin=low, vmax=high, label=label)


def join_views(panels: Sequence[Panel], cells: Sequence[tuple[int, int]]) -> tuple[Panel, ...]:
    """Have all panels show the same piece of the world, with labels along the outer ones alone.

    Parameters
    ----------
    panels : sequence of Panel
    cells : sequence of tuple of int
        Row and column of each.

    Raises
    ------
    ValueError
        If their coordinates are not of one kind, or their views move differently.
    """
    path = _find_shared_path(panels)
    first = panels[0].view
    for panel in panels:
        view = panel.view
        if (view.units, view.equal, view.y_down) != (first.units, first.equal, first.y_down):
            raise ValueError(
                explain(
                    f"link has 'view', and panels {panels[0].title!r} and {panel.title!r} have "
                    f"other coordinates: {_describe(panels[0])}, {_describe(panel)}.",
                    "Panels with one view show the same piece of one world.",
                    ["Link panels of one kind and unit.", "Pass link='color', or None."],
                )
            )
    corners = np.array([panel.view.bounds for panel in panels])
    low, high = corners[:, :2].min(axis=0), corners[:, 2:].max(axis=0)
    bounds = float(low[0]), float(low[1]), float(high[0]), float(high[1])
    lowest: dict[int, int] = {}
    leftmost: dict[int, int] = {}
    for row, column in cells:
        lowest[column] = max(row, lowest.get(column, row))
        leftmost[row] = min(column, leftmost.get(row, column))
    return tuple(
        replace(
            panel,
            view=replace(panel.view, bounds=bounds, path=path),
            axes=(
                panel.axes[0] and row == lowest[column],
                panel.axes[1] and column == leftmost[row],
            ),
        )
        for panel, (row, column) in zip(panels, cells, strict=True)
    )


def _find_shared_path(panels: Sequence[Panel]) -> ViewPath | None:
    """Find how the views of all panels move: as the one that does, or as several alike."""
    moving = [(panel.title, panel.view.path) for panel in panels if panel.view.path is not None]
    for title, path in moving[1:]:
        first_title, first = moving[0]
        same = np.array_equal(path.centers, first.centers) and np.array_equal(
            path.zoom, first.zoom
        )
        if not same:
            raise ValueError(
                explain(
                    f"link has 'view', and the views of panels {first_title!r} and {title!r} move "
                    "differently.",
                    "Panels with one view show the same piece of the world in each frame.",
                    ["Pass the same follow= and zoom= to them.", "Pass link='color', or None."],
                )
            )
    return moving[0][1] if moving else None


def _describe(panel: Panel) -> str:
    view = panel.view
    kind = "a plane" if view.equal else "value over distance"
    return f"{kind} in {view.units or 'no unit'}{', y downward' if view.y_down else ''}"


def _refuse(what: str, one: str, title: str, other: str, of: str) -> None:
    raise ValueError(
        explain(
            f"link has 'color', and {what} of panel {title!r} is {one!r}, of {of!r} {other!r}.",
            "Panels with one range of colours are explained by one colour bar.",
            [f"Give them the same {what}.", "Pass link=None: each then has its own."],
        )
    )
