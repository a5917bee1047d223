"""Events that fade, worked through in blocks."""

import numpy as np
import pytest

from neurospatial.overlays import decay
from neurospatial.overlays.decay import Decay


@pytest.mark.parametrize("n_frames", [1, 2, 31])
@pytest.mark.parametrize("frames_at_once", [1, 2, 3, 30, 31, 32])
def test_marks_are_the_same_wherever_blocks_end(
    monkeypatch: pytest.MonkeyPatch, n_frames: int, frames_at_once: int
) -> None:
    first_frame = np.sort(np.random.default_rng(3).integers(0, n_frames, 40))
    given = Decay(np.arange(n_frames) * 0.5 + 900, first_frame, 2.1)
    n_marks = 7
    event, strength = given.compute_marks(n_marks)
    monkeypatch.setattr(decay, "_BLOCK", frames_at_once * n_marks)
    again, as_strong = given.compute_marks(n_marks)
    np.testing.assert_array_equal(event, again)
    np.testing.assert_array_equal(strength, as_strong)
    # By hand: which events each frame shows, and how strongly.
    for frame, time in enumerate(given.frame_times):
        age = time - given.frame_times[first_frame]
        visible = np.flatnonzero((first_frame <= frame) & (age < 2.1))[-n_marks:]
        assert set(event[frame][event[frame] >= 0]) == set(visible)
        shown = event[frame] >= 0
        expected = 1 - age[event[frame][shown]] / 2.1
        np.testing.assert_allclose(strength[frame][shown], expected, atol=1e-6)
        assert (strength[frame][~shown] == 0).all()
