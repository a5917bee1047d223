"""A panel of fields on an environment."""

import warnings
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np

from neurospatial.errors import explain
from neurospatial.layouts import Layout
from neurospatial.scene.color import ColorScale
from neurospatial.scene.compile.clocks.clock import read_field_clock
from neurospatial.scene.compile.fields.limits import complete_limits
from neurospatial.scene.compile.fields.read_fields import open_fields
from neurospatial.scene.compile.overlays.check_overlays import to_overlays
from neurospatial.scene.compile.overlays.context import Overlay, OverlayContext
from neurospatial.scene.compile.overlays.number_names import number_names
from neurospatial.scene.compile.overlays.precision import convert_coordinates
from neurospatial.scene.compile.panel_spec import PanelClock, PanelContext
from neurospatial.scene.compile.panels.display_layout import display_layout
from neurospatial.scene.compile.panels.keyframes import read_keyframes
from neurospatial.scene.compile.panels.line import PanelBuilder1D
from neurospatial.scene.compile.panels.panel_builder import PanelBuilder2D
from neurospatial.scene.compile.panels.scale_bar import choose_scale_bar
from neurospatial.scene.compile.panels.view_path import make_view_path
from neurospatial.scene.compile.scene_options import (
    PANEL_KEYWORDS,
    PanelKeywords,
    SceneOptions,
    list_scene_keywords,
    make_scene_options,
)
from neurospatial.scene.geometry import Geometry
from neurospatial.scene.layers import FIELD_NAME, Layer
from neurospatial.scene.scene import Panel
from neurospatial.scene.source import FramesLike, Source, drop_unused_rows, is_field_series
from neurospatial.scene.view_path import ViewPath
from neurospatial.validate import to_text

if TYPE_CHECKING:
    from neurospatial.environment.base import BaseEnvironment


class FieldPanel:
    """Fields on an environment, as one panel of several.

    Parameters
    ----------
    env : Environment
        A fitted environment of two dimensions, or of one.
    fields : array-like, shape (n_frames, n_bins) or (n_bins,), or a list of (n_bins,)
        NaN is not drawn. One field is shown throughout, as a map under moving behaviour.
        What else `neurospatial.animate_fields` takes for one panel does too.
    title : str
        What stands over the panel, and what it is called in ``overlays=`` and ``align=``.
    overlays : Overlay, iterable of Overlay, or None
        What is drawn over this panel alone.
    **keywords
        ``frame_times``, ``cmap``, ``vmin``, ``vmax``, ``percentile``, ``show_regions``,
        ``region_alpha``, ``overlay_trajectory``, ``track``, ``colorbar_label``,
        ``colorbar``, ``axes``, ``scale_bar``, ``follow`` and ``zoom``, as of
        `neurospatial.animate_fields`.

    Raises
    ------
    TypeError, ValueError
        For whatever cannot be shown; the text says what, why and how to mend it.

    Examples
    --------
    >>> from neurospatial import Environment
    >>> env = Environment.from_mask(np.ones((3, 2), bool), [np.arange(4.0), np.arange(3.0)])
    >>> FieldPanel(env, np.eye(6), title="cell 1", cmap="magma")
    FieldPanel('cell 1', 6 frames, 6 bins)
    """

    @list_scene_keywords(names=PANEL_KEYWORDS)
    def __init__(
        self,
        env: "BaseEnvironment",
        fields: FramesLike,
        *,
        title: str = "",
        overlays: Overlay | Iterable[Overlay] | None = None,
        **keywords: Unpack[PanelKeywords],
    ) -> None:
        if not hasattr(env, "layout"):
            raise TypeError(
                explain(
                    f"env is a {type(env).__name__}.",
                    "An environment says where each value of a field is drawn.",
                    ["Pass FieldPanel(env, fields)."],
                )
            )
        self.title: str = to_text(title, "title")
        self._env = env
        self._options = make_scene_options(None, keywords, PANEL_KEYWORDS, "A FieldPanel")
        self._layout: Layout = display_layout(env.layout, self._options.track)
        self._overlays = to_overlays(overlays)
        self._source: Source = open_fields(fields, env)
        label = self._options.colorbar_label
        self._label = find_unit(fields) if label is None else label
        self.clock: PanelClock = read_field_clock(
            fields, self._source.shape[0], self._options.frame_times
        )

    def __repr__(self) -> str:
        n_frames, n_bins = self._source.shape
        return f"FieldPanel({self.title!r}, {n_frames} frames, {n_bins} bins)"

    def find_scale(self) -> ColorScale:
        """Find the colours of the fields; an end of their range that was left out is looked for.

        Raises
        ------
        ValueError
            If an end has to be found and no value is finite.
        """
        options = self._options
        low, high = complete_limits(self._source, options.vmin, options.vmax, options.percentile)
        return ColorScale.from_cmap(options.cmap, low, high, self._label)

    def build(self, context: PanelContext) -> Panel:
        """Make the panel, aligned with ``context.times``."""
        env, options = self._env, self._options
        scale = self.find_scale() if context.scale is None else context.scale
        geometry = context.reuse((id(env.layout), options.track), lambda: Geometry(self._layout))
        builder = make_builder(env, geometry, scale)
        over = OverlayContext(
            context.times,
            context.own_times,
            builder.bounds,
            geometry.layout,
            env.units or "",
            (*context.overlays, *self._overlays),
            is_recorded=context.is_recorded,
            y_down=builder.view.y_down,
        )

        def make_marks() -> tuple[Layer, ...]:
            marks = [
                *builder.make_regions(env.regions, options.show_regions, options.region_alpha),
                *context.lower_overlays(over, self._overlays, self.title),
            ]
            if options.overlay_trajectory is not None:
                marks += builder.make_trajectory(options.overlay_trajectory, over)
            converted = [convert_coordinates(layer, over.dtype) for layer in marks]
            return number_names(converted, [FIELD_NAME])

        key = self._make_key(over)
        marks = context.reuse(key, make_marks)
        path = context.reuse(("path", *key), lambda: self._make_path(over))
        field = builder.make_field(*self._select_rows(context))
        view = replace(builder.view, path=path)
        return Panel(
            view,
            tuple(sorted([field, *marks], key=lambda layer: layer.z)),
            self.title,
            builder.colorbar if options.colorbar else None,
            choose_scale_bar(options.scale_bar, view, env.units or ""),
            axes=(options.axes and path is None,) * 2,
        )

    def _make_path(self, over: OverlayContext) -> ViewPath | None:
        follow = self._options.follow
        with warnings.catch_warnings():
            if any(overlay is follow for overlay in over.overlays):
                # What is wrong with it is said when it is drawn.
                warnings.simplefilter("ignore")
            return make_view_path(follow, read_keyframes(self._options.zoom), over)

    def _select_rows(self, context: PanelContext) -> tuple[Source, Any]:
        """Select the row of the fields that each frame of the scene shows."""
        index = context.frame_index
        if self._source.shape[0] == 1 and context.n_frames > 1:
            index = np.zeros(context.n_frames, np.intp) if index is None else np.minimum(index, 0)
        return (self._source, None) if index is None else drop_unused_rows(self._source, index)

    def _make_key(self, over: OverlayContext) -> tuple[object, ...]:
        """Make what tells panels apart whose marks are not the same."""
        options = self._options
        return (
            id(self._env), options.track, id(over.times), id(over.field_times), over.bounds,
            str(options.show_regions), options.region_alpha, id(options.overlay_trajectory),
            id(options.follow), str(options.zoom),
            *map(id, over.overlays),
        )  # fmt: skip


def make_builder(
    env: "BaseEnvironment", geometry: Geometry, scale: ColorScale
) -> PanelBuilder1D | PanelBuilder2D:
    """Make what draws the panels of a layout; the ribbon of a track has x and y of the plane."""
    units, names, layout = env.units or "", env.axis_names, geometry.layout
    if layout.n_dims == 1:
        return PanelBuilder1D(layout, units, scale, names[0])
    plane = (names[0], names[1]) if len(names) == layout.n_dims else ("x", "y")
    return PanelBuilder2D(geometry, units, scale, plane, env.y_down)


def find_unit(fields: Any) -> str:
    """Find the unit that a `FieldSeries` says its values are in; empty where there is none."""
    return str(getattr(fields, "unit", "") or "") if is_field_series(fields) else ""


def make_field_panels(
    env: "BaseEnvironment", named: "Sequence[tuple[str, FramesLike]]", options: SceneOptions
) -> list[FieldPanel]:
    """Make a panel of each of several fields, all with the same options."""
    keywords: Any = {name: getattr(options, name) for name in PANEL_KEYWORDS}
    return [FieldPanel(env, fields, title=title, **keywords) for title, fields in named]
