"""Affine maps of the plane."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.validate import to_real_array


@dataclass(frozen=True, eq=False)
class Affine2D:
    """An affine map of the plane, kept as its homogeneous matrix.

    Name one after what it maps, as in ``px_to_cm``.

    Parameters
    ----------
    matrix : array-like, shape (3, 3)
        Acts on column vectors ``(x, y, 1)``; the last row is ``(0, 0, 1)``.

    Raises
    ------
    ValueError
        If the matrix has another shape, another last row, or cannot be inverted.

    Examples
    --------
    >>> px_to_cm = Affine2D.scaling(0.5, -0.5) @ Affine2D.translation(0, -10)
    >>> px_to_cm([[4.0, 20.0]])
    array([[ 2., -5.]])
    >>> px_to_cm.inverse(px_to_cm([[3.0, 7.0]]))
    array([[3., 7.]])
    """

    matrix: NDArray[np.float64]

    def __post_init__(self) -> None:
        matrix = np.array(to_real_array(self.matrix, "matrix"))
        if matrix.shape != (3, 3) or not np.array_equal(matrix[2], (0, 0, 1)):
            raise ValueError(f"An affine matrix is 3 by 3 with last row (0, 0, 1); got {matrix!r}")
        if not np.isfinite(matrix).all() or np.linalg.det(matrix) == 0:
            raise ValueError(f"An affine map must be invertible; got {matrix!r}")
        matrix.setflags(write=False)
        object.__setattr__(self, "matrix", matrix)

    @classmethod
    def translation(cls, dx: float, dy: float) -> "Affine2D":
        """Shift by (dx, dy)."""
        return cls(np.array([[1, 0, dx], [0, 1, dy], [0, 0, 1]], dtype=np.float64))

    @classmethod
    def scaling(cls, sx: float, sy: float) -> "Affine2D":
        """Scale about the origin."""
        return cls(np.diag(np.array([sx, sy, 1], dtype=np.float64)))

    @classmethod
    def rotation(cls, angle: float) -> "Affine2D":
        """Turn counter-clockwise about the origin by `angle` [rad]."""
        c, s = np.cos(angle), np.sin(angle)
        return cls(np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]], dtype=np.float64))

    @property
    def inverse(self) -> "Affine2D":
        """The map that undoes this one."""
        inverse = np.asarray(np.linalg.inv(self.matrix), dtype=np.float64)
        inverse[2] = (0, 0, 1)
        return Affine2D(inverse)

    def __matmul__(self, first: "Affine2D") -> "Affine2D":
        """Compose: ``(a @ b)(points) == a(b(points))``."""
        return Affine2D(self.matrix @ first.matrix)

    def __call__(self, points: ArrayLike) -> NDArray[np.float64]:
        """Map points of shape (..., 2)."""
        return to_real_array(points, "points") @ self.matrix[:2, :2].T + self.matrix[:2, 2]
