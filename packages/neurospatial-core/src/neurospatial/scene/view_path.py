"""How a view moves over the world."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from neurospatial.scene.raster import Bounds


@dataclass(frozen=True, eq=False)
class ViewPath:
    """Where a view looks in each frame, and how closely.

    From a zoom of 2 on a view is centred where the path says; at 1 all of it is shown, and
    between them its centre goes from the middle to there, so that nothing jumps.

    Parameters
    ----------
    centers : ndarray, shape (n_frames, 2)
        World coordinates.
    zoom : ndarray, shape (n_frames,)
        How many times as large everything is shown as in the whole view; at least 1.

    Examples
    --------
    >>> path = ViewPath(np.array([[4.0, 1.0], [4.0, 1.0]]), np.array([1.0, 2.0]))
    >>> path.find_bounds((0.0, 0.0, 4.0, 2.0), slice(None))
    array([[0. , 0. , 4. , 2. ],
           [3. , 0.5, 5. , 1.5]])
    """

    centers: NDArray[np.float64]
    zoom: NDArray[np.float64]

    def find_bounds(self, whole: Bounds, frames: slice | NDArray[np.intp]) -> NDArray[np.float64]:
        """Find the world rectangles that are shown.

        Parameters
        ----------
        whole : tuple of float
            What is shown at a zoom of 1.
        frames : slice or ndarray of int, shape (k,)

        Returns
        -------
        ndarray, shape (k, 4)
            ``x_min, y_min, x_max, y_max`` of each frame, of the shape of the whole.
        """
        low, high = np.array(whole[:2]), np.array(whole[2:])
        zoom = self.zoom[frames][:, np.newaxis]
        share = np.clip(zoom - 1, 0, 1)
        middle = (low + high) / 2
        centers = middle + share * (self.centers[frames] - middle)
        half = (high - low) / 2 / zoom
        return np.concatenate([centers - half, centers + half], axis=1)
