"""Playing in real time: frames that come too late are left out."""

from collections import deque
from collections.abc import Callable
from time import perf_counter
from typing import TYPE_CHECKING

from neurospatial.validate import validate_positive

if TYPE_CHECKING:
    from qtpy.QtWidgets import QWidget

_MIN_INTERVAL = 10
"""Least time between two ticks [ms]: faster than a screen shows pictures."""
_RATE_WINDOW = 1.0
"""Last stretch of time [s] over which shown frames are counted: a number that can be read."""
_HOW = ("Pass a positive number, such as 0.5 or 2.",)


class PlayClock:
    """Moves on with the time that passes, from frame to frame.

    Parameters
    ----------
    n_frames : int
    fps : float
        Frames per second at a speed of 1.
    loop : bool
        Whether it goes on with the first frame after the last.
    get_frame : callable
        Which frame is shown now; it may have been chosen by hand.
    show_frame : callable
        Show a frame.
    pause : callable
        Called at the end, where it does not loop; it has to call `stop`.
    """

    def __init__(
        self,
        n_frames: int,
        fps: float,
        *,
        loop: bool,
        get_frame: Callable[[], int],
        show_frame: Callable[[int], None],
        pause: Callable[[], None],
    ) -> None:
        from qtpy.QtCore import Qt, QTimer

        self._n_frames = n_frames
        self._get_frame, self._show_frame, self._pause = get_frame, show_frame, pause
        self.loop: bool = loop
        self._speed = 1.0
        self._fps = fps
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._begun = (0.0, 0)
        self._due = -1
        self._times: deque[float] = deque()

    @property
    def running(self) -> bool:
        """Whether it plays."""
        return bool(self._timer.isActive())

    @property
    def speed(self) -> float:
        """Multiple of the pace of the timeline."""
        return self._speed

    @speed.setter
    def speed(self, speed: float) -> None:
        why = "It is a multiple of the pace of the frames."
        self._speed = validate_positive(speed, "speed", why=why, how=_HOW)
        if self.running:
            self._restart()

    @property
    def fps(self) -> float:
        """Frames per second at a speed of 1."""
        return self._fps

    @fps.setter
    def fps(self, fps: float) -> None:
        why = "A frame is shown for 1 / fps seconds."
        self._fps = validate_positive(fps, "fps", why=why, how=_HOW)
        if self.running:
            self._restart()

    @property
    def rate(self) -> float | None:
        """Frames per second shown during the last second; None when it does not play."""
        if not self.running or len(self._times) < 2:
            return None
        return (len(self._times) - 1) / (self._times[-1] - self._times[0])

    def start(self) -> None:
        """Play from the shown frame on; from the first one at the end."""
        if self._n_frames < 2:
            return
        if self._get_frame() == self._n_frames - 1:
            self._show_frame(0)
        self._times.clear()
        self._restart()

    def stop(self) -> None:
        """Stop at the shown frame."""
        self._timer.stop()

    def attach_to(self, widget: "QWidget") -> None:
        """End with a widget, whatever destroys it."""
        self._timer.setParent(widget)

    def close(self) -> None:
        """Stop for good."""
        self._timer.stop()
        self._timer.timeout.disconnect(self._tick)
        self._timer.deleteLater()

    def _restart(self) -> None:
        self._begun = perf_counter(), self._get_frame()
        self._due = self._begun[1]
        # Two ticks a frame, so that none comes later than by half its time.
        self._timer.start(max(_MIN_INTERVAL, int(500 / (self._fps * self._speed))))

    def _tick(self) -> None:
        if self._get_frame() != self._due:  # moved by hand meanwhile
            self._restart()
        began, first = self._begun
        due = first + int((perf_counter() - began) * self._fps * self._speed)
        if due >= self._n_frames:
            if not self.loop:
                self._show_frame(self._n_frames - 1)
                self._pause()
                return
            due %= self._n_frames
        if due != self._due:
            self._record_time()
            self._due = due
            self._show_frame(due)

    def _record_time(self) -> None:
        now = perf_counter()
        self._times.append(now)
        while now - self._times[0] > _RATE_WINDOW:
            self._times.popleft()
