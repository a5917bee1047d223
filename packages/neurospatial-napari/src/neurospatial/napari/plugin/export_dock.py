"""The dock that exports what the viewer shows."""

from typing import TYPE_CHECKING

from qtpy.QtCore import QTimer
from qtpy.QtWidgets import QApplication

from neurospatial.errors import explain
from neurospatial.napari import ViewerAnimation, animation_of
from neurospatial.napari.patches.unwrap_viewer import unwrap_viewer
from neurospatial.napari.plugin.export_form import ExportForm
from neurospatial.napari.plugin.export_job import ExportJob
from neurospatial.napari.plugin.scene_from_viewer import scene_from_viewer

if TYPE_CHECKING:
    import napari


class ExportDock(ExportForm):
    """Writes the frames and the part of the viewer that are chosen to a file.

    Parameters
    ----------
    napari_viewer : napari.Viewer
    """

    def __init__(self, napari_viewer: "napari.Viewer") -> None:
        super().__init__()
        self._viewer: napari.Viewer = unwrap_viewer(napari_viewer)
        self._animation: ViewerAnimation | None = None
        self._job: ExportJob | None = None
        self.this_frame.clicked.connect(self._choose_this_frame)
        self.export_button.clicked.connect(self.export)
        self.cancel_button.clicked.connect(self.cancel)
        # An animation is known once all its layers are there.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.find_animation)
        layers = self._viewer.layers.events
        layers.inserted.connect(self._find_animation_soon)
        layers.removed.connect(self._find_animation_soon)
        self.find_animation()

    @property
    def job(self) -> ExportJob | None:
        """The export that runs, or ran last."""
        return self._job

    def find_animation(self) -> None:
        """Find out which animation the viewer shows now."""
        found = animation_of(self._viewer)
        if found is not self._animation or found is None:
            self._animation = found
            self.offer_frames(0 if found is None else found.scene.timeline.n_frames)

    def export(self) -> None:
        """Begin to write the file; without one named, ask for it."""
        if not self.file.text().strip() and not self.browse():
            return
        try:
            path = self.get_path()
            scene = scene_from_viewer(
                self._require_animation(), *self.get_frames(), window_only=self.is_window_only()
            )
        except (OSError, ValueError) as error:
            self.show_message(str(error))
            return
        self._job = job = ExportJob(scene, path)
        job.progressed.connect(self.bar.setValue)
        job.written.connect(self._on_written)
        job.failed.connect(self._on_failed)
        job.cancelled.connect(self._on_cancelled)
        # The window may be closed, and the application left, while the file is written.
        self.destroyed.connect(job.stop)
        application = QApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(job.stop)
        self.begin_progress(f"Writing {path.name} …")
        job.start()

    def cancel(self) -> None:
        """Stop writing; nothing is left of the file."""
        if self._job is not None:
            self._job.cancel()
            self.show_message("Cancelling …")

    def _require_animation(self) -> ViewerAnimation:
        self.find_animation()
        if self._animation is None:
            raise ValueError(
                explain(
                    "The viewer shows no animation.",
                    "What is exported are fields that change over time.",
                    ["Open a file of fields.", "Open the sample: File > Open Sample."],
                )
            )
        return self._animation

    def _find_animation_soon(self, event: object = None) -> None:
        self._soon.start(0)

    def _choose_this_frame(self) -> None:
        number = self._require_animation().frame + 1
        self.first.setValue(number)
        self.last.setValue(number)

    def _on_written(self, path: object) -> None:
        self.end_progress(f"Wrote {path}")

    def _on_failed(self, error: Exception) -> None:
        self.end_progress(str(error) or type(error).__name__)

    def _on_cancelled(self) -> None:
        self.end_progress("Cancelled; nothing was written.")
