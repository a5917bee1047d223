"""The smallest environments there are, and the widest smoothing."""

import numpy as np
import pytest

from neurospatial import Environment

ONE_BIN = {
    "grid": Environment.from_mask([[True]], [[0.0, 2.0], [0.0, 2.0]]),
    "axis": Environment.from_mask([True], [[0.0, 2.0]]),
    "track": Environment.from_graph({0: (0, 0), 1: (1, 0)}, [(0, 1)], 0.0, 5.0),
}


@pytest.mark.parametrize("name", ONE_BIN)
def test_one_bin_is_drawn_and_smoothed(name: str) -> None:
    env = ONE_BIN[name]
    axes = env.plot_field([3.0])
    axes.figure.canvas.draw()
    page = env.animate_fields(np.ones((1, 1)), backend="html", progress=False)
    assert "<iframe" in page._repr_html_()
    for method in ("diffusion_kde", "gaussian_kde"):
        np.testing.assert_allclose(env.smooth([3.0], 2.0, method), 3.0)
    assert env.neighbors(0).size == 0


@pytest.mark.parametrize("method", ["diffusion_kde", "gaussian_kde"])
@pytest.mark.parametrize("name", ONE_BIN)
def test_a_bandwidth_beyond_all_bounds_is_refused(name: str, method: str) -> None:
    with pytest.raises(ValueError, match=r"(?s)bandwidth is 1e\+09.*another unit.*HOW"):
        ONE_BIN[name].smooth([3.0], 1e9, method)
