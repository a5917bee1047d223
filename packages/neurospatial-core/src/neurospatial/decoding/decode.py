"""Where an animal was, from what its units fired."""

import mmap
from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.decoding.decoded import Decoded
from neurospatial.decoding.estimates import Estimates, Estimator
from neurospatial.decoding.likelihood import PoissonLikelihood
from neurospatial.decoding.match_units import UnitFields, Units, match_units
from neurospatial.decoding.prior import Prior, make_prior
from neurospatial.decoding.random_walk import choose_stretches, choose_walk
from neurospatial.decoding.time_bins import TimeBins, check_time_bins, read_time_bins
from neurospatial.environment import Environment
from neurospatial.environment.trajectory import BinnedTrajectory, bin_trajectory
from neurospatial.errors import explain
from neurospatial.fields.batching import Block, resolve_n_jobs, resolve_output, run_blocks
from neurospatial.fields.spikes import SpikeTrains
from neurospatial.progress import Progress
from neurospatial.validate import validate_choice, warn_user

_VALUES_AT_ONCE = 250_000
"""Probabilities computed together: 2 MB, which stay in the processor's cache."""


def decode_positions(
    env: Environment,
    fields: UnitFields,
    spike_times: SpikeTrains,
    *,
    time_bins: TimeBins,
    prior: Prior = "uniform",
    transition: Literal["random walk"] | None = None,
    times: ArrayLike | None = None,
    positions: ArrayLike | None = None,
    out: NDArray[np.floating] | None = None,
    n_jobs: int = 1,
    progress: Progress = True,
) -> Decoded:
    """Decode where an animal was from the spikes of units whose fields are known.

    Bayes' rule with independent Poisson units (Zhang, Ginzburg, McNaughton & Sejnowski,
    J. Neurophysiol. 79:1017, 1998), in log space. Each time bin is decoded by itself, or
    with a `transition` from all that went before. That a unit is silent counts as well:
    where no unit fires in a time bin, the posterior is the prior, but for the places where
    they would have fired.

    Parameters
    ----------
    env : Environment
        The bins.
    fields : FieldSeries, mapping or array-like, shape (n_units, n_bins)
        The rate of each unit in each bin [Hz], such as `compute_place_fields` gives. By
        name (a series of one window, or a mapping to (n_bins,)) units are matched with the
        spikes of the same name, else in their order. A rate below 0.001 Hz is taken for
        that: no map is sampled long enough to tell less, and one spike would rule a place
        out. Where a rate is NaN the animal never was, and is not: the posterior is 0.
    spike_times : sequence or mapping of array-like, each (n_spikes,)
        When each unit fired [s]; the keys of a mapping are the names of its units.
    time_bins : tuple (start, stop, width), or array-like of edges, shape (n_frames + 1,)
        [s]; the end of a time bin is not part of it, nor a last one that is not whole.
    prior : "uniform", "occupancy" or array-like, shape (n_bins,)
        How likely each bin is before a spike is heard: all the same; by the time spent
        there, from `times` and `positions`; or weights of your own. To check a decoder on
        data that it has not seen, pass the occupancy of the other data. With a `transition`
        it is that of the first time bin.
    transition : None or "random walk"
        How the animal moves from one time bin to the next: anywhere, or by diffusion from
        bin to neighbouring bin, so that walls hold. That is a filter: a time bin is decoded
        from the spikes up to its end, and none later. Each time bin is one step; how far it
        goes is that which makes the spikes of four stretches of the session likeliest, a
        tenth of a bin or twice, four times, … that; `Decoded.description` says it.
    times, positions : array-like, shapes (n_samples,) and (n_samples, n_dims), optional
        Where the animal was and when [s], to compare with: `Decoded.true_position` and
        `Decoded.error`. The posterior depends on them with ``prior="occupancy"`` only.
    out : ndarray, shape (n_frames, n_bins), optional
        Where to write the posterior, block by block: a `numpy.memmap` where it does not fit
        in memory. Left out, float32.
    n_jobs : int
        Threads that work at once; -1 for one per processor. A walk takes one step after
        the other, by one.
    progress : bool or callable
        Whether long work shows a bar, or a function called with time bins
        ``(done, total)``; whatever it raises ends the work.

    Returns
    -------
    Decoded
        The posterior with its clock: a `FieldSeries`, for `animate_fields`.

    Raises
    ------
    ValueError
        If fields and spikes are of different units, shapes do not fit, all fields are zero,
        the prior sums to 0 or has NaN, or no time bin meets a spike.
    TypeError
        If `spike_times` are those of a single unit, or `out` is not floating.

    Examples
    --------
    >>> from neurospatial import Environment, compute_place_fields, decode_positions
    >>> from neurospatial.samples import open_field, simulate_place_cells
    >>> times, positions = open_field()
    >>> cells = simulate_place_cells(times, positions, n_cells=60, seed=6).spike_times
    >>> env = Environment.from_samples(positions, bin_size=5, units="cm")
    >>> fields = compute_place_fields(env, cells, times, positions, progress=False)
    >>> decoded = decode_positions(
    ...     env, fields, cells, time_bins=(0, 596, 0.25), times=times, positions=positions
    ... )
    >>> decoded, float(np.nanmedian(decoded.error).round())
    (Decoded(2384 frames × 387 bins, 0.125 … 595.875 s, in probability), 6.0)
    """
    workers = resolve_n_jobs(n_jobs)
    if transition is not None:
        why = "It says how the animal moves from one time bin to the next."
        how = ['Pass transition="random walk".', "Pass None: each time bin by itself."]
        validate_choice(transition, ["random walk"], "transition", why, how=how)
        workers = 1
    units = match_units(env, fields, spike_times)
    edges = read_time_bins(time_bins)
    check_time_bins(edges, units.trains)
    trajectory = _read_trajectory(env, times, positions)
    start = _exclude_unknown(units, make_prior(env, prior, trajectory))
    shape = (edges.size - 1, env.n_bins)
    posterior = resolve_output(shape, np.float32 if out is None else None, out)
    estimates = Estimates.allocate(len(posterior), env.n_dims)
    model = PoissonLikelihood(units.rates, units.trains, edges)
    weigh, described = _choose_model(env, model, start, transition)
    estimator = Estimator(env.layout)

    def fill(block: Block) -> None:
        first, last = block.windows.start, block.windows.stop
        posterior[first:last] = estimator.normalize(weigh(first, last), estimates, first)
        _release(posterior)

    run_blocks(fill, _split(shape, workers), workers, progress, "Decoding", "time bin")
    if isinstance(posterior, np.memmap):
        posterior.flush()
    windows = np.column_stack([edges[:-1], edges[1:]])
    centers = windows.mean(axis=1)
    return Decoded(
        posterior,
        centers,
        env,
        windows=windows,
        unit="probability",
        description=described,
        **vars(estimates),
        true_position=None if trajectory is None else _locate_animal(trajectory, centers),
    )


def _choose_model(
    env: Environment,
    model: PoissonLikelihood,
    start: NDArray[np.float64],
    transition: str | None,
) -> tuple[Callable[[int, int], NDArray[np.float64]], str]:
    """Choose what computes the log posteriors of time bins, and say what it is.

    With a transition it has to be called with one block after the other.
    """
    if transition is None:
        log_prior = _to_log(start)
        return lambda first, last: model.compute(first, last) + log_prior, "posterior"
    stretches = choose_stretches(model.edges.size - 1, env.n_bins)
    walk = choose_walk(env, [model.compute(*stretch) for stretch in stretches], start)
    expected = start

    def follow(first: int, last: int) -> NDArray[np.float64]:
        nonlocal expected
        logs = model.compute(first, last)
        expected, _ = walk.follow(logs, expected)
        return logs

    step = f"{walk.deviation:.2g} {env.units or ''}".strip()
    return follow, f"posterior of a random walk, {step} a time bin"


def _read_trajectory(
    env: Environment, times: ArrayLike | None, positions: ArrayLike | None
) -> BinnedTrajectory | None:
    if times is None and positions is None:
        return None
    if times is None or positions is None:
        given, missing = ("times", "positions") if positions is None else ("positions", "times")
        raise TypeError(
            explain(
                f"There are {given} and no {missing}.",
                "Where the animal was is told by both.",
                [f"Pass {missing} as well.", f"Leave {given} out."],
            )
        )
    return bin_trajectory(env.layout, times, positions, units=env.units)


def _exclude_unknown(units: Units, prior: NDArray[np.float64]) -> NDArray[np.float64]:
    """Set the prior to 0 where the rate of some unit is not known, and to sum to 1 again."""
    unknown = np.isnan(units.rates)
    excluded = unknown.any(axis=0)
    n_mixed = int(np.count_nonzero(excluded & ~unknown.all(axis=0)))
    if n_mixed:
        warn_user(
            f"{n_mixed} of {prior.size} bins have a rate of some units and NaN of others.\n"
            "  Nothing can be compared there: the posterior is 0. Compute all fields from the "
            "same positions, or pass 0 where a unit never fired."
        )
    left = np.where(excluded, 0.0, prior)
    total = float(left.sum())
    if total > 0:
        return np.asarray(left / total)
    raise ValueError(
        explain(
            f"No bin is left: {np.count_nonzero(excluded)} of {prior.size} have no rate of some "
            f"unit, and in the others the prior is 0.",
            "A place is possible where each unit has a rate and the prior is not 0.",
            ['Pass fields of the whole session.', 'Pass prior="uniform".'],
        )
    )  # fmt: skip


def _to_log(probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(probabilities))


def _split(shape: tuple[int, ...], workers: int) -> Sequence[Block]:
    n_frames, n_bins = shape
    at_once = max(1, _VALUES_AT_ONCE // (n_bins * workers))
    return [
        Block(slice(0, 1), slice(start, min(start + at_once, n_frames)))
        for start in range(0, n_frames, at_once)
    ]


def _release(posterior: NDArray[np.floating]) -> None:
    """Let the system write what was mapped from a file, and take its memory back."""
    mapped = getattr(posterior, "_mmap", None)
    if isinstance(mapped, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        mapped.madvise(mmap.MADV_DONTNEED)


def _locate_animal(
    trajectory: BinnedTrajectory, times: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Interpolate where the animal was, NaN outside of the recording and in gaps."""
    sample = np.searchsorted(trajectory.times, times, side="right") - 1
    timed = (sample >= 0) & (sample < trajectory.times.size - 1)
    if trajectory.in_gap is not None:
        timed &= ~trajectory.in_gap[np.where(timed, sample, 0)]
    places = np.full((times.size, trajectory.positions.shape[1]), np.nan)
    places[timed] = trajectory.interpolate(times[timed], sample[timed])
    return places
