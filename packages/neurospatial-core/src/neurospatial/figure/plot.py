"""One frame of panels, on a figure or on axes that are there."""

from typing import TYPE_CHECKING, Unpack

from neurospatial.errors import explain
from neurospatial.figure.axes import draw_panel_axes
from neurospatial.figure.color_bar import add_color_bar
from neurospatial.figure.draw import check_texts, draw_figure
from neurospatial.figure.find_frame import find_frame
from neurospatial.figure.options import FigureOptions
from neurospatial.figure.panel import draw_layers
from neurospatial.scene import PanelsLike, Scene, SceneOptions, compile_panels
from neurospatial.scene.compile.scene_options import (
    TIMELINE_KEYWORDS,
    OverlaysLike,
    TimelineKeywords,
    list_scene_keywords,
    make_scene_options,
)
from neurospatial.validate.glyphs import write_plain_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@list_scene_keywords(names=TIMELINE_KEYWORDS)
def plot_frame(
    panels: PanelsLike,
    *,
    at: float | None = None,
    overlays: OverlaysLike = None,
    ax: "Axes | None" = None,
    figsize: tuple[float, float] | None = None,
    dpi: float = 100,
    **keywords: Unpack[TimelineKeywords],
) -> "Figure | Axes":
    """Draw one frame of panels with matplotlib, as a film of them shows it.

    Parameters
    ----------
    panels : panel, list of panels, or list of rows of panels
        As of `animate`.
    at : float or None
        When the frame was recorded, on the clock of the frames: the nearest one is drawn.
        Where the fields have no clock, the frame's number, from 0. None for the first.
    overlays : Overlay, iterable of Overlay, mapping of these, or None
        As of `animate`.
    ax : matplotlib.axes.Axes or None
        Where to draw a single panel, with the frame's label for a title if it has none.
    figsize : tuple of float, or None
        Width and height [inches] of a new figure; None for what the panels need.
    dpi : float
        Pixels in an inch of a new figure.
    title, frame_labels, align, link
        As of `animate`.

    Returns
    -------
    matplotlib.figure.Figure or matplotlib.axes.Axes
        A new figure, unknown to pyplot; the axes, where they were given.

    Raises
    ------
    ValueError
        If no frame was recorded at that time, or axes are given for several panels.

    Examples
    --------
    >>> import numpy as np
    >>> from neurospatial import Environment, FieldPanel
    >>> env = Environment.from_mask(np.ones((3, 2), bool), [np.arange(4.0), np.arange(3.0)])
    >>> fields = np.arange(12.0).reshape(2, 6)
    >>> figure = plot_frame(FieldPanel(env, fields, frame_times=[130.0, 130.2]), at=130.19)
    >>> figure.texts[0].get_text()
    't = 130.2 s'
    """
    options = FigureOptions(at=at, figsize=figsize, dpi=dpi)
    given = {**keywords, "overlays": overlays}
    asked = make_scene_options(
        SceneOptions(link=None), given, TIMELINE_KEYWORDS | {"overlays"}, "plot_frame"
    )
    scene = compile_panels(panels, asked)
    frame = find_frame(scene.timeline, options.at)
    if ax is None:
        return draw_figure(scene, frame, options.choose_size(scene), options.dpi)
    _draw_on_axes(ax, scene, frame)
    return ax


def _draw_on_axes(axes: "Axes", scene: Scene, frame: int) -> None:
    if len(scene.panels) > 1 or scene.visible_strips:
        n_strips = len(scene.visible_strips)
        raise ValueError(
            explain(
                f"ax is given for {len(scene.panels)} panels and {n_strips} signals.",
                "Axes hold one panel; a signal has axes of its own below it.",
                ["Leave ax out: a figure of them all is returned.", "Pass one panel at a time."],
            )
        )
    check_texts(scene)
    (panel,) = scene.panels
    draw_panel_axes(axes, panel, frame)
    if panel.view.equal:
        axes.set_aspect("equal")
    draw_layers(axes, panel, frame)
    if not panel.title:
        write_plain_text(axes.set_title, scene.timeline.label(frame))
    if panel.colorbar is not None:
        add_color_bar(axes, panel.colorbar)
