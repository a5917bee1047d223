"""What is left out follows the bins and the samples: the unit of length changes no map."""

import numpy as np
import pytest

from neurospatial import Environment, compute_place_field, compute_place_fields
from neurospatial.environment.smoothing_kernels import Method, choose_bandwidth
from neurospatial.fields import compute_directional_fields, detect_fields
from neurospatial.samples import open_field, simulate_place_cells

of_unit = pytest.mark.parametrize("unit", [1e-5, 0.01, 0.0393701, 10.0, 1e6])


@of_unit
@pytest.mark.parametrize("method", ["diffusion_kde", "gaussian_kde"])
def test_maps_are_the_same_in_any_unit(unit: float, method: Method) -> None:
    times, positions = open_field()
    spikes = times[np.linalg.norm(positions - 40, axis=1) < 12][::7]
    fields = []
    for scale in (1.0, unit):
        env = Environment.from_samples(positions * scale, 5.0 * scale)
        assert choose_bandwidth(env) == pytest.approx(10.0 * scale)
        field = compute_place_field(env, spikes, times, positions * scale, method=method)
        batch = compute_place_fields(env, [spikes], times, positions * scale, method=method)
        np.testing.assert_allclose(batch[0, 0], field, rtol=1e-9, atol=1e-12)
        [found] = detect_fields(env, field, fraction=0.5)
        assert found.size / scale**2 == pytest.approx(25 * found.bins.size)
        fields.append(field)
    # Edges are rounded to tidy numbers: of 29,800 samples a few lie in the next bin.
    np.testing.assert_allclose(fields[1], fields[0], rtol=1e-3, atol=1e-3)
    assert np.nanmax(fields[1]) > 5 * np.nanmean(fields[1])


@of_unit
def test_running_is_told_apart_in_any_unit(unit: float) -> None:
    times = np.arange(0, 200, 0.02)
    track = 1 + 98 * np.abs(times / 20 % 2 - 1)
    spikes = times[(np.abs(track - 60) < 8) & (times % 40 > 20)][::5]
    maps = [
        compute_directional_fields(
            Environment.from_grid_edges([np.arange(0, 101, 4.0) * scale]),
            [spikes],
            times,
            track * scale,
        )
        for scale in (1.0, unit)
    ]
    np.testing.assert_allclose(maps[1], maps[0], rtol=1e-6, atol=1e-9)


def test_simulated_fields_are_as_wide_as_suits_the_box() -> None:
    times, positions = open_field()
    assert simulate_place_cells(times, positions, n_cells=1).field_width == 10.0
    in_metres = simulate_place_cells(times, positions / 100, n_cells=1)
    assert in_metres.field_width == 0.1
    assert 100 < in_metres.spike_times[0].size < 3000
    with pytest.raises(ValueError, match="field_width is None"):
        simulate_place_cells([0, 1], [[0, 0], [0, 0]])
    with pytest.raises(ValueError, match="All 2 positions are NaN"):
        simulate_place_cells([0, 1], [[0, np.nan]] * 2)
