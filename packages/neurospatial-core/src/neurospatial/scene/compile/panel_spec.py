"""What one panel of a scene is made from, and what it is told when it is made."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar, cast, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from neurospatial.scene.color import ColorScale
from neurospatial.scene.compile.overlays.context import Overlay, OverlayContext
from neurospatial.scene.compile.overlays.validate_layer import check_layer
from neurospatial.scene.compile.panels.strips import StripCollector
from neurospatial.scene.layers import Layer, Trace
from neurospatial.scene.scene import Panel

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class PanelClock:
    """When the frames of a panel were recorded.

    Parameters
    ----------
    n_frames : int
    times : ndarray, shape (n_frames,), or None
        Increasing [s]; None where nothing says when.
    is_dated : bool
        Whether they are seconds since 1970, of dates.

    Examples
    --------
    >>> PanelClock(3, np.array([0.0, 0.5, 1.5])).interval
    0.75
    """

    n_frames: int
    times: NDArray[np.float64] | None = None
    is_dated: bool = False

    @property
    def interval(self) -> float:
        """Median time between two frames [s]; 0 where there is no such thing."""
        if self.times is None or len(self.times) < 2:
            return 0.0
        return float(np.median(np.diff(self.times)))


@dataclass(frozen=True, eq=False)
class PanelContext:
    """The scene as a panel needs to know it.

    Parameters
    ----------
    times : ndarray, shape (n_frames,)
        When each frame of the scene was recorded, on the panel's own clock [s]; without a
        recorded clock, when it is played.
    own_times : ndarray, shape (n_own,)
        The same of each of the panel's own frames.
    frame_index : ndarray of int, shape (n_frames,), or None
        Which of its own frames the panel shows in each of the scene's, -1 for none. None
        where it is frame by frame.
    is_recorded : bool
        Whether `times` are those of the recording; if not, frames are played from 0 s.
    shift : float
        By how much `times` are later than the clock of the scene [s].
    overlays : tuple of Overlay
        Those that all panels share, then those handed over for this one by its name.
    n_shared : int
        How many of them all panels share.
    scale : ColorScale or None
        The colours that panels share; None where each has its own.
    """

    times: NDArray[np.float64]
    own_times: NDArray[np.float64]
    frame_index: NDArray[np.intp] | None = None
    is_recorded: bool = True
    shift: float = 0.0
    overlays: tuple[Overlay, ...] = ()
    n_shared: int = 0
    scale: ColorScale | None = None
    strips: StripCollector = field(default_factory=StripCollector)
    _made: dict[Hashable, object] = field(default_factory=dict)

    @property
    def n_frames(self) -> int:
        """Number of frames of the scene."""
        return len(self.times)

    def reuse(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what another panel of the scene made under an equal key, or make it.

        Panels share what is alike: it is then stored, and sent, once.
        """
        if key not in self._made:
            self._made[key] = make()
        return cast(T, self._made[key])

    def lower_overlays(
        self, context: OverlayContext, own: Sequence[Overlay] = (), title: str = ""
    ) -> tuple[Layer, ...]:
        """Lower the overlays that panels share, and a panel's own; signals go to the scene.

        Parameters
        ----------
        context : OverlayContext
            The panel as its overlays need to know it.
        own : sequence of Overlay
            The panel's.
        title : str
            What the panel is called.

        Returns
        -------
        tuple of Layer
            Those of the panel.

        Raises
        ------
        TypeError, ValueError
            If what an overlay returns is no layer, or does not fit.
        """
        layers: list[Layer] = []
        for overlay in (*self.overlays, *own):
            lowered = [
                check_layer(layer, context.n_frames, type(overlay).__name__)
                for layer in overlay.layers(context)
            ]
            traces = [layer for layer in lowered if isinstance(layer, Trace)]
            layers += [layer for layer in lowered if not isinstance(layer, Trace)]
            self.strips.add(overlay, traces, title, self.shift)
        return tuple(layers)


class PanelSpec(Protocol):
    """What says how one panel of a scene is made.

    `neurospatial.FieldPanel` is one; so is whatever has these members. It may have
    ``find_scale() -> ColorScale`` as well: its colours can then be shared
    (see `HasColorScale`).

    Attributes
    ----------
    title : str
        What stands over the panel, and what it is called in ``overlays=`` and ``align=``.
    clock : PanelClock
        When its frames were recorded.
    """

    @property
    def title(self) -> str:
        """What the panel is called; empty for nothing."""

    @property
    def clock(self) -> PanelClock:
        """When its own frames were recorded."""

    def build(self, context: PanelContext) -> Panel:
        """Make the panel, aligned with ``context.times``; its title and cell are set later."""


@runtime_checkable
class HasColorScale(Protocol):
    """A panel whose colours can be shared with others."""

    def find_scale(self) -> ColorScale:
        """Find the colours of its values, with their range."""
