"""Where panels lie: as they were handed over, one, a list, or a list of rows."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from neurospatial.errors import explain
from neurospatial.scene.compile.panel_spec import PanelSpec

PanelsLike: TypeAlias = PanelSpec | Sequence[PanelSpec] | Sequence[Sequence[PanelSpec | None]]
"""One panel, several that the scene arranges, or rows of them with None for a blank."""

Cell: TypeAlias = tuple[int, int]


def arrange_panels(panels: PanelsLike) -> tuple[list[PanelSpec], list[Cell | None]]:
    """Read panels, and the row and column of each where rows are given.

    Returns
    -------
    panels : list of PanelSpec
    cells : list of tuple of int, or None
        None where the scene arranges them.

    Raises
    ------
    TypeError
        If something is no panel.
    ValueError
        If there is none.
    """
    if _is_panel(panels):
        return [_to_panel(panels)], [None]
    if not isinstance(panels, Iterable) or isinstance(panels, (str, bytes)):
        raise _make_error(panels)
    given: list[Any] = list(panels)
    placed: list[tuple[PanelSpec, Cell | None]]
    if any(isinstance(row, (list, tuple)) or row is None for row in given):
        placed = [
            (_to_panel(panel), (row, column))
            for row, some in enumerate(given)
            for column, panel in enumerate(some if isinstance(some, (list, tuple)) else [some])
            if panel is not None
        ]
    else:
        placed = [(_to_panel(panel), None) for panel in given]
    if not placed:
        raise ValueError(
            explain(
                "panels has no panel.",
                "A picture shows at least one.",
                ["Pass a panel, such as FieldPanel(env, fields), or a list of them."],
            )
        )
    return [panel for panel, _ in placed], _close_gaps([cell for _, cell in placed])


def _close_gaps(cells: Sequence[Cell | None]) -> list[Cell | None]:
    """Leave out rows and columns that are blank altogether."""
    placed = [cell for cell in cells if cell is not None]
    rows, columns = (sorted({cell[axis] for cell in placed}) for axis in (0, 1))
    return [
        None if cell is None else (rows.index(cell[0]), columns.index(cell[1])) for cell in cells
    ]


def _is_panel(value: object) -> bool:
    return all(hasattr(value, name) for name in ("title", "clock", "build"))


def _to_panel(value: Any) -> PanelSpec:
    if not _is_panel(value):
        raise _make_error(value)
    panel: PanelSpec = value
    return panel


def _make_error(value: object) -> TypeError:
    return TypeError(
        explain(
            f"panels holds a {type(value).__name__}.",
            "A panel has a title, a clock, and build(context), which makes it.",
            [
                "Pass FieldPanel(env, fields), or a list of panels, or a list of rows of them.",
                "Of an environment's fields alone: animate_fields(env, fields)",
            ],
        )
    )
