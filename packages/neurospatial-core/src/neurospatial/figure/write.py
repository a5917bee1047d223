"""From a scene to a finished file."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from neurospatial.figure.draw import draw_figure
from neurospatial.figure.find_frame import find_frame
from neurospatial.figure.options import FigureOptions
from neurospatial.output import replace_when_whole
from neurospatial.scene import Scene

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_SAVED: Any = {"svg.fonttype": "none", "pdf.fonttype": 42, "savefig.bbox": None}
"""Words stay words, which a program for drawings edits; the composition is not cropped."""


def present_figure(scene: Scene, options: FigureOptions) -> "Path | Figure":
    """Draw the frame that the options ask for; write it where they name a file.

    Parameters
    ----------
    scene : Scene
    options : FigureOptions

    Returns
    -------
    pathlib.Path or matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If no frame was recorded at the time that is asked for.
    OSError
        If the file cannot be written; what was there before is left as it was.
    """
    frame = find_frame(scene.timeline, options.at)
    figure = draw_figure(scene, frame, options.choose_size(scene), options.dpi)
    path = options.save_path
    if path is None:
        return figure
    with replace_when_whole(path) as draft:
        save_figure(figure, draft, path.suffix[1:].lower())
    return path


def save_figure(figure: "Figure", path: Path, kind: str) -> None:
    """Save a figure as it is: "png", "pdf" or "svg", with words that can be edited."""
    from matplotlib import rc_context

    with rc_context(_SAVED):
        figure.savefig(path, format=kind, dpi=figure.dpi, facecolor=figure.get_facecolor())
