"""Windows of time over a session."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.validate import to_real_array, validate_positive

_USAGE = "sliding_windows(times[0], times[-1], width=60, step=5)"


def sliding_windows(start: float, stop: float, width: float, step: float) -> NDArray[np.float64]:
    """Divide a session into windows of equal width, which may overlap.

    Parameters
    ----------
    start, stop : float
        Begin and end of the session [s].
    width : float
        Width of a window [s].
    step : float
        From the begin of one window to the next [s].

    Returns
    -------
    ndarray, shape (n_windows, 2)
        Begin and end of each window [s].

    Raises
    ------
    ValueError
        If width or step is not positive, or no window fits.

    Examples
    --------
    >>> sliding_windows(0, 10, width=4, step=3)
    array([[ 0.,  4.],
           [ 3.,  7.],
           [ 6., 10.]])
    """
    why, way = "Windows lie within the session.", f"Pass seconds: {_USAGE}."
    for name, seconds in (("width", width), ("step", step)):
        validate_positive(seconds, name, unit="s", why=why, how=[way])
    if not np.isfinite([start, stop]).all():
        problem = f"The session runs from {start} s to {stop} s."
    elif width > (stop - start) * (1 + 1e-12):
        problem = f"A window of {width:g} s is longer than the session, {stop - start:g} s."
        way = f"Pass width={stop - start:g} or less."
    else:
        # A last window that ends with the session up to rounding is one of them.
        count = int(np.floor((stop - start - width) / step + 1e-9)) + 1
        begins = start + step * np.arange(count, dtype=np.float64)
        return np.column_stack([begins, np.minimum(begins + width, stop)])
    raise ValueError(explain(problem, why, [way]))


def compute_window_centers(
    windows: NDArray[np.float64], times: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Compute the middle of each window [s]; one without begin or end lasts as the session.

    Examples
    --------
    >>> compute_window_centers(np.array([[0, 4], [6, np.inf]]), np.array([0.0, 9.0]))
    array([2. , 7.5])
    """
    ends = np.clip(windows, times[:1], times[-1:]) if times.size else np.zeros(windows.shape)
    return np.asarray(np.where(np.isinf(windows), ends, windows).mean(axis=1))


def validate_windows(windows: ArrayLike | None) -> NDArray[np.float64]:
    """Validate windows (n_windows, 2) [s]; None is one window that holds everything.

    Raises
    ------
    ValueError
        If the shape is wrong or a window ends before it begins.

    Examples
    --------
    >>> validate_windows(None)
    array([[-inf,  inf]])
    """
    if windows is None:
        return np.array([[-np.inf, np.inf]])
    array = to_real_array(windows, "windows")
    if array.ndim != 2 or array.shape[1] != 2 or len(array) == 0:
        problem = f"windows have shape {array.shape}, expected (n_windows, 2)."
    elif not (array[:, 0] < array[:, 1]).all():
        bad = int(np.argmin(array[:, 0] < array[:, 1]))
        problem = f"Window {bad} runs from {array[bad, 0]:g} s to {array[bad, 1]:g} s."
    else:
        return array
    raise ValueError(
        explain(
            problem,
            "Each window is its begin and its end, in seconds.",
            ["Make them with sliding_windows(times[0], times[-1], width=60, step=5)."],
        )
    )
