"""The optional powers of layouts: who has which."""

import numpy as np
import pytest

from neurospatial.layouts import (
    Layout,
    get_track,
    is_gridded,
    is_linear,
    is_periodic,
    is_ribbon,
    supports_coarsen,
    supports_subset,
)
from tests.contracts import layouts as contracts
from tests.contracts.layouts import LAYOUTS

POWERS = [
    (is_gridded, contracts.GRIDDED),
    (is_linear, contracts.TRACKS),
    (is_periodic, contracts.PERIODIC),
    (is_ribbon, contracts.RIBBONS),
    (supports_coarsen, contracts.COARSENED),
    (supports_subset, contracts.SUBSETS),
]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: type(layout).__name__)
def test_a_layout_has_the_powers_that_its_types_say(layout: Layout) -> None:
    for has_power, those in POWERS:
        assert has_power(layout) == any(layout is one for one in those), has_power.__name__


def test_asking_computes_nothing() -> None:
    class Costly:
        @property
        def edges(self) -> None:
            raise AssertionError("computed")

        active = grid_shape = edges

    assert is_gridded(Costly())


def test_what_another_object_answers_for_it_is_no_power_of_a_layout() -> None:
    class Wrapped:
        def __getattr__(self, name: str) -> object:
            return getattr(contracts.grid, name)

    assert not is_gridded(Wrapped())
    assert not supports_subset(Wrapped())


@pytest.mark.parametrize("layout", contracts.SUBSETS, ids=lambda layout: type(layout).__name__)
def test_a_subset_is_of_the_same_kind_and_keeps_centres(layout: Layout) -> None:
    kept = np.array([0, layout.n_bins - 1])
    part = layout.subset(kept)
    assert type(part) is type(layout)
    np.testing.assert_array_equal(part.bin_centers, layout.bin_centers[kept])


@pytest.mark.parametrize("layout", contracts.COARSENED, ids=lambda layout: type(layout).__name__)
def test_larger_bins_hold_every_old_centre(layout: Layout) -> None:
    coarse = layout.coarsen(2)
    assert type(coarse) is type(layout)
    assert coarse.n_bins < layout.n_bins or layout is contracts.mesh
    assert (coarse.locate(layout.bin_centers) >= 0).all()


def test_the_track_of_a_track_and_of_its_ribbon() -> None:
    assert get_track(contracts.track) is contracts.track
    assert get_track(contracts.ring_ribbon) is contracts.ring
    assert get_track(contracts.grid) is None
