"""Projective maps of the plane: what a camera at an angle does to the floor."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.scene import Affine2D
from neurospatial.validate import to_real_array


@dataclass(frozen=True, eq=False)
class Projective2D:
    """A projective map of the plane (a homography), kept as its homogeneous matrix.

    A matrix and its negative map alike; the sign says which side is seen: points
    whose third homogeneous coordinate is not positive lie on or beyond the
    horizon, and become NaN.

    Parameters
    ----------
    matrix : array-like, shape (3, 3)
        Acts on column vectors ``(x, y, 1)``.

    Raises
    ------
    ValueError
        If the matrix has another shape, or cannot be inverted.

    Examples
    --------
    >>> tilted = Projective2D([[1, 0, 0], [0, 1, 0], [0, 0.1, 1]])
    >>> tilted([[2.0, 10.0], [0.0, -10.0]])
    array([[ 1.,  5.],
           [nan, nan]])
    >>> tilted.inverse([1.0, 5.0])
    array([ 2., 10.])
    """

    matrix: NDArray[np.float64]

    def __post_init__(self) -> None:
        matrix = np.array(to_real_array(self.matrix, "matrix"))
        good = matrix.shape == (3, 3) and bool(np.isfinite(matrix).all())
        if not good or np.linalg.det(matrix) == 0:
            raise ValueError(
                explain(
                    f"The projective matrix is {matrix.tolist()}.",
                    "A projective map of the plane is a 3 by 3 matrix that can be inverted.",
                    ["Calibrate with four or more landmarks, no three of them in a line."],
                )
            )
        matrix.setflags(write=False)
        object.__setattr__(self, "matrix", matrix)

    @property
    def inverse(self) -> "Projective2D":
        """The map that undoes this one, on the side that is seen."""
        return Projective2D(np.asarray(np.linalg.inv(self.matrix), dtype=np.float64))

    def __matmul__(self, first: "Projective2D | Affine2D") -> "Projective2D":
        """Compose: ``(a @ b)(points) == a(b(points))``."""
        return Projective2D(self.matrix @ first.matrix)

    def __call__(self, points: ArrayLike) -> NDArray[np.float64]:
        """Map points of shape (..., 2)."""
        xy = to_real_array(points, "points")
        mapped = xy @ self.matrix[:, :2].T + self.matrix[:, 2]
        depth = mapped[..., 2:]
        return mapped[..., :2] / np.where(depth > 0, depth, np.nan)


def compute_local_scale(
    transform: Affine2D | Projective2D, points: ArrayLike
) -> NDArray[np.float64]:
    """Compute how much longer lengths become at points: the geometric mean over directions.

    Parameters
    ----------
    transform : Affine2D or Projective2D
    points : array-like, shape (..., 2)

    Returns
    -------
    ndarray, shape (...)
        NaN on and beyond the horizon.

    Examples
    --------
    >>> compute_local_scale(Affine2D.scaling(2.0, -8.0), [[0.0, 0.0]])
    array([4.])
    """
    matrix = transform.matrix
    depth = to_real_array(points, "points") @ matrix[2, :2] + matrix[2, 2]
    visible_depth = np.where(depth > 0, depth, np.nan)
    return np.asarray(np.sqrt(abs(np.linalg.det(matrix)) / visible_depth**3), dtype=np.float64)
