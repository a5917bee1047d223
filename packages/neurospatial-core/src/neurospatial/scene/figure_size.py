"""How large a picture is, so that no panel and no strip vanishes in it."""

from math import ceil

from neurospatial.errors import explain
from neurospatial.scene.figure_layout import compute_layout, measure_need
from neurospatial.scene.scene import Scene

USUAL = (8.0, 6.0)
"""Inches: of a figure with one panel."""

_LEAST_VIEW = 48
"""Pixels of the longer side of a view: in less, no place is told from another."""


def choose_size(
    scene: Scene, figsize: tuple[float, float] | None, dpi: float, largest: int
) -> tuple[int, int]:
    """Choose the width and height of a picture: as given, else so that all panels are seen.

    Parameters
    ----------
    scene : Scene
    figsize : tuple of float, or None
        Width and height [inches]; None for the usual one of a panel, and for several for what
        they fill, the shorter side of a view having 160 px at 100 dpi or more.
    dpi : float
        Pixels in an inch.
    largest : int
        Most pixels of an edge.

    Returns
    -------
    tuple of int
        Width and height [px].

    Raises
    ------
    ValueError
        If a figsize is given in which a panel has less than 48 px.

    Examples
    --------
    >>> from neurospatial.scene.timeline import Timeline
    >>> from neurospatial.scene.scene import Panel, View
    >>> panels = tuple(Panel(View((0.0, 0.0, 1.0, 1.0)), ()) for _ in range(36))
    >>> scene = Scene(panels, Timeline(1, 30.0))
    >>> choose_size(scene, None, 100, 8192)
    (1510, 1347)
    """
    needed = _find_needed_size(scene, dpi, largest)
    if figsize is None:
        return needed
    size = max(1, round(figsize[0] * dpi)), max(1, round(figsize[1] * dpi))
    smallest = min(
        max(box.width, box.height) for box in compute_layout(scene, size, dpi / 72).panels
    )
    if len(scene.panels) > 1 and smallest < _LEAST_VIEW:
        inches = tuple(ceil(10 * edge / dpi) / 10 for edge in needed)
        raise ValueError(
            explain(
                f"figsize {tuple(figsize)} at dpi {dpi:g} leaves {smallest} px for the smallest "
                f"of {len(scene.panels)} panels.",
                f"In less than {_LEAST_VIEW} px nothing is told apart: the film would be of "
                "axes and titles.",
                [
                    f"Pass figsize={inches}, or leave it out: it then grows with the panels.",
                    "Show fewer panels, or pass axes=False and colorbar=False.",
                ],
            )
        )
    return size


def _find_needed_size(scene: Scene, dpi: float, largest: int) -> tuple[int, int]:
    """Find the size in which every view is large enough, at least the usual one [px]."""
    width, height = (ceil(edge) for edge in measure_need(scene, dpi / 72))
    usual = round(USUAL[0] * dpi), round(USUAL[1] * dpi)
    if len(scene.panels) == 1:  # Several have no more room than they fill.
        width, height = max(width, usual[0]), max(height, usual[1])
    needed = max(width, 1), max(height, 1)
    shrink = min(1.0, largest / max(needed))
    return round(needed[0] * shrink), round(needed[1] * shrink)
