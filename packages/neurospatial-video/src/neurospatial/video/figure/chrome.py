"""What stands around the panels: axes, titles, colour bar, scale bar; drawn once."""

from dataclasses import dataclass, replace

import numpy as np

from neurospatial.scene import Scene
from neurospatial.scene.drawn_texts import iter_drawn_texts
from neurospatial.scene.figure_layout import TITLE, FigureLayout, compute_layout, place_bar
from neurospatial.validate.glyphs import check_direction, check_glyphs
from neurospatial.video.canvas.canvas import Pixels
from neurospatial.video.canvas.text_coverage import draws_leftward
from neurospatial.video.figure.axes import draw_panel_axes, draw_strip_axes
from neurospatial.video.figure.axis import Room
from neurospatial.video.figure.color_bar import draw_color_bar
from neurospatial.video.figure.fit_text import fit_paragraph, fit_text
from neurospatial.video.figure.pen import RGB, Pen
from neurospatial.video.figure.style import FigureStyle, read_style

_MARGIN = 2.0
"""Points between a text and the edge of its room, and so of the picture."""

_TITLE_POINTS, _STRIP_POINTS = 13.0, 8.0
"""Sizes of the figure's title, and of what stands below the strips."""


@dataclass(frozen=True, eq=False)
class Chrome:
    """A picture with a hole for each panel.

    Parameters
    ----------
    picture : ndarray of uint8, shape (height, width, 3)
        Even in width and height; an odd figure is padded right and below.
    layout : FigureLayout
        Where everything lies.
    ink : tuple of int
        sRGB of text.
    alpha : ndarray of uint8, shape (height, width), or None
        How opaque each pixel is; None where all are.
    """

    picture: Pixels
    layout: FigureLayout
    ink: tuple[int, int, int]
    alpha: Pixels | None = None


def draw_chrome(
    scene: Scene, size: tuple[int, int], dpi: int, transparent: bool = False
) -> Chrome:
    """Lay the panels out and draw everything around them.

    Parameters
    ----------
    scene : Scene
    size : tuple of int
        Width and height of the picture [px].
    dpi : int
    transparent : bool
        Whether the background of the figure is left out.

    Returns
    -------
    Chrome
    """
    px = dpi / 72
    _check_texts(scene)
    layout, style = compute_layout(scene, size, px), read_style()
    if not transparent:
        return Chrome(_draw_figure(scene, size, px, layout, style), layout, style.ink)
    black, white = (
        _draw_figure(scene, size, px, layout, replace(style, background=(level,) * 3))
        for level in (0, 255)
    )
    picture, alpha = _separate_alpha(black, white, style.ink)
    return Chrome(picture, layout, style.ink, alpha)


def _separate_alpha(black: Pixels, white: Pixels, ink: RGB) -> tuple[Pixels, Pixels]:
    """Find the colour and the opacity that show a picture as it is over black and over white.

    What is not seen at all has the colour of ink: nothing else is drawn there later on, and no
    other colour bleeds into the edges of words where a file keeps colours coarsely.
    """
    alpha = 255 - (white - black).max(axis=2)
    picture = black.copy()
    picture[alpha == 0] = ink
    faint = (alpha > 0) & (alpha < 255)
    picture[faint] = np.rint(black[faint] * (255.0 / alpha[faint])[:, np.newaxis]).clip(0, 255)
    return picture, alpha


def _draw_figure(
    scene: Scene, size: tuple[int, int], px: float, layout: FigureLayout, style: FigureStyle
) -> Pixels:
    """Draw everything around the panels, on the background of the style."""
    width, height = size
    picture = np.empty((height + height % 2, width + width % 2, 3), dtype=np.uint8)
    picture[...] = style.background
    pen, margin = Pen(picture, px), _MARGIN * px
    for panel, box, cell in zip(scene.panels, layout.panels, layout.cells, strict=True):
        room = Room(cell.x + margin, cell.x + cell.width - margin)
        bar = place_bar(box, px) if panel.colorbar else None
        draw_panel_axes(pen, panel, box, bar, room, style)
    whole = Room(margin, width - margin)
    if scene.colorbar is not None and layout.colorbar is not None:
        draw_color_bar(
            pen, scene.colorbar, layout.colorbar, replace(whole, left=layout.colorbar.x), style
        )
    for trace, box in zip(scene.visible_strips, layout.strips, strict=True):
        draw_strip_axes(pen, trace, box, whole, style)
    middle, across = width / 2, width - 2 * margin
    if scene.visible_strips:
        words = fit_text(scene.timeline.strip_axis_label, _STRIP_POINTS, across, px)
        pen.write(words, (middle, height - _STRIP_POINTS * px), style.label)
    if scene.title:
        title = fit_paragraph(scene.title, _TITLE_POINTS, (across, TITLE * px), px)
        pen.write(title, (middle, layout.title_y), style.ink)
    return picture


def _check_texts(scene: Scene) -> None:
    """Warn of letters that cannot be drawn, or not in their order."""
    texts = set(iter_drawn_texts(scene))
    check_glyphs(texts)
    check_direction(texts, draws_leftward(), "Install FriBiDi, with which Pillow turns them")
