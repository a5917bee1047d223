"""The pose of an overlay as ndx-pose keeps it."""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.nwb.file.datasets import compressed_dataset
from neurospatial.nwb.file.modules import check_name
from neurospatial.nwb.write.position import NewObject, WriteTarget, validate_places
from neurospatial.overlays import BodypartOverlay
from neurospatial.overlays.skeleton import Skeleton, as_skeleton
from neurospatial.validate import to_real_array

if TYPE_CHECKING:
    from pynwb.core import NWBContainer


def make_pose(target: WriteTarget, overlay: BodypartOverlay) -> list[NewObject]:
    """Make the PoseEstimation of a pose, and the Skeleton of its keypoints.

    Raises
    ------
    ValueError
        If data, times, confidence or skeleton do not fit each other.
    """
    what = f"BodypartOverlay {overlay.name!r}"
    limbs = as_skeleton(overlay.skeleton)
    limbs.check_parts(overlay.data)
    skeleton = _make_skeleton(target, overlay, limbs)
    pose = import_module("ndx_pose").PoseEstimation(
        name=overlay.name,
        description="Keypoints of an animal.",
        pose_estimation_series=[
            _make_series(target, overlay, part, what) for part in overlay.data
        ],
        skeleton=skeleton,
    )
    return [NewObject(pose), NewObject(skeleton, "Skeletons")]


def _make_series(
    target: WriteTarget, overlay: BodypartOverlay, part: str, what: str
) -> "NWBContainer":
    data = validate_places(overlay.data[part], f"{part!r} of {what}")
    times = overlay.times[part] if isinstance(overlay.times, Mapping) else overlay.times
    confidence = _validate_confidence(overlay, part, len(data), what)
    return import_module("ndx_pose").PoseEstimationSeries(
        name=check_name(part),
        description=f"Where {part} is.",
        data=compressed_dataset(data),
        unit=target.unit,
        reference_frame=target.frame,
        confidence=confidence,
        confidence_definition=None if confidence is None else "As the tracking gave it.",
        **target.make_clock(times, len(data), f"{part!r} of {what}"),
    )


def _validate_confidence(
    overlay: BodypartOverlay, part: str, n_samples: int, what: str
) -> NDArray[np.float64] | None:
    if part not in (overlay.confidence or {}):
        return None
    assert overlay.confidence is not None
    confidence = to_real_array(overlay.confidence[part], f"Confidence of {part!r}").copy()
    if confidence.shape != (n_samples,):
        raise ValueError(
            explain(
                f"The confidence of {part!r} of {what} has shape {confidence.shape}, and there "
                f"are {n_samples} samples.",
                "Each sample has one.",
                [f"Pass {n_samples} values.", "Leave this keypoint out."],
            )
        )
    return confidence


def _make_skeleton(
    target: WriteTarget, overlay: BodypartOverlay, limbs: Skeleton
) -> "NWBContainer":
    nodes = list(overlay.data)
    ends = [[nodes.index(first), nodes.index(second)] for first, second in limbs.edges]
    edges = np.array(ends, dtype=np.min_scalar_type(len(nodes))).reshape(-1, 2)
    # Two animals may have the same skeleton; in a file its name is that of one pose.
    name = check_name(f"{overlay.name} {limbs.name or 'skeleton'}")
    return import_module("ndx_pose").Skeleton(
        name=name, nodes=nodes, edges=edges if len(edges) else None
    )
