"""What `decode_positions` gives, as a type checker sees it and as it is."""

from typing import assert_type

import numpy as np
from numpy.typing import NDArray

from neurospatial import Decoded, Environment, compute_place_fields, decode_positions
from neurospatial.fields import FieldSeries
from neurospatial.scene import Overlay, compile_scene

TIMES = np.arange(4.0)
LINE = Environment.from_mask([True, True], [[0, 2, 4]])
PLACES = [[1.0], [1.5], [2.5], [1.5]]
SPIKES = {7: [0.1, 1.6], 8: [2.1, 2.3]}


def test_the_result_is_a_series_and_goes_where_fields_go() -> None:
    series = compute_place_fields(LINE, SPIKES, TIMES, PLACES, windows=[[0, 4]], progress=False)
    bins = (0.0, 3.0, 1.0)
    decoded = decode_positions(LINE, series, SPIKES, time_bins=bins, progress=False)
    assert_type(decoded, Decoded)
    same: FieldSeries[NDArray[np.floating]] = decoded
    assert_type(decoded.map_position, NDArray[np.float64])
    assert_type(decoded.overlays(), tuple[Overlay, ...])
    scene = compile_scene(LINE, same, overlays=decoded.overlays())
    assert scene.timeline.n_frames == 3
    by_row = decode_positions(LINE, [[1, 2], [2, 1]], list(SPIKES.values()), time_bins=TIMES)
    assert by_row.posterior.shape == (3, 2)
