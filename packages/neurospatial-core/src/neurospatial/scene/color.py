"""The one place where values become colours."""

from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain, suggest_name

if TYPE_CHECKING:
    from matplotlib.colors import Colormap

N_COLORS = 255
"""Entries of a colour table: what the codes of one byte can name, but for `NOTHING`."""

NOTHING = 255
"""The code of a value that is not drawn: NaN, or outside the environment."""

_LARGEST = 1e300
"""Of values that are drawn, and of the inverse of their range: sums and quotients stay finite."""

_NARROWEST = 1e-13
"""Of a range against the values in it: 255 colours are then told apart in float64 (2.2e-16)."""

STORED = (
    "viridis", "plasma", "inferno", "magma", "cividis", "turbo",
    "hot", "gray", "jet", "coolwarm", "RdBu_r",
)  # fmt: skip
"""Colormaps whose colours lie beside this module: matplotlib takes longer to import than a
page takes to write. `tools/samples/make_color_tables.py` takes them from it.
"""


@dataclass(frozen=True, eq=False)
class ColorScale:
    """A colour table and the range of values it spans.

    Parameters
    ----------
    name : str
        Name of the colormap.
    table : ndarray of uint8, shape (255, 3)
        sRGB entries for the codes 0 … 254.
    vmin, vmax : float
        Values of the first and the last entry, ``vmin < vmax``.
    label : str
        What the values are, with their unit.

    Examples
    --------
    >>> scale = ColorScale.from_cmap("gray", 0.0, 1.0)
    >>> scale.quantise(np.array([0.0, 0.5, 1.0, np.nan]))
    array([  0, 127, 254, 255], dtype=uint8)
    """

    name: str
    table: NDArray[np.uint8]
    vmin: float
    vmax: float
    label: str = ""

    @classmethod
    def from_cmap(
        cls, cmap: "str | Colormap", vmin: float, vmax: float, label: str = ""
    ) -> "ColorScale":
        """Take 255 colours from a matplotlib colormap or its name.

        Raises
        ------
        ValueError
            If matplotlib knows no such colormap, ``vmin >= vmax``, or the range is too
            wide, too narrow or too far from zero for numbers to tell its values apart.
        """
        _check_limits(vmin, vmax)
        name, table = _find_table(cmap)
        return cls(name, table, float(vmin), float(vmax), label)

    @property
    def rgba_lut(self) -> NDArray[np.uint8]:
        """The table with its alpha, and the transparent 256th entry: shape (256, 4)."""
        lut = np.zeros((N_COLORS + 1, 4), dtype=np.uint8)
        lut[:N_COLORS, :3] = self.table
        lut[:N_COLORS, 3] = 255
        return lut

    @cached_property
    def fits_float32(self) -> bool:
        """Whether values are told apart as well in float32, to 1/100 of a colour.

        Not those whose range is narrow and far from zero, nor very large or small ones.
        """
        return fits_float32(self.vmin, self.vmax)

    def quantise(self, values: ArrayLike) -> NDArray[np.uint8]:
        """Turn values into codes, in matplotlib's manner.

        Parameters
        ----------
        values : array-like of float, any shape

        Returns
        -------
        ndarray of uint8
            0 … 254 index `table`, values beyond the range at its ends; 255 for NaN.
        """
        numbers = np.asarray(values)
        if numbers.dtype != np.float64 and not (numbers.dtype == np.float32 and self.fits_float32):
            numbers = numbers.astype(np.float64)
        scaled = np.asarray((numbers - self.vmin) * (N_COLORS / (self.vmax - self.vmin)))
        missing = np.isnan(scaled)
        scaled[missing] = 0
        codes = np.clip(scaled, 0, N_COLORS - 1, out=scaled).astype(np.uint8)
        codes[missing] = NOTHING
        return codes


def fits_float32(low: float, high: float) -> bool:
    """Tell whether float32 tells apart the values of a range, to 1/100 of a colour.

    Examples
    --------
    >>> fits_float32(0.0, 30.0), fits_float32(1e8, 1e8 + 30), fits_float32(-3e38, 3e38)
    (True, False, False)
    """
    span, most = high - low, max(abs(low), abs(high))
    return span > 1e-30 and most < 1e37 and most < 512 * span


def _check_limits(vmin: float, vmax: float) -> None:
    if np.isfinite(vmin) and np.isfinite(vmax) and vmin < vmax:
        most = max(abs(vmin), abs(vmax))
        if most <= _LARGEST and vmax - vmin >= max(1 / _LARGEST, _NARROWEST * most):
            return
        raise make_range_error(vmin, vmax)
    raise ValueError(
        explain(
            f"vmin must be below vmax; got vmin={vmin:g} and vmax={vmax:g}.",
            "The colour range runs from vmin up to vmax.",
            ["Swap or widen them.", "Leave one or both out: they are then found in the fields."],
        )
    )


def make_range_error(vmin: float, vmax: float) -> ValueError:
    """Build the error for a range whose values numbers do not tell apart."""
    return ValueError(
        explain(
            f"The colour range is {vmin:.17g} to {vmax:.17g}.",
            f"Colours, ticks and read-outs are right for values up to {_LARGEST:g} that differ by "
            f"more than {_NARROWEST:g} of themselves: beyond, numbers no longer tell them apart.",
            [
                "Subtract what they have in common: fields - fields.min()",
                "Scale them: fields / 1e100 of very large ones, fields * 1e100 of small ones.",
                "Leave out what is no value: fields[fields > 1e30] = np.nan",
            ],
        )
    )


def _find_table(cmap: "str | Colormap") -> tuple[str, NDArray[np.uint8]]:
    name = str(cmap)
    if isinstance(cmap, str) and name in STORED:
        return name, _load_tables()[STORED.index(name)]
    return sample_colormap(cmap)


@cache
def _load_tables() -> NDArray[np.uint8]:
    with files(__package__).joinpath("color_tables.npy").open("rb") as file:
        tables: NDArray[np.uint8] = np.load(file, allow_pickle=False)
    tables.setflags(write=False)
    return tables


def sample_colormap(cmap: "str | Colormap") -> tuple[str, NDArray[np.uint8]]:
    """Take 255 colours from matplotlib: the name and sRGB of shape (255, 3).

    Raises
    ------
    ValueError
        If matplotlib knows no such colormap.
    """
    import matplotlib
    from matplotlib.colors import Colormap

    if isinstance(cmap, Colormap):
        colormap = cmap
    else:
        try:
            colormap = matplotlib.colormaps[str(cmap)]
        except KeyError:
            raise ValueError(
                explain(
                    f"{cmap!r} is not a colormap.{suggest_name(str(cmap), matplotlib.colormaps)}",
                    "Values become colours through a matplotlib colormap.",
                    [
                        "Pass a name such as 'viridis', 'magma' or 'hot'.",
                        "List the names: sorted(matplotlib.colormaps)",
                        "Pass a matplotlib Colormap object.",
                    ],
                )
            ) from None
    sampled = colormap.resampled(N_COLORS)(np.arange(N_COLORS), bytes=True)
    return colormap.name, np.ascontiguousarray(sampled[:, :3], dtype=np.uint8)
