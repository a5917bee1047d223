"""The anchor of an overlay: the animal it goes with."""

from neurospatial.errors import explain
from neurospatial.overlays.bodypart import BodypartOverlay
from neurospatial.overlays.position import PositionOverlay
from neurospatial.overlays.trajectory import Trajectory
from neurospatial.overlays.validate.check_overlap import check_overlap
from neurospatial.scene import Overlay, OverlayContext


def resolve_anchor(overlay: Overlay, context: OverlayContext) -> Trajectory | None:
    """Find the trajectory of the animal that an overlay goes with.

    That is its `anchor` where it has one. Else the PositionOverlay of the same
    rank in the scene, when there are as many as there are overlays of this
    kind, or the first one. Without any, likewise a BodypartOverlay: the mean of
    its keypoints.

    Parameters
    ----------
    overlay : Overlay
        One of ``context.overlays``.
    context : OverlayContext

    Returns
    -------
    Followed or None
        None when no overlay of the scene says where an animal is.

    Raises
    ------
    TypeError
        If `anchor` is no overlay that says where an animal is.
    ValueError
        If the data or times of the other overlay cannot be used.

    Examples
    --------
    >>> import numpy as np
    >>> from neurospatial.layouts import RegularGrid
    >>> grid = RegularGrid((np.arange(5.0), np.arange(3.0)), np.ones((4, 2), bool))
    >>> clock, mark = np.arange(2.0), PositionOverlay([(0, 0), (2, 2)])
    >>> heading = PositionOverlay([(0, 0), (0, 0)])
    >>> context = OverlayContext(clock, clock, (0.0, 0.0, 4.0, 2.0), grid, "cm", (mark,))
    >>> resolve_anchor(heading, context).interpolate(np.array([0.5]))
    array([[1., 1.]])
    """
    anchor = getattr(overlay, "anchor", None)
    if anchor is not None:
        return _follow_anchor(anchor, type(overlay).__name__, context)
    for kind in (PositionOverlay, BodypartOverlay):
        leaders = [other for other in context.overlays if isinstance(other, kind)]
        if leaders:
            return leaders[_find_rank(overlay, len(leaders), context)].to_trajectory(context)
    return None


def _follow_anchor(
    anchor: PositionOverlay | BodypartOverlay, name: str, context: OverlayContext
) -> Trajectory:
    if not hasattr(anchor, "to_trajectory"):
        raise TypeError(
            explain(
                f"{name}: anchor is a {type(anchor).__name__}.",
                "It says where the animal is.",
                ["Pass a PositionOverlay.", "Leave anchor out."],
            )
        )
    trajectory = anchor.to_trajectory(context)
    # One that is drawn says itself where its clock misses the frames.
    if not any(other is anchor for other in context.overlays):
        check_overlap(trajectory.times, context, f"anchor {type(anchor).__name__}")
    return trajectory


def _find_rank(overlay: Overlay, n_leaders: int, context: OverlayContext) -> int:
    """Find which leader: that of the same rank if there are as many of both, else the first."""
    same_kind = [other for other in context.overlays if type(other) is type(overlay)]
    if len(same_kind) != n_leaders:
        return 0
    return next((i for i, other in enumerate(same_kind) if other is overlay), 0)
