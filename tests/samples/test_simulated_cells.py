"""Grid, boundary, head direction and object vector cells fire as they are told."""

import numpy as np
import pytest
from scipy import signal, stats

from neurospatial import (
    Environment,
    compute_border_score,
    compute_grid_score,
    compute_place_fields,
)
from neurospatial.fields import detect_fields
from neurospatial.samples import (
    open_field,
    simulate_boundary_cells,
    simulate_grid_cells,
    simulate_head_direction_cells,
    simulate_object_vector_cells,
)

PATH = open_field()
OBJECTS = np.array([[30.0, 35.0], [70.0, 60.0]])
HEAD = 3 * np.sin(PATH.times / 7) + PATH.times / 9
SIMULATIONS = {
    "boundary": lambda **more: simulate_boundary_cells(*PATH, **more),
    "grid": lambda **more: simulate_grid_cells(*PATH, **more),
    "head": lambda **more: simulate_head_direction_cells(PATH.times, HEAD, **more),
    "object": lambda **more: simulate_object_vector_cells(*PATH, OBJECTS, **more),
}
KINDS = sorted(SIMULATIONS)


def make_maps(
    trains: tuple[np.ndarray, ...], bin_size: float = 2.5
) -> tuple[Environment, np.ndarray]:
    env = Environment.from_samples(PATH.positions, bin_size, fill_holes=True)
    maps = compute_place_fields(env, trains, *PATH, bandwidth=4.0, progress=False)
    return env, maps[:, 0]


@pytest.mark.parametrize("kind", KINDS)
def test_counts_are_poisson_about_the_integral_of_the_rate(kind: str) -> None:
    cells = SIMULATIONS[kind](n_cells=40, seed=2)
    fine = np.arange(PATH.times[0], PATH.times[-1], 0.01)
    if kind == "head":
        where = np.interp(fine, PATH.times, HEAD)
    else:
        where = np.column_stack([np.interp(fine, PATH.times, x) for x in PATH.positions.T])
    expected = np.array([cells.rates(cell, where).sum() * 0.01 for cell in range(40)])
    z = (np.array([train.size for train in cells.spike_times]) - expected) / np.sqrt(expected)
    assert stats.kstest(z, "norm").pvalue > 0.01
    assert abs(z).max() < 4


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_gives_the_same_spikes(kind: str) -> None:
    one, two, other = (SIMULATIONS[kind](n_cells=3, seed=seed) for seed in (7, 7, 8))
    for first, second in zip(one.spike_times, two.spike_times, strict=True):
        np.testing.assert_array_equal(first, second)
    assert not np.array_equal(other.spike_times[0], one.spike_times[0])


def test_grid_cells_have_grids_of_the_spacing_told() -> None:
    cells = simulate_grid_cells(*PATH, n_cells=6, spacing=30.0, orientation=0.2)
    env, maps = make_maps(cells.spike_times)
    assert (compute_grid_score(env, maps) > 0.7).all()
    way = 30 * np.array([np.cos(0.2), np.sin(0.2)])
    turned = np.array([[0.5, -np.sqrt(3) / 2], [np.sqrt(3) / 2, 0.5]]) @ way
    for cell, (phase, field) in enumerate(zip(cells.phases, maps, strict=True)):
        lattice = phase + np.array([0 * way, way, turned, way + turned, -3 * way])
        np.testing.assert_allclose(cells.rates(cell, lattice), 15)
        middle = phase + (way + turned) / 3
        np.testing.assert_allclose(cells.rates(cell, middle[np.newaxis]), 0, atol=1e-9)
        truth = cells.rates(cell, env.bin_centers)
        known = np.isfinite(field)
        assert np.corrcoef(truth[known], field[known])[0, 1] > 0.9


def test_boundary_cells_fire_along_their_wall() -> None:
    cells = simulate_boundary_cells(*PATH, n_cells=8, field_width=4.0, background_rate=0.0)
    env, maps = make_maps(cells.spike_times)
    assert (compute_border_score(env, maps) > 0.5).all()
    low, high = PATH.positions.min(axis=0), PATH.positions.max(axis=0)
    np.testing.assert_array_equal(cells.box, [low, high])
    at = {"left": low, "right": high, "bottom": low, "top": high}
    inward = {"left": [1, 0], "right": [-1, 0], "bottom": [0, 1], "top": [0, -1]}
    for cell, (wall, distance) in enumerate(zip(cells.walls, cells.distances, strict=True)):
        place = at[wall] + np.multiply(inward[wall], [[distance], [distance + 4.0]])
        np.testing.assert_allclose(cells.rates(cell, place), [15, 15 * np.exp(-0.5)])


def test_head_direction_cells_fire_at_their_direction() -> None:
    cells = SIMULATIONS["head"](n_cells=12, tuning_width=0.4, background_rate=0.0)
    edges = np.linspace(0, 2 * np.pi, 41)
    spent, _ = np.histogram(HEAD % (2 * np.pi), edges)
    for direction, train in zip(cells.directions, cells.spike_times, strict=True):
        fired, _ = np.histogram(np.interp(train, PATH.times, HEAD) % (2 * np.pi), edges)
        points = np.exp(1j * (edges[:-1] + edges[1:]) / 2)
        mean = np.angle((points * fired / spent).sum())
        assert np.abs(np.angle(np.exp(1j * (mean - direction)))) < 0.1
    np.testing.assert_allclose(
        cells.rates(0, cells.directions[0] + np.array([0, 2 * np.pi, np.pi])),
        [15, 15, 15 * np.exp(-2 / 0.4**2)],
    )


def test_angles_are_interpolated_across_the_seam() -> None:
    """From 3.1 to -3.1 the head turns through π, not through 0."""
    angles = np.where(np.arange(400) % 2, -3.1, 3.1)
    cells = simulate_head_direction_cells(
        np.arange(400.0) / 4, angles, n_cells=60, background_rate=0.0, tuning_width=0.2
    )
    behind = np.cos(cells.directions) > 0
    counts = np.array([train.size for train in cells.spike_times])
    assert counts[behind].max() == 0
    assert counts[~behind].max() > 100


def test_object_vector_cells_have_a_field_for_each_object() -> None:
    cells = SIMULATIONS["object"](n_cells=6, field_width=5.0, seed=4, background_rate=0.0)
    env, maps = make_maps(cells.spike_times)
    for vector, field in zip(cells.vectors, maps, strict=True):
        found = [one.centroid for one in detect_fields(env, field, fraction=0.3)]
        for place in OBJECTS + vector:
            assert min(np.linalg.norm(place - one) for one in found) < 4
    assert (np.linalg.norm(cells.vectors, axis=1) >= 5).all()
    assert (np.linalg.norm(cells.vectors, axis=1) <= 15).all()


@pytest.mark.parametrize("kind", KINDS)
def test_no_spikes_in_gaps_or_where_the_animal_is_lost(kind: str) -> None:
    times = np.array([0, 0.1, 0.2, 100.0, 100.1, 100.2, 100.3])
    positions = np.array([[0, 0], [1, 1], [0, 0], [0, 0], [np.nan, 0], [0, 0], [0, 0]])
    simulate = {
        "boundary": simulate_boundary_cells,
        "grid": simulate_grid_cells,
        "head": lambda t, p, **more: simulate_head_direction_cells(t, p[:, 0], **more),
        "object": lambda t, p, **more: simulate_object_vector_cells(t, p, [[0, 0]], **more),
    }[kind]
    cells = simulate(times, positions, n_cells=3, peak_rate=500, background_rate=500)
    for train in cells.spike_times:
        assert train.size > 20
        assert not ((train > 0.2) & (train < 100.0)).any()
        assert not ((train > 100.0) & (train < 100.2)).any()
        assert (np.diff(train) >= 0).all()


def test_degrees_are_guessed_and_said() -> None:
    times = np.arange(200.0) / 4
    wrapped = signal.sawtooth(times) * 180
    with pytest.warns(UserWarning, match=r"^angles run from -180 to .* look like degrees"):
        simulate_head_direction_cells(times, wrapped, n_cells=1)
    simulate_head_direction_cells(times, np.deg2rad(wrapped), n_cells=1)
    simulate_head_direction_cells(times, 0.5 * times, n_cells=1)  # over many turns, unwrapped


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({"n_cells": 0}, "n_cells is 0"),
        ({"n_cells": 1.5}, r"n_cells is 1\.5"),
        ({"peak_rate": 1.0, "background_rate": 2.0}, "peak_rate is 1.0 Hz, background_rate 2.0"),
    ],
)
def test_bad_numbers(kind: str, options: dict[str, object], found: str) -> None:
    with pytest.raises(ValueError, match=rf"{found}[\s\S]*WHY[\s\S]*HOW"):
        SIMULATIONS[kind](**options)


def test_bad_input() -> None:
    path = [0.0, 0.1], [[0, 0], [1, 1]]
    for call, found in (
        (lambda: simulate_grid_cells(*path, spacing=0), "spacing is 0"),
        (lambda: simulate_grid_cells([0.0], [[0, 0]]), "There are 1 samples"),
        (lambda: simulate_grid_cells(path[0], [[1, 1], [1, 1]]), "spacing is None"),
        (lambda: simulate_grid_cells(path[0], [0.0, 1.0]), "positions has incorrect shape"),
        (lambda: simulate_grid_cells(*path, orientation=np.inf), "orientation is inf"),
        (lambda: simulate_boundary_cells(*path, field_width=-1), "field_width is -1"),
        (lambda: simulate_object_vector_cells(*path, np.empty((0, 2))), "objects has incorrect"),
        (lambda: simulate_object_vector_cells(*path, [[0, np.nan]]), "objects hold 1 places"),
        (lambda: simulate_head_direction_cells(path[0], [0.0]), "and there are 1"),
        (lambda: simulate_head_direction_cells(*path), r"angles have shape \(2, 2\)"),
        (lambda: simulate_head_direction_cells(path[0], [0, np.inf]), "1 are infinite"),
        (lambda: simulate_head_direction_cells(path[0], [0, 1], tuning_width=0), "tuning_width"),
    ):
        with pytest.raises(ValueError, match=rf"{found}[\s\S]*WHY[\s\S]*HOW"):
            call()
