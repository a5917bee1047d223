"""What is asked before an export, and shown while it runs."""

from pathlib import Path

from qtpy.QtCore import Qt
from qtpy.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from neurospatial.backends import backend_statuses, get_backend

_EXAMPLE = "animation.mp4"
_WHOLE, _AS_SEEN = "Whole", "As in the viewer"


class ExportForm(QWidget):
    """The file, the frames, the part of the picture, and how far the work is."""

    def __init__(self) -> None:
        super().__init__()
        self.file: QLineEdit = QLineEdit()
        self.first: QSpinBox = QSpinBox()
        self.last: QSpinBox = QSpinBox()
        self.all_frames: QPushButton = QPushButton("All")
        self.this_frame: QPushButton = QPushButton("Current")
        self.part: QComboBox = QComboBox()
        self.bar: QProgressBar = QProgressBar()
        self.export_button: QPushButton = QPushButton("Export")
        self.cancel_button: QPushButton = QPushButton("Cancel")
        self.message: QLabel = QLabel()
        self._build_layout()
        self._n_frames = 0
        self.offer_frames(0)

    def _build_layout(self) -> None:
        browse = QPushButton("Browse…")
        browse.clicked.connect(self.browse)
        self.file.setPlaceholderText(_EXAMPLE)
        self.all_frames.clicked.connect(self._choose_all_frames)
        self.first.valueChanged.connect(self.last.setMinimum)
        self.part.addItems([_WHOLE, _AS_SEEN])
        self.part.setToolTip("The whole environment, or the part that the viewer shows now")
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        form = QFormLayout()
        form.addRow("File", _create_row(self.file, browse))
        form.addRow("Frames", _create_row(self.first, QLabel("to"), self.last))
        form.addRow("", _create_row(self.all_frames, self.this_frame))
        form.addRow("Part", self.part)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(_create_row(self.export_button, self.cancel_button))
        column.addWidget(self.bar)
        column.addWidget(self.message)
        column.addStretch()

    def offer_frames(self, n_frames: int) -> None:
        """Let frames be chosen from so many, counted from 1; all are, at first."""
        self._n_frames = n_frames
        for box in (self.first, self.last):
            box.setRange(min(1, n_frames), n_frames)
        self.first.setValue(min(1, n_frames))
        self.last.setValue(n_frames)
        self._enable(running=False)

    def _choose_all_frames(self) -> None:
        self.offer_frames(self._n_frames)

    def get_frames(self) -> tuple[int, int]:
        """Return the first frame and the one after the last, counted from 0."""
        return self.first.value() - 1, self.last.value()

    def is_window_only(self) -> bool:
        """Whether only what the viewer shows now is wanted."""
        return bool(self.part.currentText() == _AS_SEEN)

    def get_path(self) -> Path:
        """Return the file that is named."""
        return Path(self.file.text().strip()).expanduser()

    def browse(self) -> bool:
        """Ask for the file; return whether one was named."""
        kinds = " ".join(f"*{suffix}" for suffix in list_suffixes())
        name, _ = QFileDialog.getSaveFileName(
            self, "Export animation", self.file.text() or _EXAMPLE, f"Animations ({kinds})"
        )
        if name:
            self.file.setText(name)
        return bool(name)

    def show_message(self, text: str) -> None:
        """Show a message."""
        self.message.setText(text)

    def begin_progress(self, text: str) -> None:
        """Show that work goes on."""
        self.bar.setValue(0)
        self.show_message(text)
        self._enable(running=True)

    def end_progress(self, text: str) -> None:
        """Show what became of it."""
        self.show_message(text)
        self._enable(running=False)

    def _enable(self, *, running: bool) -> None:
        self.export_button.setEnabled(not running and self._n_frames > 0)
        self.this_frame.setEnabled(self._n_frames > 0)
        self.cancel_button.setEnabled(running)
        self.bar.setVisible(running)


def list_suffixes() -> tuple[str, ...]:
    """List the suffixes of the files that can be written here, those of a backend together."""
    able = [status.name for status in backend_statuses() if status.available]
    return tuple(suffix for name in able for suffix in get_backend(name).suffixes)


def _create_row(*widgets: QWidget) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        layout.addWidget(widget)
    return row
