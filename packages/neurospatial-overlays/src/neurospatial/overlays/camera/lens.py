"""What a lens does to a picture, and how to undo it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.polynomial import Polynomial
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.validate import to_real_array

_MAX_STEPS = 50
"""Of Newton's method: it takes five or six; only points that the lens does not show take all."""

_TOLERANCE = 1e-12
"""In normalized coordinates, where a pixel is about 1e-3."""

_NEGLIGIBLE = 1e-12
"""Leading coefficients of a polynomial that are rounding, and would add a root far away."""

_N_COEFFICIENTS = (4, 5, 8, 12)
"""Those of OpenCV's models without a tilted sensor."""


@dataclass(frozen=True, eq=False)
class Lens:
    """The distortion of a lens, in OpenCV's model and with its numbers.

    Take both arguments as ``cv2.calibrateCamera`` returns them, in its own
    convention (the centre of the top-left pixel at (0, 0)). Points given to the
    methods are in the convention of this package, as everywhere else: the centre
    of the top-left pixel is at (0.5, 0.5).

    Parameters
    ----------
    camera_matrix : array-like, shape (3, 3)
        Focal lengths and principal point [px]; no skew.
    distortion : array-like, shape (4,), (5,), (8,) or (12,)
        ``k1, k2, p1, p2[, k3[, k4, k5, k6[, s1, s2, s3, s4]]]``.

    Raises
    ------
    ValueError
        If the matrix is not that of a camera, or the coefficients are of another number.

    References
    ----------
    D. C. Brown (1966), "Decentering distortion of lenses", Photogrammetric
    Engineering 32(3), 444-462; rational and thin-prism terms as in OpenCV.

    Examples
    --------
    >>> lens = Lens([[500, 0, 320], [0, 500, 240], [0, 0, 1]], [-0.2, 0, 0, 0])
    >>> lens.distorted([[320.5, 240.5], [570.5, 240.5]])
    array([[320.5, 240.5],
           [558. , 240.5]])
    >>> lens.undistorted([558.0, 240.5])
    array([570.5, 240.5])
    """

    camera_matrix: NDArray[np.float64]
    distortion: NDArray[np.float64]

    def __post_init__(self) -> None:
        matrix = np.array(to_real_array(self.camera_matrix, "camera_matrix"))
        coefficients = to_real_array(self.distortion, "distortion").flatten()
        _check_matrix(matrix)
        _check_coefficients(coefficients)
        for name, value in (("camera_matrix", matrix), ("distortion", coefficients)):
            value.setflags(write=False)
            object.__setattr__(self, name, value)

    def undistorted(self, points_px: ArrayLike) -> NDArray[np.float64]:
        """Map points of the picture to where they would lie without the lens.

        Parameters
        ----------
        points_px : array-like, shape (..., 2)
            Continuous pixel coordinates ``(column, row)``.

        Returns
        -------
        ndarray, shape (..., 2)
            NaN where the model shows nothing, as far outside the picture.
        """
        observed = self._normalize(points_px)
        ideal = observed.copy()
        # Where the model folds back the steps run away; that is found out below.
        with np.errstate(all="ignore"):
            for _ in range(_MAX_STEPS):
                bent, slopes = self._distort_normalized(ideal)
                step = _solve_step(slopes, observed - bent)
                ideal += step
                if not np.any(np.abs(step) > _TOLERANCE):
                    break
            wrong = (
                np.abs(self._distort_normalized(ideal)[0] - observed).max(axis=-1)
                > 1e3 * _TOLERANCE
            )
            inside = (ideal**2).sum(axis=-1) < self._fold
        return self._to_pixels(np.where((inside & ~wrong)[..., np.newaxis], ideal, np.nan))

    def distorted(self, points_px: ArrayLike) -> NDArray[np.float64]:
        """Map points that would lie at `points_px` without the lens to where it shows them.

        The inverse of `undistorted`, with the same shapes; NaN where the model
        folds back, which is outside of what the lens shows.
        """
        ideal = self._normalize(points_px)
        inside = (ideal**2).sum(axis=-1) < self._fold
        return self._to_pixels(
            np.where(inside[..., np.newaxis], self._distort_normalized(ideal)[0], np.nan)
        )

    def _normalize(self, points_px: ArrayLike) -> NDArray[np.float64]:
        focal, center = np.diag(self.camera_matrix)[:2], self.camera_matrix[:2, 2]
        return (to_real_array(points_px, "points_px") - 0.5 - center) / focal

    def _to_pixels(self, normalized: NDArray[np.float64]) -> NDArray[np.float64]:
        focal, center = np.diag(self.camera_matrix)[:2], self.camera_matrix[:2, 2]
        return normalized * focal + center + 0.5

    @cached_property
    def _polynomials(self) -> tuple[Polynomial, Polynomial, NDArray[np.float64]]:
        """Radial numerator and denominator over r², and p1, p2, s1 … s4."""
        k1, k2, p1, p2, k3, k4, k5, k6, *prism = np.pad(
            self.distortion, (0, 12 - len(self.distortion))
        )
        return (
            Polynomial([1, k1, k2, k3]),
            Polynomial([1, k4, k5, k6]),
            np.array([p1, p2, *prism], dtype=np.float64),
        )

    @cached_property
    def _fold(self) -> float:
        """The r² from which on points farther out are shown farther in again."""
        top, bottom, _ = self._polynomials
        r2 = Polynomial([0, 1])
        growth = top * bottom + 2 * r2 * (top.deriv() * bottom - top * bottom.deriv())
        terms = (growth.trim(_NEGLIGIBLE), bottom.trim(_NEGLIGIBLE))
        roots = np.concatenate([term.roots() for term in terms])
        real = roots[np.abs(roots.imag) < 1e-9].real
        return float(min(real[real > 0], default=np.inf))

    def _distort_normalized(
        self, ideal: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], tuple[NDArray[np.float64], ...]]:
        """Distort normalised points; also give the derivatives xx, xy, yx, yy."""
        top, bottom, (p1, p2, s1, s2, s3, s4) = self._polynomials
        x, y = ideal[..., 0], ideal[..., 1]
        r2 = x * x + y * y
        a, b = top(r2), bottom(r2)
        gain, slope = a / b, (top.deriv()(r2) * b - a * bottom.deriv()(r2)) / b**2
        bent = np.stack(
            [
                x * gain + 2 * p1 * x * y + p2 * (r2 + 2 * x * x) + s1 * r2 + s2 * r2 * r2,
                y * gain + p1 * (r2 + 2 * y * y) + 2 * p2 * x * y + s3 * r2 + s4 * r2 * r2,
            ],
            axis=-1,
        )
        across = 2 * (x * y * slope + p1 * x + p2 * y)
        prism_x, prism_y = 2 * (s1 + 2 * s2 * r2), 2 * (s3 + 2 * s4 * r2)
        slopes = (
            gain + 2 * x * x * slope + 2 * p1 * y + 6 * p2 * x + prism_x * x,
            across + prism_x * y,
            across + prism_y * x,
            gain + 2 * y * y * slope + 6 * p1 * y + 2 * p2 * x + prism_y * y,
        )
        return bent, slopes


def _solve_step(
    slopes: tuple[NDArray[np.float64], ...], wanted: NDArray[np.float64]
) -> NDArray[np.float64]:
    xx, xy, yx, yy = slopes
    x, y = wanted[..., 0], wanted[..., 1]
    return np.stack([yy * x - xy * y, xx * y - yx * x], axis=-1) / (xx * yy - xy * yx)[..., None]


def _check_matrix(matrix: NDArray[np.float64]) -> None:
    good = matrix.shape == (3, 3) and bool(np.isfinite(matrix).all())
    if good:
        empty = matrix[[0, 1, 2, 2], [1, 0, 0, 1]]
        good = bool(np.all(np.diag(matrix) > 0) and not empty.any() and matrix[2, 2] == 1)
    if not good:
        raise ValueError(
            explain(
                f"camera_matrix is {matrix.tolist()}.",
                "It holds the focal lengths and the principal point [px]: "
                "[[fx, 0, cx], [0, fy, cy], [0, 0, 1]].",
                ["Pass the matrix that cv2.calibrateCamera returns."],
            )
        )


def _check_coefficients(coefficients: NDArray[np.float64]) -> None:
    if len(coefficients) not in _N_COEFFICIENTS or not np.isfinite(coefficients).all():
        raise ValueError(
            explain(
                f"distortion has {len(coefficients)} coefficients, "
                f"{int(np.isfinite(coefficients).sum())} of them finite.",
                "OpenCV's model has 4, 5, 8 or 12 (k1, k2, p1, p2, k3, k4, k5, k6, s1 ... s4); "
                "its tilted sensor (14) and fisheye models are not read.",
                ["Pass the coefficients that cv2.calibrateCamera returns."],
            )
        )
