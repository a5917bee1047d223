"""From positions to a grid."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray
from scipy import stats

from neurospatial import Environment
from neurospatial.layouts import RegularGrid

POSITIONS = hnp.arrays(
    np.float64,
    st.tuples(st.integers(2, 40), st.integers(1, 3)),
    elements=st.floats(-500, 500, width=32),
)


def grid_of(env: Environment) -> RegularGrid:
    assert isinstance(env.layout, RegularGrid)
    return env.layout


@settings(deadline=None)
@given(POSITIONS, st.floats(0.05, 1))
def test_every_sample_is_in_a_bin_and_every_bin_has_one(
    positions: NDArray[np.float64], share: float
) -> None:
    extent = np.ptp(positions, axis=0)
    if extent.max() < 1e-3:
        return
    size = share * extent.max()
    env = Environment.from_samples(positions, size)
    bins = env.bin_at(positions)
    assert (bins >= 0).all()
    assert set(bins.tolist()) == set(range(env.n_bins))
    np.testing.assert_allclose(env.bin_size, size)
    cells = np.array(grid_of(env).grid_shape)
    assert (cells <= np.maximum(np.ceil(extent / size), 1)).all()
    assert (cells * size >= extent * (1 - 1e-9)).all()


@settings(deadline=None)
@given(POSITIONS)
def test_the_grid_is_centred_on_the_positions(positions: NDArray[np.float64]) -> None:
    low, high = positions.min(axis=0), positions.max(axis=0)
    extent = (high - low).max()
    if extent < 1e-3:
        return
    ranges = np.array(Environment.from_samples(positions, 0.07 * extent).dimension_ranges)
    np.testing.assert_allclose(ranges.mean(axis=1), (low + high) / 2, atol=1e-7 * extent)


def test_an_extent_of_whole_bins_makes_that_many() -> None:
    for n in range(1, 400):
        edge = 0.1 * n  # not a whole number of 0.1 in binary
        env = Environment.from_samples([[0.0], [edge]], 0.1, infer_active_bins=False)
        assert env.n_bins == n
        assert env.dimension_ranges[0] == pytest.approx((0, edge), abs=1e-12)


def test_edges_are_tidy_numbers() -> None:
    positions = [[1.0884240000000001, 0.9458], [98.911576, 99.05419999999999]]
    assert Environment.from_samples(positions, 2.5).dimension_ranges == ((0, 100), (0, 100))


def test_one_size_per_dimension_and_thin_tracks() -> None:
    positions = np.column_stack([np.linspace(0, 150, 700), np.linspace(0, 1, 700)])
    assert grid_of(Environment.from_samples(positions, (10, 0.5))).grid_shape == (15, 2)
    assert grid_of(Environment.from_samples(positions, 2.5)).grid_shape == (60, 1)
    flat = positions * [1, 0]
    assert grid_of(Environment.from_samples(flat, 2.5)).grid_shape == (60, 1)


def test_threshold_counts_as_binned_statistic_does() -> None:
    positions = np.random.default_rng(2).normal(0, 10, (3000, 2))
    for threshold in (0, 3, 20):
        grid = grid_of(Environment.from_samples(positions, 3, bin_count_threshold=threshold))
        counts = stats.binned_statistic_2d(*positions.T, None, "count", bins=grid.edges).statistic
        assert (grid.active == (counts > threshold)).all()


def test_three_dimensions_and_one() -> None:
    positions = np.random.default_rng(0).uniform(0, 30, (5000, 3))
    env = Environment.from_samples(positions, 10)
    assert (env.n_dims, env.n_bins) == (3, 27)
    assert Environment.from_samples(positions[:, 0], 10).n_dims == 1


def ring() -> NDArray[np.float64]:
    """Samples in all cells of a 7 by 7 grid but a hole of one, and a gap in the wall."""
    cells = [(x, y) for x in range(7) for y in range(7) if (x, y) not in {(3, 3), (0, 2)}]
    return np.array(cells, dtype=float)


def select_active(**options: bool) -> NDArray[np.bool_]:
    return grid_of(Environment.from_samples(ring(), 6 / 7, **options)).active


def test_holes_gaps_and_dilation() -> None:
    plain = select_active()
    assert np.argwhere(~plain).tolist() == [[0, 2], [3, 3]]
    assert np.argwhere(~select_active(fill_holes=True)).tolist() == [[0, 2]]
    assert select_active(dilate=True).all()
    assert select_active(infer_active_bins=False).all()


def test_closing_bridges_a_gap_and_leaves_the_rim() -> None:
    positions = np.array([(x, y) for x in (0, 1, 2, 4, 5, 6) for y in (0, 1, 2)], dtype=float)
    corner = np.array([[6.0, 6.0]])
    grid = grid_of(Environment.from_samples(np.vstack([positions, corner]), 6 / 7))
    closed = grid_of(
        Environment.from_samples(np.vstack([positions, corner]), 6 / 7, close_gaps=True)
    )
    assert not grid.active[3].any()
    assert closed.active[3, :3].all()
    assert (closed.active >= grid.active).all()
    assert closed.active.sum() == grid.active.sum() + 3


def test_lists_and_small_types_are_taken() -> None:
    positions = np.random.default_rng(0).integers(0, 20, (200, 2))
    expected = Environment.from_samples(positions.astype(float), 5)
    for given_as in (positions.tolist(), positions.astype(np.int16), positions.astype("f4")):
        assert Environment.from_samples(given_as, 5) == expected


ARENA = np.random.default_rng(0).uniform(0, 100, (500, 2))


@pytest.mark.parametrize(
    ("positions", "bin_size", "error", "found"),
    [
        (ARENA, 0, ValueError, "bin_size is 0"),
        (ARENA, -1.0, ValueError, r"bin_size is -1\.0"),
        (ARENA, np.nan, ValueError, "bin_size is nan"),
        (ARENA, np.inf, ValueError, "bin_size is inf"),
        (ARENA, (1, 0), ValueError, r"bin_size is \(1, 0\)"),
        (ARENA, (1, 1, 1), ValueError, r"bin_size has shape \(3,\), positions have 2 dim"),
        (ARENA, 200, ValueError, r"larger than the arena, \d+\.?\d* by \d+"),
        (ARENA, 1e-4, ValueError, r"would make 9\d\d,\d{3},\d{3},\d{3} cells"),
        (ARENA[:1], 1, ValueError, "1 samples with no extent"),
        (ARENA[:0], 1, ValueError, "0 samples with no extent"),
        (ARENA[[3, 3]], 1, ValueError, "no extent"),
        (ARENA * np.nan, 1, ValueError, "no extent"),
        (
            np.where(ARENA > 99, np.inf, ARENA),
            1,
            ValueError,
            "positions: found [0-9]+ samples with Inf",
        ),
        (ARENA.reshape(5, 100, 2), 1, ValueError, r"Got: \(5, 100, 2\)"),
        (ARENA + 1j, 1, TypeError, "complex128"),
        ([["a", "b"]], 1, TypeError, "dtype <U1"),
        ([[1, 2], [3]], 1, TypeError, "unequal length"),
        (ARENA.astype(object), 1, TypeError, "object"),
    ],
)
def test_bad_input(positions: object, bin_size: object, error: type, found: str) -> None:
    with pytest.raises(error, match=found) as caught:
        Environment.from_samples(positions, bin_size)
    assert "WHY:" in str(caught.value)
    assert "HOW:" in str(caught.value)


def test_the_bin_size_that_would_fit_does_fit() -> None:
    positions = np.array([[0.0, 0.0], [100.0, 80.0]])
    with pytest.raises(ValueError, match="cells") as caught:
        Environment.from_samples(positions, 1e-3)
    text = str(caught.value)
    size = float(text.partition("bin_size=")[2].partition(",")[0])
    assert 100 / size * 80 / size < 50e6


def test_a_threshold_that_leaves_nothing_says_how_full_the_fullest_is() -> None:
    with pytest.raises(ValueError, match=r"threshold=900 samples; the fullest holds \d+"):
        Environment.from_samples(ARENA, 10, bin_count_threshold=900)


@pytest.mark.parametrize(
    ("mask", "edges", "found"),
    [
        (
            [[True]],
            [[0, 1], [0, 1, 2]],
            r"shape \(1, 1\), the edges make a grid of shape \(1, 2\)",
        ),
        ([[False]], [[0, 1], [0, 1]], "None of the 1 cells"),
        ([[True]], [[0, 1], [1, 0]], "1 is followed by 0"),
    ],
)
def test_bad_masks(mask: list[list[bool]], edges: list[list[float]], found: str) -> None:
    with pytest.raises(ValueError, match=found):
        Environment.from_mask(mask, edges)
