"""What `compute_place_fields` gives, as a type checker sees it and as it is."""

from typing import assert_type

import numpy as np
from numpy.typing import NDArray

from neurospatial import Environment, compute_place_field, compute_place_fields
from neurospatial.fields import FieldSeries, compute_directional_fields
from neurospatial.fields.place import PlaceFieldsKeywords

TIMES = np.arange(4.0)
TRACK = Environment.from_mask([True, True], [[0, 2, 4]])
PLACES = [[1.0], [1.5], [2.5], [1.5]]
SPIKES = {7: [0.1, 1.6]}
PLAIN: PlaceFieldsKeywords = {"method": "binned", "progress": False, "max_gap": None}


def test_the_type_is_that_of_the_arguments() -> None:
    field = compute_place_field(TRACK, SPIKES[7], TIMES, PLACES, method="binned")
    assert_type(field, NDArray[np.float64])
    fields = compute_place_fields(TRACK, SPIKES, TIMES, PLACES, **PLAIN)
    assert_type(fields, NDArray[np.float64])
    single = compute_place_fields(TRACK, SPIKES, TIMES, PLACES, dtype=np.float32, **PLAIN)
    assert_type(single, NDArray[np.float32])
    out: NDArray[np.float32] = np.empty((1, 1, 2), np.float32)
    filled = compute_place_fields(TRACK, SPIKES, TIMES, PLACES, out=out, **PLAIN)
    assert_type(filled, NDArray[np.float32])
    named = compute_place_fields(TRACK, SPIKES, TIMES, PLACES, dtype="f4", **PLAIN)
    assert_type(named, NDArray[np.floating])
    both = compute_directional_fields(
        TRACK, SPIKES, TIMES, PLACES, method="binned", progress=False
    )
    assert_type(both, NDArray[np.float64])
    series = compute_place_fields(TRACK, SPIKES, TIMES, PLACES, windows=[[0, 9]], **PLAIN)
    assert_type(series, FieldSeries[NDArray[np.float64]])
    assert_type(series.values, NDArray[np.float64])
    there, _ = compute_directional_fields(
        TRACK, SPIKES, TIMES, PLACES, windows=[[0, 9]], method="binned", progress=False
    )
    assert_type(there, FieldSeries[NDArray[np.float64]])
    assert [x.dtype for x in (fields, single, named, both)] == ["f8", "f4", "f4", "f8"]
    assert filled is out
