"""One call from panels, each of its own data, to something to look at."""

import os
from pathlib import Path
from typing import Any, Unpack, overload

from neurospatial.backends.keywords import PanelAnimationKeywords
from neurospatial.backends.present_compiled import present_compiled, split_keywords
from neurospatial.errors import suggest_name
from neurospatial.progress import Progress
from neurospatial.scene import PanelsLike, Scene, SceneOptions, compile_panels
from neurospatial.scene.compile.scene_options import (
    PANEL_KEYWORDS,
    TIMELINE_KEYWORDS,
    list_scene_keywords,
)

_OWN = frozenset({"overlays", *TIMELINE_KEYWORDS})
"""What is said of all panels together."""


@overload
def animate(
    panels: PanelsLike,
    *,
    backend: str = "auto",
    save_path: str | os.PathLike[str],
    dpi: int = 100,
    progress: Progress = True,
    **keywords: Unpack[PanelAnimationKeywords],
) -> Path: ...
# Widgets, viewers and estimates are of packages that are not known here.
@overload
def animate(
    panels: PanelsLike,
    *,
    backend: str = "auto",
    save_path: str | os.PathLike[str] | None = None,
    dpi: int = 100,
    progress: Progress = True,
    **keywords: Unpack[PanelAnimationKeywords],
) -> Any: ...
@list_scene_keywords(rest="backend_options", names=_OWN)
def animate(
    panels: PanelsLike,
    *,
    backend: str = "auto",
    save_path: str | os.PathLike[str] | None = None,
    dpi: int = 100,
    progress: Progress = True,
    **keywords: Any,
) -> Any:
    """Animate panels side by side, each with its own space, colours, overlays and clock.

    Where all panels have the same times, or none, one frame of the animation is one frame of
    each. Else its time axis is the union of their spans, in steps of the smallest median
    interval of any panel; each shows the frame nearest in time, and nothing outside its span.

    Parameters
    ----------
    panels : panel, list of panels, or list of rows of panels
        Such as `FieldPanel`; None in a row is a blank. A list is laid out on a near square.
    overlays : Overlay, iterable of Overlay, mapping of these, or None
        What is drawn over every panel, or over those named: ``{"cell 1": [...], None: [...]}``
        gives one its own beside those that all of them have. Signals lie below the panels.
    backend : str
        As for `animate_fields`.
    save_path : path-like or None
        The file to write; its suffix chooses the backend.
    fps : float
        Frames played per second.
    speed : float or None
        Play the clock of the panels at this multiple of its own pace.
    frame_labels : sequence of str or None
        Text shown with each frame; the session time or frame number otherwise.
    title : str or None
        Text above the picture.
    align : str, mapping of str to float, or None
        How the clocks of panels are laid beside one another: "clock", as they are; "start",
        the beginnings together, as of two sessions; or ``{title: time}``, the time of each
        panel that is laid at 0 [s]. None is "clock", and refuses panels of no common time.
    link : str, tuple of str, or None
        What the panels share: "color", one range of colours and one colour bar; "view", one
        piece of the world, with labels along the outer panels; both; or None.
    dpi : int
        Dots per inch of what is drawn.
    progress : bool or callable
        Show a bar, or call with ``(done, total)``; raising there cancels.
    **backend_options
        Options of the chosen backend, such as ``figsize``.

    Returns
    -------
    pathlib.Path, or what the backend shows
        As of `animate_fields`.

    Raises
    ------
    BackendUnavailable
        If the backend is not installed, or lacks something.
    TypeError
        If something is no panel, or a keyword is unknown.
    ValueError
        If anything does not fit; the text says what, why and how to mend it.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> import numpy as np
    >>> from neurospatial import Environment, FieldPanel
    >>> rng = np.random.default_rng(0)
    >>> env = Environment.from_samples(rng.uniform(0, 50, (2000, 2)), bin_size=5, units="cm")
    >>> cells = [
    ...     FieldPanel(env, rng.uniform(0, rate, (12, env.n_bins)), title=f"cell {rate}")
    ...     for rate in (5, 20)
    ... ]
    >>> animate(cells, save_path=f"{mkdtemp()}/cells.mp4", progress=False).name
    'cells.mp4'
    """
    asked, others = split_keywords(keywords)
    for name in asked:
        if name in PANEL_KEYWORDS:
            raise TypeError(
                f"animate has no option {name!r}: it is said of each panel, as in "
                f"FieldPanel(env, fields, {name}=...).{suggest_name(name, _OWN)}"
            )

    def compile_it() -> Scene:
        return compile_panels(panels, SceneOptions(**{"link": None, **asked}))

    common = {"dpi": dpi, "progress": progress}
    return present_compiled(compile_it, backend, save_path, {**common, **others})
