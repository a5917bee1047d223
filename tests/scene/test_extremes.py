"""Values as large, as small and as close together as numbers get: drawn right, or refused."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurospatial import Environment
from neurospatial.scene import ColorScale, choose_origin, compile_scene, fits_float32

MOST = float(np.finfo(np.float32).max)


@pytest.fixture(scope="module")
def env():
    return Environment.from_mask(np.ones((3, 2), bool), [np.arange(4.0), np.arange(3.0)])


def expected_codes(values, vmin, vmax):
    """In numbers of unlimited size."""
    low, span = Fraction(float(vmin)), Fraction(float(vmax)) - Fraction(float(vmin))
    shares = [(Fraction(float(value)) - low) / span for value in values]
    return [min(254, max(0, int(255 * share))) for share in shares]


RANGES = {
    "float32 at its ends": (np.float32, -MOST, MOST),
    "float32 near its end": (np.float32, 0.9 * MOST, MOST),
    "float32 and wider limits": (np.float32, -1e40, 1e40),
    "float32, narrow and far": (np.float32, 1e6, 1e6 + 1),
    "float32, tiny": (np.float32, 0.0, 1e-37),
    "float64, large": (np.float64, -1e300, 1e300),
    "float64, tiny": (np.float64, 0.0, 1e-299),
    "float64, narrow and far": (np.float64, 1e12, 1e12 + 1),
    "int64": (np.int64, -(2**62), 2**62),
    "uint64": (np.uint64, 0, 2**64 - 2**12),
}


@pytest.mark.parametrize("kind", RANGES)
def test_codes_are_those_of_exact_numbers(env, kind):
    dtype, low, high = RANGES[kind]
    values = low + (float(high) - float(low)) * np.linspace(0.02, 0.98, 6)
    values = (np.clip(values, -MOST, MOST) if dtype == np.float32 else values).astype(dtype)
    (field,) = compile_scene(env, [values], vmin=low, vmax=high).panels[0].fields
    found = field.color.quantise(values)
    off = np.abs(found.astype(int) - expected_codes(values, field.color.vmin, field.color.vmax))
    assert off.max() <= 1
    assert np.count_nonzero(off) <= 1


@given(st.floats(-1e30, 1e30), st.floats(1e-20, 1e30), st.floats(0, 1))
def test_float32_is_used_where_it_is_as_good(low, span, share):
    vmin, vmax = low, low + span
    if not vmax - vmin > 1e-12 * max(abs(vmin), abs(vmax)):
        return
    value = np.float32(vmin + share * (vmax - vmin))
    scale = ColorScale.from_cmap("gray", vmin, vmax)
    exact = scale.quantise(np.float64(value)).item()
    assert abs(scale.quantise(np.array([value])).item() - exact) <= 1
    if fits_float32(vmin, vmax):
        assert abs(vmin) < 1e37


REFUSED = {
    "beyond what can be subtracted": [1.7e308 * np.linspace(-1, 1, 6)],
    "too small to divide by": [np.linspace(0, 1e-307, 6)],
    "too close together": [1e15 + np.arange(6.0)],
    "int64 too close together": [2**63 - 7 + np.arange(6, dtype=np.uint64)],
    "int64 alike as floats": [np.array([2**62 + i for i in range(6)])],
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_numbers_do_not_tell_apart_is_refused(env, kind):
    with pytest.raises(ValueError, match=r"(?s)The colour range is .*WHY.*HOW"):
        compile_scene(env, REFUSED[kind])


@given(st.floats(-1e8, 1e8), st.floats(-1e8, 1e8), st.floats(1e-3, 1e5), st.floats(0, 1))
def test_float32_from_the_origin_moves_no_place(x, y, extent, share):
    bounds = x, y, x + extent, y + extent
    origin = np.array(choose_origin(bounds))
    place = np.array([x, y]) + share * extent
    found = (place - origin).astype(np.float32).astype(np.float64) + origin
    assert np.abs(found - place).max() <= extent / 8192 / 20 + 1e-7


def test_marks_of_a_map_keep_their_places():
    corner = np.array([500_012.5, 5_000_040.0])
    env = Environment.from_mask(
        np.ones((4, 4), bool), [corner[0] + np.arange(5.0), corner[1] + np.arange(5.0)], units="m"
    )
    path = corner + np.linspace(0.5, 3.5, 6)[:, None]
    env.regions.add("nest", point=corner + 1.3)
    scene = compile_scene(
        env, np.zeros((6, 16)), vmin=0, vmax=1, overlay_trajectory=path, show_regions=True
    )
    layers = {layer.name: layer for layer in scene.panels[0].layers}
    np.testing.assert_array_equal(layers["Trajectory"].xy[:, 0], path)
    np.testing.assert_array_equal(layers["Region nest"].xy[0, 0], corner + 1.3)
