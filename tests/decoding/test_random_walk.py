"""A walk is a filter over the graph of bins: as the formula says, causal, and behind walls."""

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray
from scipy import sparse

from neurospatial import Environment, compute_place_fields, decode_positions
from neurospatial.decoding.likelihood import PoissonLikelihood
from neurospatial.decoding.random_walk import RandomWalk, choose_stretches, choose_walk
from neurospatial.samples import open_field, simulate_place_cells
from tests.decoding.worlds import Floats, World, make_box, make_maze, make_world

WALL = Environment.from_polygon(
    shapely.box(0, 0, 60, 30).difference(shapely.box(28, 0, 32, 30)).union(
        shapely.box(28, 26, 32, 30)
    ),
    2,
)  # fmt: skip
ENVIRONMENTS = {
    "box": make_box(),
    "hexagonal": Environment.from_polygon(shapely.box(0, 0, 40, 30), 5, layout="hexagonal"),
    "maze": make_maze(),
    "one bin": Environment.from_grid_edges([[0, 1], [0, 1]]),
}


def make_walk(env: Environment, seconds: float = 40.0) -> RandomWalk:
    world = make_world(env)
    edges = np.arange(0, seconds + 0.25, 0.5)
    model = PoissonLikelihood(world.fields, world.spikes, edges)
    return choose_walk(
        env, [model.compute(0, edges.size - 1)], np.full(env.n_bins, 1 / env.n_bins)
    )


def to_dense(walk: RandomWalk) -> Floats:
    return walk.moves.toarray() if sparse.issparse(walk.moves) else np.asarray(walk.moves)


@pytest.mark.parametrize("name", sorted(ENVIRONMENTS))
def test_moves_are_chances(name: str) -> None:
    moves = to_dense(make_walk(ENVIRONMENTS[name]))
    assert (moves >= 0).all()
    np.testing.assert_allclose(moves.sum(axis=0), 1)


def test_far_from_walls_a_move_has_its_deviation() -> None:
    env = Environment.from_grid_edges([np.arange(62.0)] * 2)
    fields = np.exp(-((env.bin_centers[::40, None] - env.bin_centers) ** 2).sum(axis=2) / 20) * 50
    path = 30.5 + 12 * np.column_stack([np.sin(np.arange(200) / 6), np.cos(np.arange(200) / 6)])
    counts = np.random.default_rng(0).poisson(fields[:, env.bin_at(path)] * 0.1)
    spikes = [np.repeat(np.arange(200) * 0.1 + 0.05, n) for n in counts]
    edges = np.linspace(0, 20, 201)
    model = PoissonLikelihood(fields, spikes, edges)
    start = np.full(env.n_bins, 1 / env.n_bins)
    walk = choose_walk(env, [model.compute(0, 200)], start)
    middle = int(env.bin_at([[30.5, 30.5]])[0])
    spread = to_dense(walk)[:, middle] @ (env.bin_centers - env.bin_centers[middle]) ** 2
    np.testing.assert_allclose(np.sqrt(spread), walk.deviation, rtol=0.02)
    # The animal goes 2 a time bin, along a circle.
    assert 1 < walk.deviation < 3


@pytest.mark.parametrize("name", ["box", "maze"])
def test_it_is_the_forward_algorithm(name: str) -> None:
    env = ENVIRONMENTS[name]
    world = make_world(env)
    edges = np.linspace(0, 30, 61)
    decoded = decode_positions(
        env, world.fields, world.spikes, time_bins=edges, transition="random walk"
    )
    model = PoissonLikelihood(world.fields, world.spikes, edges)
    start = np.full(env.n_bins, 1 / env.n_bins)
    walk = choose_walk(env, [model.compute(*s) for s in choose_stretches(60, env.n_bins)], start)
    assert f"{walk.deviation:.2g} cm" in decoded.description
    moves, state, rows = to_dense(walk), start, []
    for weights in np.exp(model.compute(0, 60)):
        state = state * weights / (state @ weights)
        rows.append(state)
        state = moves @ state
    np.testing.assert_allclose(decoded.posterior, rows, rtol=1e-4, atol=1e-30)


def test_blocks_change_nothing_and_later_spikes_nothing_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from neurospatial.decoding import decode

    world = make_world(ENVIRONMENTS["box"])
    options = {"time_bins": (0, 30, 0.5), "transition": "random walk", "progress": False}
    whole = decode_positions(world.env, world.fields, world.spikes, **options)
    monkeypatch.setattr(decode, "_VALUES_AT_ONCE", 200)
    parts = decode_positions(world.env, world.fields, world.spikes, **options, n_jobs=2)
    np.testing.assert_allclose(parts.posterior, whole.posterior, rtol=1e-5)
    walk = make_walk(world.env)
    model = PoissonLikelihood(world.fields, world.spikes, np.linspace(0, 30, 61))
    start = np.full(world.env.n_bins, 1 / world.env.n_bins)
    logs, first = model.compute(0, 60), model.compute(0, 20)
    walk.follow(logs, start)
    walk.follow(first, start)
    np.testing.assert_array_equal(first, logs[:20])


def test_it_finds_an_animal_that_single_time_bins_lose() -> None:
    times, positions = open_field()
    cells = simulate_place_cells(times, positions, n_cells=30, seed=6).spike_times
    env = Environment.from_samples(positions, bin_size=5, units="cm")
    fields = compute_place_fields(env, cells, times, positions, progress=False)
    given = {"time_bins": (0, 200, 0.05), "times": times, "positions": positions}
    alone = decode_positions(env, fields, cells, **given, progress=False)
    walk = decode_positions(env, fields, cells, **given, transition="random walk", progress=False)
    assert alone.error is not None
    assert walk.error is not None
    assert np.nanmedian(walk.error) < 0.5 * np.nanmedian(alone.error)
    assert 0.9 < np.nanmean(walk.error <= walk.credible_radius) < 0.99


def test_a_step_leads_round_a_wall_and_not_through_it() -> None:
    moves: NDArray[np.float64] = np.linalg.matrix_power(to_dense(make_walk(WALL)), 2)
    left, right = WALL.bin_at([[27.0, 5.0], [33.0, 5.0]])
    beside = WALL.bin_at([[21.0, 5.0]])[0]
    assert WALL.distance_between(left, right) > 40
    # Six away on either side: through the wall it would be as likely as on this side of it.
    assert moves[right, left] < 1e-3 * moves[beside, left]


def test_pieces_that_no_way_connects_are_warned_of() -> None:
    two = Environment.from_mask([[True], [False], [True], [True]], [np.arange(5.0), [0.0, 1.0]])
    spikes = [np.array([0.1, 0.2, 2.1, 2.2]), np.array([1.5])]
    fields = np.array([[20.0, 0, 0], [0, 20.0, 0]])
    with pytest.warns(UserWarning, match="The environment is in 2 pieces, and a random walk"):
        decoded = decode_positions(
            two, fields, spikes, time_bins=(0, 3, 1), transition="random walk"
        )
    np.testing.assert_allclose(decoded.posterior.sum(axis=1), 1, rtol=1e-6)


def test_what_was_never_visited_is_stepped_over_and_never_stayed_in() -> None:
    env = Environment.from_grid_edges([np.arange(8.0), [0.0, 1.0]])
    fields = np.full((2, 7), 0.5)
    fields[0, 0] = fields[1, 6] = 30.0
    fields[:, 3] = np.nan
    spikes = [np.linspace(0, 1, 30), np.linspace(4, 5, 30)]
    decoded = decode_positions(
        env, fields, spikes, time_bins=(0, 5, 0.25), transition="random walk"
    )
    assert not decoded.posterior[:, 3].any()
    assert np.argmax(decoded.posterior[0]) == 0
    assert np.argmax(decoded.posterior[-1]) == 6


def test_another_transition_is_refused() -> None:
    world: World = make_world(ENVIRONMENTS["box"])
    with pytest.raises(ValueError, match=r"transition is 'random wolk'\. Did you mean"):
        decode_positions(
            world.env, world.fields, world.spikes, time_bins=(0, 9, 1),
            transition="random wolk",  # type: ignore[arg-type]
        )  # fmt: skip
