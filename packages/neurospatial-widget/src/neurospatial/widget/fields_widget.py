"""The widget, as the kernel has it."""

import json
import logging
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from uuid import uuid4

import traitlets

from neurospatial.errors import explain
from neurospatial.html import Bundle, HTMLPage
from neurospatial.scene import Scene
from neurospatial.widget import validate_traits
from neurospatial.widget.base import Widget
from neurospatial.widget.options import WidgetOptions
from neurospatial.widget.panel_traits import (
    Limits,
    get_layers_visible,
    get_limits,
    get_scales,
    name_panels,
)
from neurospatial.widget.script import make_widget_script, make_widget_style
from neurospatial.widget.static_page import make_static_html

_log = logging.getLogger("neurospatial")


class FieldsWidget(Widget):
    """An animation in a notebook; what is looked at is read when it is asked for.

    Each attribute below is a trait: setting it changes what is shown, and what
    is done in the browser sets it, so that ``observe`` and ``ipywidgets.jslink``
    work.

    Parameters
    ----------
    scene : Scene
    options : WidgetOptions

    Attributes
    ----------
    frame : int
        The frame shown, from 0.
    playing : bool
    speed : float
        Multiple of the scene's frames per second, 0.25 to 4.
    loop : bool
        Whether playing goes on from the start.
    vmin, vmax : float or None
        Values at the ends of the colours, of several panels those of the first that is
        coloured; setting None gives those back that the animation was made with. None
        where nothing is coloured.
    limits : dict of str to tuple of float
        The same of each coloured panel, by its title, or by its number from 1 where that
        is empty. Panels left out when it is set keep theirs, those that share
        their colours are set together, and None gives a panel its own back.
    layers_visible : dict of str to bool
        Which layers are shown, by name, and where there are several panels by
        ``"panel: layer"``; names left out when it is set stay as they are.

    Examples
    --------
    >>> import numpy as np
    >>> from neurospatial import Environment
    >>> edges = [np.arange(4.0), np.arange(3.0)]
    >>> env = Environment.from_mask(np.ones((3, 2), bool), edges)
    >>> widget = env.animate_fields(np.eye(6), backend="widget")
    >>> widget
    FieldsWidget(6 frames; widget.save('animation.html') writes a page)
    >>> widget.frame = 3
    >>> widget.vmin, widget.vmax, widget.layers_visible
    (0.0, 1.0, {'Field': True})
    """

    _esm = make_widget_script()
    _css = make_widget_style()

    frame: traitlets.Int[int, int] = traitlets.Int(0).tag(sync=True)
    playing: traitlets.Bool[bool, bool | int] = traitlets.Bool(False).tag(sync=True)
    speed: traitlets.Float[float, float] = traitlets.Float(1.0).tag(sync=True)
    loop: traitlets.Bool[bool, bool | int] = traitlets.Bool(False).tag(sync=True)
    vmin: traitlets.Float[int | None, int | float | None] = traitlets.Float(
        None, allow_none=True
    ).tag(sync=True)
    vmax: traitlets.Float[int | None, int | float | None] = traitlets.Float(
        None, allow_none=True
    ).tag(sync=True)
    limits: "traitlets.Dict[str, Limits | None]" = traitlets.Dict().tag(sync=True)
    layers_visible: "traitlets.Dict[str, bool]" = traitlets.Dict().tag(sync=True)
    _panels = traitlets.Tuple().tag(sync=True)
    _scales = traitlets.Dict().tag(sync=True)
    _header = traitlets.Unicode().tag(sync=True)
    _height = traitlets.Int().tag(sync=True)
    _static = traitlets.Unicode().tag(sync=True)

    def __init__(self, scene: Scene, options: WidgetOptions) -> None:
        self._scene: Scene | None = scene
        self._options = options
        self._n_frames = scene.timeline.n_frames
        self._bundle: Bundle | None = Bundle(scene, options.make_bundle_options(scene))
        header = self._bundle.header
        self._widest = get_limits(header)
        self._accepted_limits = self._widest
        self._accepted_layers = get_layers_visible(header)
        scales = get_scales(header)
        self._first = min(scales, key=scales.__getitem__, default=None)
        low, high = self._widest[self._first] if self._first is not None else (None, None)
        super().__init__(
            vmin=low,
            vmax=high,
            limits=self._widest,
            layers_visible=self._accepted_layers,
            _panels=name_panels(header),
            _scales=scales,
            _header=json.dumps(header, allow_nan=False),
            _height=options.page.choose_size(scene)[1],
            _static=uuid4().hex,
        )
        self.on_msg(self._answer)

    def save(self, path: str | PathLike[str]) -> Path:
        """Write a page that shows the same without a kernel, and return its path.

        Raises
        ------
        ValueError
            If `path` does not end in ``.html``.
        OSError
            If the file cannot be written.
        RuntimeError
            If the widget has been closed.
        """
        if self._scene is None:
            raise RuntimeError(
                explain(
                    "This widget has been closed.",
                    "Closing it lets go of the fields.",
                    ["Make it again: env.animate_fields(fields, backend='widget')"],
                )
            )
        return HTMLPage(self._scene, self._options.page).save(path)

    def close(self) -> None:
        """Take the widget off the screen and let go of the fields."""
        super().close()
        self._scene = self._bundle = None

    def __repr__(self) -> str:
        frames = f"{self._n_frames} frame{'s' if self._n_frames != 1 else ''}"
        if self._scene is None:
            return f"FieldsWidget({frames}; closed)"
        return f"FieldsWidget({frames}; widget.save('animation.html') writes a page)"

    def _ipython_display_(self) -> None:
        """Show the widget; beside it, unseen, goes what stands in for it without a kernel."""
        from IPython.core.getipython import get_ipython

        scene, shell = self._scene, get_ipython()
        if scene is None or shell is None or getattr(shell, "kernel", None) is None:
            raise NotImplementedError  # IPython then prints what this is.
        shown, metadata = self._repr_mimebundle_() or ({}, {})
        shell.display_pub.publish(data=shown, metadata=metadata)
        # An output of its own: whoever exports a notebook may have the widget's state, and
        # then takes the widget although nothing can feed it.
        html = make_static_html(scene, self._options, self._static)
        shell.display_pub.publish(data={"text/html": html, "text/plain": ""})

    def _answer(self, widget: object, content: Mapping[str, object], buffers: object) -> None:
        """Send the chunk that a player asks for; it is made now, and not kept."""
        name = str(content.get("chunk"))
        try:
            if self._bundle is None:
                return
            chunk = self._bundle.chunk(name)
        except BaseException as error:
            _log.error("Part %s of a widget cannot be read.", name, exc_info=error)
            words = str(error.args[0]) if isinstance(error, KeyError) else str(error)
            self.send({"chunk": name, "problem": f"{type(error).__name__}: {words}"})
            if not isinstance(error, Exception):
                raise
        else:
            self.send({"chunk": name}, buffers=[chunk])

    @traitlets.validate("frame")
    def _check_frame(self, proposal: Mapping[str, int]) -> int:
        return validate_traits.validate_frame(proposal["value"], self._n_frames)

    @traitlets.validate("speed")
    def _check_speed(self, proposal: Mapping[str, float]) -> float:
        return validate_traits.validate_speed(proposal["value"])

    @traitlets.validate("vmin", "vmax")
    def _check_limit(self, proposal: Mapping[str, object]) -> float | None:
        trait, value = proposal["trait"], proposal["value"]
        name = str(getattr(trait, "name", ""))
        limits = {"vmin": self.vmin, "vmax": self.vmax, name: value}
        widest = None if self._first is None else self._widest[self._first]
        return validate_traits.validate_limit(name, limits, widest)

    @traitlets.validate("limits")
    def _check_limits(self, proposal: Mapping[str, Mapping[str, object]]) -> dict[str, Limits]:
        return validate_traits.validate_panel_limits(
            proposal["value"], self._accepted_limits, self._widest, self._scales
        )

    @traitlets.observe("vmin", "vmax")
    def _follow_ends(self, change: Mapping[str, object]) -> None:
        """Have the first panel's limits be these, and give back what was set to None."""
        if self._first is None:
            return
        if change["new"] is None:
            self.set_trait(
                str(change["name"]), self._widest[self._first][change["name"] == "vmax"]
            )
        elif self.vmin is not None and self.vmax is not None:
            self.limits = {self._first: (self.vmin, self.vmax)}

    @traitlets.observe("limits")
    def _follow_limits(self, change: Mapping[str, dict[str, Limits]]) -> None:
        self._accepted_limits = change["new"]
        if self._first is not None:
            with self.hold_trait_notifications():
                self.vmin, self.vmax = change["new"][self._first]

    @traitlets.validate("layers_visible")
    def _check_layers(self, proposal: Mapping[str, Mapping[str, object]]) -> dict[str, bool]:
        accepted = self._accepted_layers
        return {**accepted, **validate_traits.validate_layers(proposal["value"], accepted)}

    @traitlets.observe("layers_visible")
    def _keep_layers(self, change: Mapping[str, dict[str, bool]]) -> None:
        self._accepted_layers = change["new"]
