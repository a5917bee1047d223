"""A file written while the viewer goes on."""

from pathlib import Path
from threading import Event, Thread

from qtpy.QtCore import QObject, Signal  # type: ignore[attr-defined]

from neurospatial.backends import choose_backend
from neurospatial.backends.options import make_options
from neurospatial.scene import Scene


class ExportJob(QObject):
    """Writes a scene to a file, in a thread of its own.

    Exactly one of `written`, `failed` and `cancelled` is emitted, at the end.

    Parameters
    ----------
    scene : Scene
    path : pathlib.Path
        Its suffix says which backend writes it.
    """

    progressed: Signal = Signal(int)
    """How much is done [%]."""
    written: Signal = Signal(object)
    """The path."""
    failed: Signal = Signal(object)
    """The exception."""
    cancelled: Signal = Signal()

    def __init__(self, scene: Scene, path: Path) -> None:
        super().__init__()
        self._scene = scene
        self._path = path
        self._percent = -1
        self._stopped = Event()
        self._thread = Thread(target=self._run, name="neurospatial export")

    @property
    def running(self) -> bool:
        """Whether the thread has begun and not ended."""
        return self._thread.is_alive()

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def cancel(self) -> None:
        """Stop as soon as the backend reports; what was written so far is removed."""
        self._stopped.set()

    def stop(self) -> None:
        """Cancel, and wait until the thread has ended."""
        self.cancel()
        if self.running:
            self._thread.join()

    def _run(self) -> None:
        try:
            backend = choose_backend("auto", self._path)
            common = {"save_path": self._path, "progress": self._report}
            options = make_options(backend, common, {})
            made = backend.present(self._scene.restricted_to(backend.draws), options)
        except _Cancelled:
            self.cancelled.emit()
        except Exception as error:  # whatever it is, the user is told and napari goes on
            self.failed.emit(error)
        else:
            self.written.emit(made)

    def _report(self, done: int, total: int) -> None:
        if self._stopped.is_set():
            raise _Cancelled
        percent = 100 * done // max(total, 1)
        if percent > self._percent:
            self._percent = percent
            self.progressed.emit(percent)


class _Cancelled(BaseException):
    """The export was cancelled; no backend takes it for an error of its own."""
