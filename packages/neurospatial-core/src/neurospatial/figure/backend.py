"""The figure backend."""

from typing import TYPE_CHECKING

from neurospatial.figure.options import SUFFIXES, FigureOptions
from neurospatial.scene.layers import LAYERS, Layer
from neurospatial.scene.scene import Scene

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.figure import Figure


class FigureBackend:
    """Draws one frame of a scene with matplotlib: a PNG, PDF or SVG, or a Figure."""

    name: str = "figure"
    suffixes: tuple[str, ...] = SUFFIXES
    draws: frozenset[type[Layer]] = LAYERS
    Options = FigureOptions

    def unavailable(self) -> str | None:
        """None: matplotlib is always there."""
        return None

    def present(self, scene: Scene, options: FigureOptions) -> "Path | Figure":
        """Write the file and return its path; without one, return the Figure.

        Raises
        ------
        ValueError
            If no frame was recorded at the time that is asked for.
        OSError
            If the file cannot be written; what was there before is left as it was.
        """
        from neurospatial.figure.write import present_figure

        return present_figure(scene, options)


backend: FigureBackend = FigureBackend()
