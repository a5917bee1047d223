"""The HTML backend."""

from typing import TYPE_CHECKING

from neurospatial.html.options import SUFFIX, HTMLOptions
from neurospatial.scene.layers import LAYERS, Layer
from neurospatial.scene.scene import Scene

if TYPE_CHECKING:
    from pathlib import Path

    from neurospatial.html.notebook_page import HTMLPage


class HTMLBackend:
    """Writes a scene as one web page that needs nothing else."""

    name: str = "html"
    suffixes: tuple[str, ...] = (SUFFIX,)
    draws: frozenset[type[Layer]] = LAYERS
    Options = HTMLOptions

    def unavailable(self) -> str | None:
        """None: it needs nothing."""
        return None

    def present(self, scene: Scene, options: HTMLOptions) -> "Path | HTMLPage":
        """Write the page and return its path; without a path, return it to be shown.

        Raises
        ------
        ValueError
            If a limit of the options is passed; nothing is left behind.
        OSError
            If the file cannot be written; what was there before is left as it was.
        """
        from neurospatial.html.notebook_page import HTMLPage
        from neurospatial.html.write import check_frames, write_page

        if options.save_path is not None:
            return write_page(scene, options, options.save_path)
        check_frames(scene, options)
        return HTMLPage(scene, options)


backend: HTMLBackend = HTMLBackend()
