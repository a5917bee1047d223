"""A scene that plays in a viewer."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from neurospatial.napari.data.prefetch import Prefetcher
from neurospatial.napari.layers.base import LayerView
from neurospatial.napari.layers.panel_place import PanelPlace
from neurospatial.napari.layers.placement import Placement
from neurospatial.napari.layers.theme import read_theme_colors
from neurospatial.napari.player.clock import PlayClock
from neurospatial.napari.player.follow_camera import follow_camera
from neurospatial.napari.player.screenshot import capture_panel
from neurospatial.scene import Scene

if TYPE_CHECKING:
    import napari
    from neurospatial.napari.layers.trace import TraceStrip

_ANIMATIONS: "WeakKeyDictionary[napari.Viewer, ViewerAnimation]" = WeakKeyDictionary()


def animation_of(viewer: "napari.Viewer") -> "ViewerAnimation | None":
    """Find what plays in a viewer; None where nothing does."""
    return _ANIMATIONS.get(viewer)


class ViewerAnimation:
    """A scene that plays in a viewer; the viewer's own slider says which frame is shown.

    Parameters
    ----------
    viewer : napari.Viewer
    scene : Scene
    layer_views : sequence of LayerView
        What keeps the layers up to date.
    panel_views : sequence of sequences of LayerView
        Those of each panel's layers, one a layer.
    places : sequence of PanelPlace
        Where each panel lies, and what it shows there.
    prefetcher : Prefetcher
        Ended with the viewer.
    loop : bool
        Whether playing starts again at the end.
    """

    def __init__(
        self,
        viewer: "napari.Viewer",
        scene: Scene,
        layer_views: Sequence[LayerView],
        panel_views: Sequence[Sequence[LayerView]],
        places: Sequence[PanelPlace],
        prefetcher: Prefetcher,
        loop: bool,
    ) -> None:
        self.viewer: napari.Viewer = viewer
        self.scene: Scene = scene
        self.places: tuple[PanelPlace, ...] = tuple(places)
        self.layer_views: tuple[LayerView, ...] = tuple(layer_views)
        self.panel_views: tuple[tuple[LayerView, ...], ...] = tuple(map(tuple, panel_views))
        self._prefetcher = prefetcher
        self.clock: PlayClock = PlayClock(
            scene.timeline.n_frames,
            scene.timeline.fps,
            loop=loop,
            get_frame=lambda: self.frame,
            show_frame=self._show_frame,
            pause=self.pause,
        )
        self._frame_shown, self._closed = -1, False
        self._listeners: list[Callable[[], None]] = []
        self._closers: list[tuple[Callable[[], None], bool]] = []
        self.strips: tuple[TraceStrip, ...] = ()
        viewer.dims.events.current_step.connect(self._on_step)
        viewer.layers.events.removed.connect(self._on_removed)
        viewer.events.theme.connect(self.follow_theme)
        _ANIMATIONS[viewer] = self
        self._leave_camera = follow_camera(viewer, self.layer_views)
        self._on_step()

    @property
    def n_frames(self) -> int:
        """Number of frames."""
        return self.scene.timeline.n_frames

    @property
    def frame(self) -> int:
        """The shown frame, 0 … n_frames - 1."""
        dims = self.viewer.dims
        if dims.ndim < 3:
            return 0
        return int(np.clip(dims.current_step[self._axis], 0, self.n_frames - 1))

    @frame.setter
    def frame(self, frame: int) -> None:
        self._show_frame(frame)

    @property
    def loop(self) -> bool:
        """Whether playing starts again at the end."""
        return self.clock.loop

    @loop.setter
    def loop(self, loop: bool) -> None:
        self.clock.loop = loop

    @property
    def placements(self) -> tuple[Placement, ...]:
        """The map of what each panel now shows."""
        return tuple(place.now for place in self.places)

    @property
    def following(self) -> bool:
        """Whether views move from frame to frame; else all of each is shown."""
        return all(place.following for place in self.places)

    @following.setter
    def following(self, following: bool) -> None:
        for place in self.places:
            place.following = following
        self._frame_shown = -1
        self._on_step()
        for place, views in zip(self.places, self.panel_views, strict=True):
            for layer in (layer for view in views for layer in view.layers if place.moves):
                layer.refresh()

    @property
    def playing(self) -> bool:
        """Whether it plays."""
        return self.clock.running

    @property
    def speed(self) -> float:
        """Played seconds in a second: 1 is the pace of ``timeline.fps``."""
        return self.clock.speed

    @speed.setter
    def speed(self, speed: float) -> None:
        self.clock.speed = speed
        self.notify()

    @property
    def fps(self) -> float:
        """Frames played per second at a speed of 1."""
        return self.clock.fps

    @fps.setter
    def fps(self, fps: float) -> None:
        self.clock.fps = fps
        self.notify()

    @property
    def rate(self) -> float | None:
        """Frames per second that are really shown; None when it does not play."""
        return self.clock.rate

    def play(self) -> None:
        """Play from the shown frame on; from the start at the end."""
        self.clock.start()
        self.notify()

    def pause(self) -> None:
        """Stop at the shown frame."""
        self.clock.stop()
        self.notify()

    def toggle(self) -> None:
        """Pause where it plays, else play."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def frame_pixels(self, panel: int = 0, longest: int = 800) -> NDArray[np.uint8]:
        """Capture exactly what a panel's view bounds, without anything around it.

        Parameters
        ----------
        panel : int
        longest : int
            Most pixels along a side; somewhat fewer where width and height are whole then.

        Returns
        -------
        ndarray of uint8, shape (height, width, 4)
            sRGB with opacity.
        """
        return capture_panel(self.viewer, self.places[panel].home.box, longest)

    def strip_pixels(self, number: int) -> NDArray[np.uint8]:
        """Render a signal's window of time by its limits, without anything around it.

        Parameters
        ----------
        number : int
            Which of ``scene.visible_strips``.

        Returns
        -------
        ndarray of uint8, shape (height, width, 4)
        """
        return self.strips[number].render_pixels()

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Have a function called after every step and change of the player."""
        self._listeners.append(listener)

    def on_close(self, closer: Callable[[], None], needs_window: bool = False) -> None:
        """Have a function called when this is closed, where asked only if the window lives."""
        self._closers.append((closer, needs_window))

    def notify(self) -> None:
        """Call those who subscribed."""
        for listener in self._listeners:
            listener()

    def follow_theme(self) -> None:
        """Colour what stands around the panels, and the strips, as the viewer's theme has it."""
        colors = read_theme_colors(self.viewer)
        for view in self.layer_views:
            view.set_colors(colors)
        for strip in self.strips:
            strip.set_colors(colors)

    def close(self) -> None:
        """Stop, and remove callbacks, timers, docks, threads and open files.

        The layers stay as they are. Closing the viewer or removing the fields from
        it does the same.
        """
        self._close(window=True)

    def remove(self) -> None:
        """Close, and take the layers out of the viewer."""
        self.close()
        for view in self.layer_views:
            for layer in view.layers:
                if layer in self.viewer.layers:
                    self.viewer.layers.remove(layer)
            view.release()

    def close_without_window(self) -> None:
        """Do the same when the window was destroyed before."""
        self._close(window=False)

    def _close(self, window: bool) -> None:
        if self._closed:
            return
        self._closed = True
        if _ANIMATIONS.get(self.viewer) is self:
            del _ANIMATIONS[self.viewer]
        if window:
            self.clock.close()
        self.viewer.dims.events.current_step.disconnect(self._on_step)
        self._leave_camera()
        self.viewer.layers.events.removed.disconnect(self._on_removed)
        self.viewer.events.theme.disconnect(self.follow_theme)
        self._prefetcher.close()
        self._listeners.clear()
        for closer, needs_window in reversed(self._closers):
            if window or not needs_window:
                closer()
        self._closers.clear()

    @property
    def _axis(self) -> int:
        return int(self.viewer.dims.ndim) - 3

    def _show_frame(self, frame: int) -> None:
        wanted = int(np.clip(frame, 0, self.n_frames - 1))
        if self.viewer.dims.ndim > 2:
            self.viewer.dims.set_current_step(self._axis, wanted)

    def _on_step(self, event: object = None) -> None:
        frame = self.frame
        if frame == self._frame_shown or self.viewer.dims.ndim < 3:
            return
        first, self._frame_shown = self._frame_shown < 0, frame
        for place in self.places:
            place.move_to(frame)
        for view in self.layer_views:
            if first or not view.is_static:
                view.show(frame)
        self.notify()

    def _on_removed(self, event: object = None) -> None:
        """Close when no layer with frames is left: there is no slider then."""
        with_frames = (
            layer for view in self.layer_views for layer in view.layers if layer.ndim > 2
        )
        if not any(layer in self.viewer.layers for layer in with_frames):
            self.close()
            for view in self.layer_views:
                view.release()
