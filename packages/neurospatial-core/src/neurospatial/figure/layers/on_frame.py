"""What of an array with a frame axis belongs to one frame."""

from collections.abc import Sequence
from typing import TypeVar, overload

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", bound=np.generic)


@overload
def take_on_frame(held: NDArray[Number], frame: int) -> NDArray[Number]: ...
@overload
def take_on_frame(held: Sequence[str], frame: int) -> str: ...
def take_on_frame(held: NDArray[Number] | Sequence[str], frame: int) -> NDArray[Number] | str:
    """Take the entry of a frame; one entry stands for all frames.

    Examples
    --------
    >>> take_on_frame(("left", "right"), 1), take_on_frame(("left",), 1)
    ('right', 'left')
    """
    return held[min(frame, len(held) - 1)]
