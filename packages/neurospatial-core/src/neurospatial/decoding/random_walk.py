"""An animal that walks at random from bin to bin, and so not through walls."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from neurospatial.environment import Environment
from neurospatial.environment.topology import label_components
from neurospatial.layouts import Layout
from neurospatial.validate import warn_user

_FIRST = 1 / 64
"""Share of the longest step that no bin gives more than it has in: a tenth of a bin or so."""

_NEGLIGIBLE = 1e-6
"""A chance of moving between two bins that is left out."""

_DENSE = 0.2
"""Of the pairs of bins between which the animal may move: from there on an array is faster."""

_MOST_PAIRS = 20_000_000
"""Pairs of bins: 240 MB. A walk that needs more is not looked for."""

_STRETCHES = 4
"""Parts of the session that a step is chosen by, spread over it."""

_STRETCH_FRAMES = 500
"""Time bins of each: what is unlikely in them is so by many orders."""

_STRETCH_VALUES = 4_000_000
"""Likelihoods held while a step is chosen: 32 MB."""

_WORTH = 1e-3
"""Nats by which a longer step has to be likelier: less is rounding, where all bins are alike."""

Moves: TypeAlias = sparse.csr_array | NDArray[np.float64]
"""Chance to be in each bin (row) after having been in one (column), in one time bin."""


@dataclass(frozen=True, eq=False)
class RandomWalk:
    """Moves between bins within a time bin, and the forward algorithm over them.

    Parameters
    ----------
    moves : sparse array or ndarray, shape (n_bins, n_bins)
    deviation : float
        Standard deviation of a move along each axis, in environment units, far from walls.
    """

    moves: Moves
    deviation: float

    def follow(
        self, logs: NDArray[np.float64], expected: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], float]:
        """Turn log likelihoods into log posteriors, given the spikes up to each time bin.

        The forward algorithm (Rabiner, Proc. IEEE 77:257, 1989): causal, as no later time
        bin is looked at.

        Parameters
        ----------
        logs : ndarray, shape (n, n_bins)
            -inf where a place is impossible. Overwritten.
        expected : ndarray, shape (n_bins,)
            The probability of each bin in the first time bin, before a spike is heard.

        Returns
        -------
        expected : ndarray, shape (n_bins,)
            The same in the time bin after the last one.
        evidence : float
            Log likelihood of all spikes, but for what does not depend on the walk.
        """
        evidence = 0.0
        for row in logs:
            with np.errstate(divide="ignore"):
                row += np.log(expected)
            top = row.max()
            weights = np.exp(row - top)
            total = weights.sum()
            evidence += top + np.log(total)
            weights /= total
            expected = self.moves @ weights
        return expected, float(evidence)


def choose_walk(
    env: Environment, likelihoods: Sequence[NDArray[np.float64]], start: NDArray[np.float64]
) -> RandomWalk:
    """Choose the walk under which the spikes of some stretches of time are likeliest.

    The step is doubled from a tenth of a bin as long as that makes them likelier.

    Parameters
    ----------
    env : Environment
    likelihoods : sequence of ndarray, each (n, n_bins)
        Log likelihoods of consecutive time bins.
    start : ndarray, shape (n_bins,)
        The probability of each bin at the begin of each stretch.
    """
    _warn_of_pieces(env)
    moves, variance = _make_first_moves(env.layout)
    best = RandomWalk(moves, variance**0.5)
    evidence = _compute_evidence(best, likelihoods, start)
    while moves.nnz < _MOST_PAIRS:
        # Twice as far is four times the variance: the walk of four steps, or two squares.
        moves, variance = _square(_square(moves)), 4 * variance
        walk = RandomWalk(_choose_form(moves), variance**0.5)
        found = _compute_evidence(walk, likelihoods, start)
        if found < evidence + _WORTH:
            break
        best, evidence = walk, found
    return best


def choose_stretches(n_frames: int, n_bins: int) -> list[tuple[int, int]]:
    """Choose the stretches of time that a step is chosen by.

    Examples
    --------
    >>> choose_stretches(10_000, 100)
    [(0, 500), (3166, 3666), (6333, 6833), (9500, 10000)]
    >>> choose_stretches(300, 100)
    [(0, 300)]
    """
    length = min(_STRETCH_FRAMES, max(2, _STRETCH_VALUES // (_STRETCHES * n_bins)))
    if n_frames <= _STRETCHES * length:
        return [(0, n_frames)]
    starts = np.linspace(0, n_frames - length, _STRETCHES).astype(int)
    return [(int(first), int(first) + length) for first in starts]


def _compute_evidence(
    walk: RandomWalk, likelihoods: Sequence[NDArray[np.float64]], start: NDArray[np.float64]
) -> float:
    return sum(walk.follow(logs.copy(), start)[1] for logs in likelihoods)


def _make_first_moves(layout: Layout) -> tuple[sparse.csr_array, float]:
    """Make the moves of a short while, and the variance of them along each axis.

    Diffusion on the graph of neighbours: the rate of a move is one over its square length,
    so that near and far neighbours add the same to the variance.
    """
    links = sparse.coo_array(layout.adjacency)
    rates = sparse.csr_array((1 / links.data**2, (links.row, links.col)), shape=links.shape)
    outflow: NDArray[np.float64] = np.asarray(rates.sum(axis=1)).ravel()
    fastest = float(outflow.max(initial=0.0))
    n_bins, share = layout.n_bins, (_FIRST / fastest if fastest else 0.0)
    stays = sparse.diags_array(1 - share * outflow)
    neighbors = float(np.median(np.diff(rates.indptr)))
    moves = sparse.csr_array(stays + share * rates, shape=(n_bins, n_bins))
    return moves, share * neighbors / layout.n_dims


def _square(moves: sparse.csr_array) -> sparse.csr_array:
    """Compute the moves of twice the time, without those that hardly happen."""
    twice = sparse.csr_array(moves @ moves)
    twice.data[twice.data < _NEGLIGIBLE] = 0
    twice.eliminate_zeros()
    kept = np.asarray(twice.sum(axis=0)).ravel()
    return sparse.csr_array(twice @ sparse.diags_array(1 / kept))


def _choose_form(moves: sparse.csr_array) -> Moves:
    n_bins = moves.shape[0]
    return moves.toarray() if moves.nnz > _DENSE * n_bins**2 else moves


def _warn_of_pieces(env: Environment) -> None:
    n_pieces = int(label_components(env.layout).max()) + 1
    if n_pieces > 1:
        warn_user(
            f"The environment is in {n_pieces} pieces, and a random walk leads from none to "
            "another.\n  Once the animal is found in one it is in no other. Pass "
            "transition=None, or connect the pieces."
        )
