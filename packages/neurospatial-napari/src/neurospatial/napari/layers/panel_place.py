"""Where a panel lies, and which part of its world it shows there."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.napari.layers.placement import Placement
from neurospatial.scene import Bounds, View


class PanelPlace:
    """A panel's rectangle in napari's world, and the map of what it now shows to there.

    A view that moves shows another part of its world in each frame, in one rectangle: it is
    the map that changes, so that panels stay beside one another and the camera is the user's.

    Parameters
    ----------
    home : Placement
        Of all that the view may show at a zoom of 1.
    view : View
    """

    def __init__(self, home: Placement, view: View) -> None:
        self.home: Placement = home
        self.now: Placement = home
        self.following: bool = True
        self._view = view

    @property
    def moves(self) -> bool:
        """Whether frames show other parts of the world."""
        return self._view.path is not None

    def move_to(self, frame: int) -> None:
        """Show what belongs to a frame."""
        self.now = self.find_placement(frame)

    def find_placement(self, frame: int) -> Placement:
        """Find the map of a frame; of all, where it does not follow."""
        if not (self.moves and self.following):
            return self.home
        return self.home.show_part(self._view.get_bounds_on(frame))

    @property
    def reach(self) -> Bounds:
        """Where all that any frame shows would lie, had `home` put it there."""
        every = self._view.find_bounds(slice(None))
        (x_min, y_min), (x_max, y_max) = every[:, :2].min(axis=0), every[:, 2:].max(axis=0)
        return self.home.find_box((float(x_min), float(y_min), float(x_max), float(y_max)))

    def make_affine(self, n_dims: int) -> NDArray[np.float64]:
        """Compute the map from where `home` puts things to where they are now.

        Parameters
        ----------
        n_dims : int
            Of a layer; the last two are rows and columns.

        Returns
        -------
        ndarray, shape (n_dims + 1, n_dims + 1)
        """
        grown = self.now.scale / self.home.scale
        corner = np.array(self.now.bounds[:2])
        affine = np.eye(n_dims + 1)
        affine[[-3, -2], [-3, -2]] = grown
        affine[-3:-1, -1] = self.now.to_napari(corner) - grown * self.home.to_napari(corner)
        return affine
