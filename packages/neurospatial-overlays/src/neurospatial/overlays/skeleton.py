"""Which keypoints are joined by limbs."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from neurospatial.errors import explain
from neurospatial.validate import to_real_array, to_text, validate_known, warn_user

Edge = tuple[str, str]
_SIMILAR = 0.5
"""Names of keypoints share words: 'tail_tip' is meant to find 'tail_base'."""


def _join_chain(*parts: str) -> tuple[Edge, ...]:
    return tuple(pairwise(parts))


def _join_star(middle: str, *parts: str) -> tuple[Edge, ...]:
    return tuple((middle, part) for part in parts)


_PRESETS: dict[str, tuple[Edge, ...]] = {
    # The keypoints of DeepLabCut's SuperAnimal model of mice seen from above (Ye et al.,
    # Nat. Commun. 15:5165, 2024).
    "mouse": (
        *_join_chain("nose", "head_midpoint", "neck", "mid_back", "mouse_center", "mid_backend"),
        *_join_chain("mid_backend", "mid_backend2", "mid_backend3", "tail_base"),
        *_join_chain("tail_base", "tail1", "tail2", "tail3", "tail4", "tail5", "tail_end"),
        *_join_chain("nose", "left_eye", "left_ear", "left_ear_tip"),
        *_join_chain("nose", "right_eye", "right_ear", "right_ear_tip"),
        *_join_star("neck", "left_ear", "right_ear"),
        *_join_chain("neck", "left_shoulder", "left_midside", "left_hip", "tail_base"),
        *_join_chain("neck", "right_shoulder", "right_midside", "right_hip", "tail_base"),
    ),
    # Rats seen from above, as DeepLabCut projects commonly name them.
    "rat": (
        *_join_chain("nose", "neck", "center", "tail_base", "tail_end"),
        *_join_chain("nose", "left_ear", "neck", "right_ear", "nose"),
        *_join_chain("neck", "left_side_body", "tail_base", "right_side_body", "neck"),
    ),
    # The open-field example of DeepLabCut.
    "openfield": _join_chain("snout", "leftear", "tailbase", "rightear", "snout"),
    # The 13 keypoints of SLEAP's example of courting flies (Pereira et al., Nat. Methods
    # 19:486, 2022).
    "fly": (
        *_join_star("thorax", "head", "abdomen", "wingL", "wingR"),
        *_join_star("thorax", "forelegL4", "forelegR4", "midlegL4", "midlegR4"),
        *_join_star("thorax", "hindlegL4", "hindlegR4"),
        *_join_star("head", "eyeL", "eyeR"),
    ),
}


@dataclass(frozen=True)
class Skeleton:
    """Limbs between keypoints.

    Parameters
    ----------
    name : str
        Of the animal or the project.
    edges : iterable of (str, str)
        The keypoints at either end of each limb.

    Raises
    ------
    ValueError
        If an edge is not a pair of two names.

    Examples
    --------
    >>> Skeleton("mouse", [("nose", "tail_base")]).parts
    ('nose', 'tail_base')
    """

    name: str
    edges: tuple[Edge, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "edges", tuple(_validate_edge(edge) for edge in self.edges))

    @classmethod
    def preset(cls, name: str, parts: Iterable[str] | None = None) -> "Skeleton":
        """Look up a skeleton whose keypoints are named as laboratories name them.

        Parameters
        ----------
        name : str
            "mouse" (DeepLabCut's SuperAnimal TopViewMouse), "rat",
            "openfield" (DeepLabCut's example) or "fly" (SLEAP's example).
        parts : iterable of str, optional
            The keypoints at hand, such as those of a dict; limbs to others are left out.

        Raises
        ------
        ValueError
            If there is no such preset.

        Examples
        --------
        >>> Skeleton.preset("fly", ["head", "thorax"]).edges
        (('thorax', 'head'),)
        """
        validate_known(
            name,
            _PRESETS,
            "skeleton",
            f"The presets are {', '.join(_PRESETS)}.",
            how=["Pass one of these.", "Pass pairs: skeleton=[('nose', 'tail_base')]"],
        )
        whole = cls(name, _PRESETS[name])
        return whole if parts is None else whole.among(parts)

    @property
    def parts(self) -> tuple[str, ...]:
        """The keypoints it joins, each once."""
        return tuple(dict.fromkeys(part for edge in self.edges for part in edge))

    def among(self, parts: Iterable[str]) -> "Skeleton":
        """Leave out all keypoints but these.

        Where one that is left out lies between two others, they are joined.

        Examples
        --------
        >>> Skeleton.preset("mouse").among(["nose", "neck", "tail_base"]).edges
        (('nose', 'neck'), ('neck', 'tail_base'))
        """
        edges = list(self.edges)
        absent = set(self.parts).difference(parts)
        while absent:
            # The ends of limbs first: what is left of a branching may lie between two.
            degree = Counter(part for edge in edges for part in edge)
            part = min(sorted(absent), key=degree.__getitem__)
            absent.remove(part)
            edges = _remove_part(part, edges)
        return Skeleton(self.name, tuple(edges))

    def check_parts(self, available: Iterable[str]) -> None:
        """Raise if a limb ends at a keypoint that is not available.

        Raises
        ------
        ValueError
            With the nearest available name of each that is missing.
        """
        names = list(available)
        missing = [part for part in self.parts if part not in names]
        if not missing:
            return
        matches = ((part, get_close_matches(part, names, 1, _SIMILAR)) for part in missing)
        hints = [f"    {part!r} -> Did you mean {near[0]!r}?" for part, near in matches if near]
        text = explain(
            f"Skeleton references bodyparts not in data.\n  Missing: {missing}\n"
            f"  Available: {names}",
            "Cannot draw edges without both endpoint keypoints.",
            [
                "Fix bodypart names in skeleton (check for typos)",
                "Add missing bodyparts to data dict",
                "Remove edges with missing parts from skeleton: Skeleton.among(data)",
            ],
        )
        suggestions = "\n\n  Suggestions (fuzzy match):\n" + "\n".join(hints) if hints else ""
        raise ValueError(text + suggestions)


def name_edges(pairs: ArrayLike, nodes: Sequence[str], owner: str) -> list[Edge]:
    """Name the ends of limbs that a file gives as numbers of its nodes.

    Parameters
    ----------
    pairs : array-like of int, shape (n_limbs, 2)
        Counted from 0; from 1, as MATLAB does, where only that fits.
    nodes : sequence of str
        The names.
    owner : str
        What the texts call the file.

    Raises
    ------
    ValueError
        If they are no numbers of nodes.

    Warns
    -----
    UserWarning
        If they are counted from 1.

    Examples
    --------
    >>> name_edges([[0, 1]], ["nose", "tail"], "The file")
    [('nose', 'tail')]
    """
    numbers = to_real_array(pairs, "edges")
    if not numbers.size:
        return []
    low, high, count = float(numbers.min()), float(numbers.max()), len(nodes)
    fits = numbers.ndim == 2 and numbers.shape[1] == 2 and (numbers == np.floor(numbers)).all()
    if not fits or low < 0 or high > count or (low < 1 and high == count):
        raise ValueError(
            explain(
                f"{owner} has edges of shape {numbers.shape} that run from {low:g} to {high:g}, "
                f"and its {count} nodes from 0 to {count - 1}.",
                "An edge joins two nodes by their numbers.",
                ["Pass skeleton= with pairs of names.", "Mend the edges in the file."],
            )
        )
    if high == count:
        warn_user(
            f"{owner} counts nodes from 1: its edges run from {low:g} to {high:g}, and there are "
            f"{count} nodes. They are taken so."
        )
        numbers = numbers - 1
    return [(nodes[int(first)], nodes[int(second)]) for first, second in numbers]


def as_skeleton(edges: "Skeleton | Iterable[Edge] | None") -> Skeleton:
    """Make a skeleton from pairs of names; without any, one of no limbs."""
    return edges if isinstance(edges, Skeleton) else Skeleton("", tuple(edges or ()))


def _remove_part(part: str, edges: list[Edge]) -> list[Edge]:
    """Take a keypoint out; where it lies between two others, join them."""
    kept = [edge for edge in edges if part not in edge]
    ends = [end for edge in edges if part in edge for end in edge if end != part]
    if len(ends) == 2 and set(ends) not in map(set, kept):
        place = next(i for i, edge in enumerate(edges) if part in edge)
        kept.insert(place, (ends[0], ends[1]))
    return kept


def _decode_name(name: object) -> object:
    """Decode a name as HDF5 returns it; anything else stays, to be refused."""
    return to_text(name, "skeleton") if isinstance(name, bytes) else name


def _validate_edge(edge: Iterable[str]) -> Edge:
    ends = (edge,) if isinstance(edge, str) else tuple(map(_decode_name, edge))
    if len(ends) != 2 or ends[0] == ends[1] or not all(isinstance(end, str) for end in ends):
        raise ValueError(
            explain(
                f"A limb of the skeleton is {edge!r}.",
                "A limb joins two keypoints.",
                [
                    "Pass pairs of names: skeleton=[('nose', 'tail_base')]",
                    "Pass a preset: skeleton=Skeleton.preset('mouse', data)",
                ],
            )
        )
    return str(ends[0]), str(ends[1])
