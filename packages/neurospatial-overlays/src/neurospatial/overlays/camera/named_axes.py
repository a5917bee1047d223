"""Pictures whose axes have names, as those of xarray, in the order in which they are read."""

from typing import Any

from neurospatial.errors import explain

_NAMES = (
    ("frame", "frames", "time", "t"),
    ("height", "y", "row", "rows"),
    ("width", "x", "column", "columns", "col"),
    ("channel", "channels", "color", "colour", "rgb", "c", "band"),
)
"""What the axes of pictures are called, in the order in which they are read."""


def order_axes(pictures: Any) -> Any:
    """Bring named axes into the order frame, height, width and channel; others stay as they are.

    Raises
    ------
    ValueError
        If some of the names are known, and others not.

    Examples
    --------
    >>> import numpy as np
    >>> import xarray
    >>> order_axes(xarray.DataArray(np.zeros((4, 3, 9)), dims=("x", "y", "time"))).dims
    ('time', 'y', 'x')
    """
    dims = getattr(pictures, "dims", None)
    if not isinstance(dims, tuple) or not hasattr(pictures, "transpose"):
        return pictures
    ranks = [
        next((rank for rank, names in enumerate(_NAMES) if str(dim).lower() in names), None)
        for dim in dims
    ]
    known = [rank for rank in ranks if rank is not None]
    if not known:
        return pictures
    if len(known) < len(dims) or len(set(known)) < len(known):
        raise ValueError(
            explain(
                f"The axes of the pictures are named {', '.join(map(str, dims))}.",
                "Pictures have the axes frame (or time), height (y), width (x) and channel.",
                [
                    "Rename what differs: pictures.rename(...)",
                    "Pass the array alone, in this order: pictures.values",
                ],
            )
        )
    return pictures.transpose(*(dim for _, dim in sorted(zip(known, dims, strict=True))))
