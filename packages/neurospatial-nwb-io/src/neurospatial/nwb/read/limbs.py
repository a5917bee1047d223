"""Limbs between keypoints, as ndx-pose keeps them: pairs of numbers of nodes."""

from collections.abc import Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

from neurospatial.nwb.file.datasets import Dataset, read_array, to_text
from neurospatial.nwb.file.tree import Container, Item
from neurospatial.overlays import Skeleton
from neurospatial.validate.user_warning import warn_user

_PREFIX = "PoseEstimationSeries"


def parse_keypoint(name: str) -> str:
    """Name a keypoint by its series; "PoseEstimationSeriesNose" and the like are cut.

    Examples
    --------
    >>> parse_keypoint("PoseEstimationSeriesNose"), parse_keypoint("nose")
    ('Nose', 'nose')
    """
    return name.removeprefix(_PREFIX) or name


def read_skeleton(item: Item, parts: Sequence[str]) -> Skeleton:
    """Read the limbs of a pose; one without any where the file gives none that fit.

    Parameters
    ----------
    item : Item
        A PoseEstimation.
    parts : sequence of str
        Its keypoints; limbs to others are left out.

    Warns
    -----
    UserWarning
        If limbs are counted from 1 or lead nowhere, or nodes are named otherwise than keypoints.
    """
    # Older versions keep nodes and edges in the pose itself.
    fields = item.thing.fields
    held = cast("Container | None", fields.get("skeleton"))
    if held is not None:
        fields = held.fields
    nodes, edges = fields.get("nodes"), fields.get("edges")
    if nodes is None or edges is None:
        return Skeleton(item.name, ())
    names = [parse_keypoint(to_text(node)) for node in read_array(cast("Dataset", nodes))]
    pairs = read_array(cast("Dataset", edges))
    numbers = _resolve_edges(pairs, names, item.path)
    named = _match_names(names, parts, item.path) if numbers else names
    limbs = [(named[first], named[second]) for first, second in numbers]
    return Skeleton(item.name, tuple(limbs)).among(parts)


def _resolve_edges(
    pairs: NDArray[np.generic], names: Sequence[str], path: str
) -> list[tuple[int, int]]:
    """Resolve edges to numbers of nodes from 0; none where they cannot be meant."""
    if not pairs.size:
        return []
    count = len(names)
    if pairs.ndim != 2 or pairs.shape[1] != 2 or pairs.dtype.kind not in "iuf":
        return _leave_out(f"has edges of shape {pairs.shape}, expected (n_limbs, 2)", path)
    numbers = pairs.astype(np.float64)  # An unsigned 0 less 1 would be a large number.
    low, high = float(numbers.min()), float(numbers.max())
    if (numbers[:, 0] == numbers[:, 1]).any() or not np.array_equal(numbers, numbers.round()):
        return _leave_out("has edges that join no two nodes", path)
    if low >= 1 and high == count:
        warn_user(
            f"The skeleton of {path} counts its nodes from 1: its edges run from {low:g} to "
            f"{high:g}, and there are {count} nodes. They are taken so; in a file of NWB the "
            "first node is 0."
        )
        numbers -= 1
    elif low < 0 or high >= count:
        span = f"run from {low:g} to {high:g}, and its {count} nodes from 0 to {count - 1}"
        return _leave_out(f"has edges that {span}", path)
    return [(int(first), int(second)) for first, second in numbers]


def _leave_out(problem: str, path: str) -> list[tuple[int, int]]:
    warn_user(
        f"The skeleton of {path} {problem}: its keypoints are shown without limbs. Mend the "
        "edges in the file, or make a BodypartOverlay with a skeleton of your own."
    )
    return []


def _match_names(names: Sequence[str], parts: Sequence[str], path: str) -> list[str]:
    """Name the nodes as the keypoints are, where they differ but in case and separators."""
    alike = {_fold_name(part): part for part in parts}
    if len(alike) == len(parts) and len(set(map(_fold_name, names))) == len(names):
        named = [alike.get(_fold_name(name), name) for name in names]
    else:
        named = list(names)
    unknown = [name for name in named if name not in parts]
    unnamed = [part for part in parts if part not in named]
    if unknown and unnamed:
        warn_user(
            f"The skeleton of {path} has nodes that are no keypoints ({', '.join(unknown[:4])}), "
            f"and there are keypoints that are no nodes ({', '.join(unnamed[:4])}): limbs are "
            "drawn only between those of one name. Name them alike in the file, or make a "
            "BodypartOverlay with a skeleton of your own."
        )
    return named


def _fold_name(name: str) -> str:
    """Fold what two spellings of a name differ in.

    Examples
    --------
    >>> _fold_name("Tail_base") == _fold_name("tail base")
    True
    """
    return "".join(letter for letter in name.casefold() if letter.isalnum())
