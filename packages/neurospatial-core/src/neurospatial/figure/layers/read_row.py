"""Reading what one frame shows of values, and nothing else."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.scene import Curve, Field


def read_row(layer: Field | Curve, frame: int) -> NDArray[np.generic] | None:
    """Read the values (n_bins,) of a frame; None where it shows none."""
    row = frame if layer.frame_index is None else int(layer.frame_index[frame])
    return None if row < 0 else layer.values.read(row, row + 1)[0]
