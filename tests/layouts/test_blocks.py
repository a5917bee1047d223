"""More points than a block holds are located like few."""

import numpy as np
import pytest

from neurospatial.layouts.blocks import iter_blocks
from neurospatial.testing import LAYOUTS


@pytest.mark.parametrize("name", LAYOUTS)
def test_bins_are_the_same_in_every_block(name: str) -> None:
    layout = LAYOUTS[name]()
    outside = np.full((1, layout.bin_centers.shape[1]), np.nan)
    few = np.concatenate([layout.bin_centers, outside])
    times = 40_000 // len(few)
    assert len(list(iter_blocks(times * len(few)))) == 3
    bins = layout.locate(np.tile(few, (times, 1)))
    assert np.array_equal(bins, np.tile([*range(layout.n_bins), -1], times))
