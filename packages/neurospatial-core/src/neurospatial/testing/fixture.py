"""Show scenes with a backend and look at what it made of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import minimum_filter, uniform_filter

from neurospatial.backends.options import make_options
from neurospatial.backends.protocol import Backend
from neurospatial.scene import Scene
from neurospatial.testing.reference import Expected, Picture, Reference

RGB = NDArray[np.float64]


class Suite(Protocol):
    """What a fixture needs to know of a suite; see `BackendTests`."""

    backend: Backend[Any]
    exact: bool
    min_psnr: float
    background: tuple[int, int, int]
    dpi: int
    unusual_size: Mapping[str, object]
    several_panels: Mapping[str, object]

    def options(self, tmp_path: Path) -> Mapping[str, object]:
        """Keywords to present with."""

    def frame(self, result: Any, i: int) -> Picture:
        """The picture of the first panel's view."""

    def strip(self, result: Any, i: int, number: int) -> Picture:
        """The picture of a signal's strip."""


@dataclass(frozen=True, eq=False)
class Fixture:
    """Where a case shows its scenes.

    Parameters
    ----------
    suite : Suite
    folder : pathlib.Path
        Empty; files are written here.
    """

    suite: Suite
    folder: Path

    def show(self, scene: Scene, **more: object) -> "Presented":
        """Present a scene through the same door as `neurospatial.animate_fields`."""
        backend = self.suite.backend
        name = f"scene{len(list(self.folder.iterdir()))}"
        common: dict[str, object] = {"dpi": self.suite.dpi, "progress": False}
        if backend.suffixes:
            common["save_path"] = self.folder / f"{name}{backend.suffixes[0]}"
        given = {**self.suite.options(self.folder), **more}
        common = {key: value for key, value in common.items() if key not in given}
        options = make_options(backend, common, given)
        result = backend.present(scene.restricted_to(backend.draws), options)
        return Presented(self.suite, scene, result)

    def has_option(self, option: str) -> bool:
        """Say whether the backend has an option."""
        return option in {field.name for field in dataclass_fields(self.suite.backend.Options)}


class Presented:
    """A scene as a backend presented it, beside the reference.

    Parameters
    ----------
    suite : Suite
    scene : Scene
    result : object
        What the backend gave.
    """

    def __init__(self, suite: Suite, scene: Scene, result: object) -> None:
        self._suite, self._result = suite, result
        self.scene: Scene = scene
        self._drawn: dict[int, RGB] = {}
        height, width = self.get_picture(0).shape[:2]
        self.reference: Reference = Reference(
            scene.panels[0], width, height, suite.dpi / 72, suite.background
        )

    def get_picture(self, i: int) -> RGB:
        """Picture of a frame over the background, sRGB in [0, 255]."""
        if i not in self._drawn:
            self._drawn[i] = self._blend_on_background(self._suite.frame(self._result, i))
        return self._drawn[i]

    def _blend_on_background(self, given: Picture) -> RGB:
        picture = np.asarray(given)
        _check_format(picture)
        opaque = picture[..., 3:] / 255
        return np.asarray(picture[..., :3] * opaque + (1 - opaque) * self._suite.background)

    def get_strip(self, i: int, number: int) -> RGB:
        """Picture of a signal's strip in a frame over the background, sRGB in [0, 255]."""
        return self._blend_on_background(self._suite.strip(self._result, i, number))

    def to_px(self, points: NDArray[np.floating], i: int = 0) -> NDArray[np.float64]:
        """Columns and rows of world coordinates (..., 2) in a frame."""
        return self.reference.make_grid(i).to_px(points)

    @property
    def background(self) -> tuple[int, int, int]:
        """Colour [sRGB] where nothing is drawn."""
        return self._suite.background

    @property
    def px_per_point(self) -> float:
        """Pixels in 1/72 inch."""
        return self.reference.px_per_point

    def check(self, i: int) -> Expected:
        """Compare a frame with what is certain of it.

        Raises
        ------
        AssertionError
            If it differs by more than the suite allows.
        """
        expected, picture = self.reference.expected(i), self.get_picture(i)
        assert picture.shape == expected.rgb.shape, (
            f"frame {i} has shape {picture.shape}, frame 0 {expected.rgb.shape}"
        )
        if self._suite.exact:
            self._check_equal(i, picture, expected)
        else:
            found = compute_likeness(picture, expected.rgb, expected.certain)
            assert found >= self._suite.min_psnr, (
                f"frame {i}: {found:.1f} dB from what is expected, and "
                f"{self._suite.min_psnr} dB are asked"
            )
        return expected

    def check_all(self) -> None:
        """Compare every frame."""
        for i in range(self.scene.timeline.n_frames):
            self.check(i)

    def compute_added(self, i: int) -> NDArray[np.float64]:
        """How much of each pixel is marked in a frame on a black field, in [0, 1]."""
        light = self.get_picture(i).mean(axis=-1) / 255
        marked = np.where(self._mask_field(i), light, 0)
        return np.where(marked > self.tolerance / 255, marked, 0)

    def _mask_field(self, i: int) -> NDArray[np.bool_]:
        """Say which pixels lie in a bin, and out of reach of what compression does at its edge."""
        panel = self.scene.panels[0]
        (field,) = panel.fields
        index = self.reference.make_grid(i).index_map(field.geometry)
        # Where the view moves, the edge itself may be half a pixel off.
        exact = 1 if panel.view.path is None else 3
        return minimum_filter(index < field.geometry.n_bins, exact if self._suite.exact else 5)

    @property
    def tolerance(self) -> float:
        """Largest difference of a colour that is put down to rounding, or to compression."""
        return 3.0 if self._suite.exact else 28.0

    def _check_equal(self, i: int, picture: RGB, expected: Expected) -> None:
        off = np.abs(picture - expected.rgb).max(axis=-1)
        allowed = np.where(expected.marked, self.tolerance, 0)
        wrong = (off > allowed) & expected.certain
        if wrong.any():
            row, column = np.argwhere(wrong)[0]
            raise AssertionError(
                f"frame {i}: {np.count_nonzero(wrong)} of {np.count_nonzero(expected.certain)} "
                f"pixels differ; the first, row {row} column {column}, is "
                f"{np.round(picture[row, column]).tolist()} and not "
                f"{np.round(expected.rgb[row, column]).tolist()}"
            )


def _check_format(picture: NDArray[np.generic]) -> None:
    assert picture.dtype == np.uint8, f"frame() gives uint8; this is {picture.dtype}"
    rgba = picture.ndim == 3 and picture.shape[2] == 4
    assert rgba, f"frame() gives RGBA, shape (height, width, 4); this is {picture.shape}"


def compute_psnr(picture: RGB, expected: RGB) -> float:
    """Peak signal-to-noise ratio of 8-bit pictures [dB]; infinite when they are equal.

    Examples
    --------
    >>> round(compute_psnr(np.full((2, 2), 10.0), np.full((2, 2), 11.0)), 2)
    48.13
    """
    return _to_decibels(float(np.mean((picture - expected) ** 2)) if picture.size else 0.0)


def compute_likeness(picture: RGB, expected: RGB, where: NDArray[np.bool_]) -> float:
    """Peak signal-to-noise ratio as video coding takes it: chroma coarser than luma [dB]."""
    luma, *chroma = np.moveaxis((picture - expected) @ _YCC.T, -1, 0)
    errors = [np.mean(luma[where] ** 2)]
    weight = uniform_filter(where.astype(np.float64), 5)
    for difference in chroma:
        smooth = uniform_filter(np.where(where, difference, 0), 5)
        errors.append(np.mean((smooth[where] / weight[where]) ** 2))
    return _to_decibels(float(max(errors)))


_YCC = np.array([[0.299, 0.587, 0.114], [-0.169, -0.331, 0.5], [0.5, -0.419, -0.081]])


def _to_decibels(error: float) -> float:
    return float("inf") if error == 0 else float(10 * np.log10(255**2 / error))
