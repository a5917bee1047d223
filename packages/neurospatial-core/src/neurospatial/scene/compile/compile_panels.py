"""From panels, each of its own data, to one scene."""

from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import Any

from neurospatial.scene.color import ColorScale
from neurospatial.scene.compile.clocks.align_clocks import PanelFrames, align_clocks
from neurospatial.scene.compile.fields.read_fields import refuse_same_names
from neurospatial.scene.compile.overlays.check_overlays import split_overlays
from neurospatial.scene.compile.panel_spec import HasColorScale, PanelContext, PanelSpec
from neurospatial.scene.compile.panels.arrange_panels import PanelsLike, arrange_panels
from neurospatial.scene.compile.panels.link_panels import join_scales, join_views
from neurospatial.scene.compile.panels.strips import StripCollector
from neurospatial.scene.compile.scene_options import SceneOptions
from neurospatial.scene.layers import Trace
from neurospatial.scene.scene import Panel, Scene
from neurospatial.scene.timeline import Timeline


def compile_panels(panels: PanelsLike, options: SceneOptions | None = None) -> Scene:
    """Check and align panels of any kind, and say them as one immutable scene.

    Parameters
    ----------
    panels : PanelSpec, sequence of PanelSpec, or sequence of rows of them
        None in a row is a blank.
    options : SceneOptions or None
        Of which ``fps``, ``speed``, ``frame_labels``, ``title``, ``overlays``, ``align`` and
        ``link`` are the scene's; all others are the panels' own.

    Returns
    -------
    Scene

    Raises
    ------
    TypeError, ValueError
        For whatever cannot be shown: all validation happens here.

    Examples
    --------
    >>> import numpy as np
    >>> from neurospatial import Environment, FieldPanel
    >>> env = Environment.from_mask(np.ones((3, 2), bool), [np.arange(4.0), np.arange(3.0)])
    >>> scene = compile_panels([FieldPanel(env, np.eye(6)), FieldPanel(env, np.eye(6) * 9)])
    >>> [panel.colorbar.vmax for panel in scene.panels]
    [1.0, 9.0]
    """
    asked = SceneOptions(link=None) if options is None else options
    given, cells = arrange_panels(panels)
    titles = [panel.title for panel in given]
    refuse_same_names(titles)
    shared, own = split_overlays(asked.overlays, titles)
    timeline, frames = align_clocks([panel.clock for panel in given], titles, asked)
    scale = _find_shared_scale(given, asked.link)
    strips, made = StripCollector(), dict[Hashable, object]()
    built = []
    for panel, cell, each in zip(given, cells, frames, strict=True):
        overlays = (*shared, *own.get(panel.title, ()))
        context = _make_context(each, timeline, overlays, len(shared), scale, strips, made)
        built.append(replace(_lift_strips(panel.build(context), context), cell=cell))
    strips.refuse_ignored(shared)
    scene = Scene(tuple(built), timeline, asked.title or "", strips.collect())
    if scale is not None:
        scene = _share_color_bar(scene, scale)
    if "view" in asked.link and len(built) > 1:  # type: ignore[operator]
        scene = replace(scene, panels=join_views(scene.panels, scene.cells))
    return scene


def _find_shared_scale(panels: Sequence[PanelSpec], link: Any) -> ColorScale | None:
    """Find the colours that several panels share; None where each has its own."""
    colored = [panel for panel in panels if isinstance(panel, HasColorScale)]
    if "color" not in link or len(colored) < 2:
        return None
    titles = [panel.title for panel in panels if isinstance(panel, HasColorScale)]
    return join_scales([panel.find_scale() for panel in colored], titles)


def _make_context(
    frames: PanelFrames,
    timeline: Timeline,
    overlays: Any,
    n_shared: int,
    scale: ColorScale | None,
    strips: StripCollector,
    made: dict[Hashable, object],
) -> PanelContext:
    return PanelContext(
        frames.times,
        frames.own_times,
        frames.index,
        timeline.times is not None,
        frames.shift,
        overlays,
        n_shared,
        scale,
        strips,
        made,
    )


def _lift_strips(panel: Panel, context: PanelContext) -> Panel:
    """Take the signals out of a panel: they belong to the scene."""
    traces = [layer for layer in panel.layers if isinstance(layer, Trace)]
    if not traces:
        return panel
    context.strips.add(panel, traces, panel.title, context.shift)
    others = tuple(layer for layer in panel.layers if not isinstance(layer, Trace))
    return replace(panel, layers=others)


def _share_color_bar(scene: Scene, scale: ColorScale) -> Scene:
    """Explain shared colours once, beside all panels."""
    explained = [panel for panel in scene.panels if panel.colorbar is scale]
    if len(explained) < 2:
        return scene
    panels = tuple(
        replace(panel, colorbar=None) if panel.colorbar is scale else panel
        for panel in scene.panels
    )
    return replace(scene, panels=panels, colorbar=scale)
