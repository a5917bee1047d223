"""Viewers with the dock open, and pictures of what was exported."""

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from neurospatial.napari import ViewerAnimation, animation_of
from tests import waiting

Pixels = NDArray[np.uint8]


def wait_until(condition: Callable[[], object]) -> None:
    """Let Qt go on until something is so."""
    from qtpy.QtWidgets import QApplication

    waiting.wait_until(condition, meanwhile=QApplication.processEvents)


def get_animation(viewer) -> ViewerAnimation:
    """Find the animation of a viewer that shows one."""
    found = animation_of(viewer)
    assert found is not None
    return found


def export_to(dock, path: Path) -> str:
    """Press Export, wait for the end and return what the dock says."""
    dock.file.setText(str(path))
    dock.export_button.click()
    wait_until(lambda: not dock.cancel_button.isEnabled())
    return str(dock.message.text())


def decode_pictures(path: Path, count: int = 1) -> list[Pixels]:
    """Decode the first pictures of a video."""
    with av.open(str(path)) as container:
        frames = container.decode(video=0)
        return [next(frames).to_ndarray(format="rgb24") for _ in range(count)]


def sample_bins(picture: Pixels, centers: NDArray[np.float64], bounds) -> NDArray[np.int_]:
    """Sample the colours where bins lie, (n_bins, 3), from a picture of exactly some bounds."""
    x_min, y_min, x_max, y_max = bounds
    height, width = picture.shape[:2]
    columns = ((centers[:, 0] - x_min) / (x_max - x_min) * width).astype(int)
    rows = ((y_max - centers[:, 1]) / (y_max - y_min) * height).astype(int)
    return picture[rows, columns, :3].astype(int)
