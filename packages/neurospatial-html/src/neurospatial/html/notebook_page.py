"""A page that is shown in a notebook."""

from html import escape
from io import BytesIO
from os import PathLike
from pathlib import Path

from neurospatial.html.options import HTMLOptions, check_page_path
from neurospatial.html.write import stream_page, write_page
from neurospatial.scene import Scene

_CONTROLS = 140
"""Height of what stands around the panels [px]: title, label, axes and two rows of controls."""


class HTMLPage:
    """An animation without a file: a notebook shows it, `save` writes it.

    Parameters
    ----------
    scene : Scene
    options : HTMLOptions

    Examples
    --------
    >>> import numpy as np
    >>> from neurospatial import Environment
    >>> from neurospatial.scene import compile_scene
    >>> edges = [np.arange(4.0), np.arange(3.0)]
    >>> env = Environment.from_mask(np.ones((3, 2), bool), edges)
    >>> HTMLPage(compile_scene(env, np.eye(6)), HTMLOptions(progress=False))
    HTMLPage(6 frames; a notebook shows it, page.save('animation.html') writes it)
    """

    def __init__(self, scene: Scene, options: HTMLOptions) -> None:
        self._scene = scene
        self._options = options

    def save(self, path: str | PathLike[str]) -> Path:
        """Write the page to a file and return its path.

        Raises
        ------
        ValueError
            If `path` does not end in ``.html``, or a limit of the options is passed.
        OSError
            If the file cannot be written.
        """
        target = Path(path)
        check_page_path(target)
        return write_page(self._scene, self._options, target)

    def __repr__(self) -> str:
        n_frames = self._scene.timeline.n_frames
        frames = f"{n_frames} frame{'s' if n_frames != 1 else ''}"
        return f"HTMLPage({frames}; a notebook shows it, page.save('animation.html') writes it)"

    def _repr_html_(self) -> str:
        """Write the page into a frame of its own; the fields are read now."""
        file = BytesIO()
        stream_page(self._scene, self._options, file)
        title = escape(self._scene.title or "Animated fields").encode("utf-8", "replace").decode()
        page = escape(file.getvalue().decode("utf-8"))
        # The sandbox keeps the page's script away from the notebook.
        height = self._options.choose_size(self._scene)[1] + _CONTROLS
        return (
            f'<iframe title="{title}" width="100%" height="{height}" '
            f'style="border: 0" sandbox="allow-scripts allow-downloads" '
            f'allow="fullscreen; clipboard-write" srcdoc="{page}"></iframe>'
        )
