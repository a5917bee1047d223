"""The demonstration session, which the command and the napari sample share."""

import numpy as np
import pytest

from neurospatial.samples import demo_session, open_field


def test_the_fields_follow_the_simulated_cells() -> None:
    session = demo_session()
    for frame in (0, len(session.frame_times) - 1):
        best = np.argsort(np.nan_to_num(session.rates[0, frame]))[-10:]
        found = session.environment.bin_centers[best].mean(axis=0)
        centre = session.cells.centers_at(session.frame_times[frame])[0]
        assert np.linalg.norm(found - centre) < 12


def test_one_cell_is_one_panel_and_two_are_named() -> None:
    assert np.shape(demo_session().fields) == (840, 387)
    two = demo_session(2)
    assert isinstance(two.fields, dict)
    assert list(two.fields) == ["cell 1", "cell 2"]
    assert np.shares_memory(two.fields["cell 2"], two.rates)


def test_the_animal_is_where_it_was() -> None:
    session, path = demo_session(), open_field()
    nearest = np.abs(path.times[:, None] - session.frame_times[:50]).argmin(axis=0)
    assert np.linalg.norm(session.positions[:50] - path.positions[nearest], axis=1).max() < 2


def test_no_cell_is_refused() -> None:
    with pytest.raises(ValueError, match="n_cells is 0"):
        demo_session(0)
