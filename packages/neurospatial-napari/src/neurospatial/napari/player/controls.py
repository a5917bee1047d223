"""The dock with the player's controls."""

from typing import TYPE_CHECKING

import numpy as np
from qtpy.QtCore import QSignalBlocker, Qt
from qtpy.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from neurospatial.napari.layers.qt_text import isolate

if TYPE_CHECKING:
    from neurospatial.napari.player.animation import ViewerAnimation

_SPEEDS = (0.01, 100.0)
"""Least and greatest multiple of the pace in the dock: single frames, or an hour in 36 s."""
_PLAY, _PAUSE = "▶", "❚❚"


class Controls(QWidget):
    """Play, speed, frames per second, loop, time and what is shown.

    Parameters
    ----------
    animation : ViewerAnimation
    """

    def __init__(self, animation: "ViewerAnimation") -> None:
        super().__init__()
        self._animation = animation
        self._clock = animation.scene.timeline.clock
        self.button: QPushButton = QPushButton(_PLAY)
        self.button.setToolTip("Play or pause (Space)")
        self.button.setFixedWidth(44)
        self.button.clicked.connect(animation.toggle)
        # A QLabel would have the whole window laid out anew with every frame.
        self.label: QLineEdit = _create_label()
        self.speed: QDoubleSpinBox = _create_spin_box(_SPEEDS, "×", "Multiple of the pace")
        self.speed.valueChanged.connect(self._set_speed)
        self.fps: QDoubleSpinBox = _create_spin_box(
            (0.1, 1000.0), " frames/s", "Frames played per second"
        )
        self.fps.valueChanged.connect(self._set_fps)
        ends = float(self._clock[0]), float(self._clock[-1])
        self.time: QDoubleSpinBox = _create_spin_box(ends, " s", "Jump to a time")
        self.time.setDecimals(3)
        self.time.valueChanged.connect(self._seek)
        self.loop: QCheckBox = QCheckBox("loop")
        self.loop.toggled.connect(self._set_loop)
        self.follow: QCheckBox = QCheckBox("follow")
        self.follow.setToolTip("Whether views move; else everything is shown")
        self.follow.toggled.connect(self._set_following)
        self.rate: QLabel = QLabel()
        self.rate.setToolTip("Frames really shown per second")
        self.rate.setMinimumWidth(self.rate.fontMetrics().horizontalAdvance("shows 000.0 / s"))
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 2, 6, 2)
        moves = any(place.moves for place in animation.places)
        checks = (self.loop, self.follow) if moves else (self.loop,)
        for widget in (self.button, self.time, self.speed, self.fps, *checks, self.rate):
            row.addWidget(widget)
        row.addWidget(self.label, 1)
        animation.subscribe(self.update_controls)
        self.update_controls()

    def update_controls(self) -> None:
        """Show what the player does."""
        animation, frame = self._animation, self._animation.frame
        text = animation.scene.timeline.label(frame)
        number = f"frame {frame + 1} of {animation.n_frames}"
        zero = animation.scene.timeline.zero
        more = number if zero is None else f"{number}, t from {zero}"
        self.label.setText(text if text.startswith("Frame ") else f"{isolate(text)}   ({more})")
        self.button.setText(_PAUSE if animation.playing else _PLAY)
        rate = animation.rate
        self.rate.setText("" if rate is None else f"shows {rate:.1f} / s")
        if not self.time.hasFocus():
            _set_silently(self.time, float(self._clock[frame]))
        _set_silently(self.speed, animation.speed)
        _set_silently(self.fps, animation.fps)
        for box, checked in ((self.loop, animation.loop), (self.follow, animation.following)):
            blocker = QSignalBlocker(box)
            box.setChecked(checked)
            blocker.unblock()

    def _set_speed(self, speed: float) -> None:
        self._animation.speed = speed

    def _set_fps(self, fps: float) -> None:
        self._animation.fps = fps

    def _set_loop(self, loop: bool) -> None:
        self._animation.loop = loop

    def _set_following(self, following: bool) -> None:
        self._animation.following = following

    def _seek(self, seconds: float) -> None:
        self._animation.frame = int(np.abs(self._clock - seconds).argmin())


def _create_label() -> QLineEdit:
    line = QLineEdit()
    line.setReadOnly(True)
    line.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    line.setStyleSheet("background: transparent; border: none;")
    return line


def _create_spin_box(ends: tuple[float, float], suffix: str, tip: str) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setRange(*ends)
    box.setSuffix(suffix)
    box.setToolTip(tip)
    box.setKeyboardTracking(False)
    box.setStepType(QDoubleSpinBox.StepType.AdaptiveDecimalStepType)
    return box


def _set_silently(box: QDoubleSpinBox, value: float) -> None:
    if box.value() == value:
        return
    blocker = QSignalBlocker(box)
    box.setValue(value)
    blocker.unblock()
