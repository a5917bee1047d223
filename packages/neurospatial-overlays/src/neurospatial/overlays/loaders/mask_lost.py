"""Places that a tracker writes where it has lost the animal."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.overlays.loaders.poses import Pose
from neurospatial.overlays.validate.check_zeros import describe_zeros
from neurospatial.validate import to_number, warn_user


def mask_lost(
    poses: Mapping[str, Pose], lost: float | None, loader: str, *, calibrated: bool
) -> dict[str, Pose]:
    """Mask the places that stand for lost tracking, or warn where they look like it.

    Parameters
    ----------
    poses : mapping of str to Pose
        By individual, in the coordinates of the file.
    lost : float or None
        Both coordinates of what is no place, such as 0; None masks nothing.
    loader : str
        What the text calls the function.
    calibrated : bool
        Whether a calibration takes (0, 0) elsewhere; if not, the overlay itself warns.

    Raises
    ------
    ValueError
        If it is no number.

    Warns
    -----
    UserWarning
        If nothing is masked, and many samples are exactly (0, 0), far from all others.
    """
    if lost is None and not calibrated:
        return dict(poses)
    if lost is None:
        places = [xy for pose in poses.values() for xy in pose.places.values()]
        found = describe_zeros(places)
        if found:
            warn_user(
                f"{loader}: {found}\n  They look like lost tracking: pass lost=0 to leave "
                "them out."
            )
        return dict(poses)
    place = to_number(lost)
    if not isinstance(place, (int, float)):
        raise ValueError(
            explain(
                f"{loader}: lost is {place!r}.",
                "It is the number that both coordinates have where tracking was lost.",
                ["Pass lost=0.", "Leave it out."],
            )
        )
    return {
        name: Pose(
            {part: mask_place(xy, float(place)) for part, xy in pose.places.items()},
            pose.confidence,
        )
        for name, pose in poses.items()
    }


def mask_place(places: NDArray[np.float64], lost: float) -> NDArray[np.float64]:
    """Put NaN where a place (n_samples, n_dims) is exactly `lost` along each axis.

    Examples
    --------
    >>> mask_place(np.array([[0.0, 0.0], [0.0, 5.0]]), 0)
    array([[nan, nan],
           [ 0.,  5.]])
    """
    return np.where((places == lost).all(axis=1, keepdims=True), np.nan, places)
