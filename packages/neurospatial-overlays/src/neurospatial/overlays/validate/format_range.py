"""A range of numbers in a text, with as many decimals as tell its ends apart."""

import numpy as np


def format_range(low: float, high: float, decimals: int = 2) -> str:
    """Format a range with three significant digits of its width.

    Parameters
    ----------
    low, high : float
        Its ends.
    decimals : int
        What one of no width gets.

    Examples
    --------
    >>> format_range(0.0, 1000.0), format_range(0.0, 0.012)
    ('[0.0, 1000.0]', '[0.0000, 0.0120]')
    """
    if high > low:
        decimals = int(np.clip(2 - np.floor(np.log10(high - low)), 1, 6))
    return f"[{low:.{decimals}f}, {high:.{decimals}f}]"
