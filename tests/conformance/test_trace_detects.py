"""The suite fails where a backend draws signals wrong: each mistake is made on purpose here."""

from dataclasses import replace

import numpy as np
import pytest

from neurospatial.testing import LAYOUTS
from neurospatial.testing.cases import CASES
from neurospatial.testing.fixture import Fixture
from tests.conformance.test_video import Painter, VideoTests


class Wrong(Painter):
    """The video backend given other traces than it should draw."""

    def __init__(self, mistake):
        self.mistake = mistake

    def present(self, scene, options):
        strips = tuple(self.mistake(trace) for trace in scene.strips)
        return super().present(replace(scene, strips=strips), options)


def gaps_closed(trace):
    valid = np.isfinite(trace.values)
    return replace(trace, times=trace.times[valid], values=trace.values[valid])


MISTAKES = {
    "upside down": (lambda x: replace(x, values=-x.values), "signal_passes_through_its_values"),
    "late": (lambda x: replace(x, times=x.times + 0.1), "signal_passes_through_its_values"),
    "stretched": (lambda x: replace(x, window=3.0), "signal_passes_through_its_values"),
    "gaps closed": (gaps_closed, "signal_leaves_gaps_open"),
    "picked from": (
        lambda x: replace(x, times=x.times[::10], values=x.values[::10]),
        "dense_signal_shows_its_extent",
    ),
    "of one level": (lambda x: replace(x, values=0 * x.values), "signals_have_a_strip_each"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake_is_found(mistake, tmp_path):
    make, name = MISTAKES[mistake]
    (case,) = (case for case in CASES if case.name == name)
    suite = VideoTests()
    suite.backend = Wrong(make)
    with pytest.raises(AssertionError):
        case.run(Fixture(suite, tmp_path), LAYOUTS["regular"]())
