"""What is assigned here to the protocol `Source` is compared with it by mypy, strictly."""

import numpy as np

from neurospatial import scene
from neurospatial.overlays import VideoReader
from neurospatial.scene import ArraySource, SelectedSource, SequenceSource, Source
from neurospatial.scene.compile.fields.xarray_input import CellSource
from neurospatial.testing import CountingSource

FROM_OTHERS: tuple[type[Source], ...] = (VideoReader,)

EXPORTED: tuple[type[Source], ...] = (ArraySource, SelectedSource, SequenceSource)

VALUES = np.arange(6.0).reshape(3, 2)

SOURCES: tuple[Source, ...] = (
    ArraySource(VALUES),
    SequenceSource(list(VALUES)),
    SelectedSource(ArraySource(VALUES), np.arange(3)),
    CellSource(ArraySource(VALUES), np.arange(2)),
    CountingSource(VALUES),
)


def test_the_assigned_ones_are_all_that_are_exported() -> None:
    exported = {name for name in scene.__all__ if name.endswith("Source")}
    assert exported - {"Source"} == {kind.__name__ for kind in EXPORTED}


def test_they_have_every_member_and_read_the_same() -> None:
    for source in SOURCES:
        assert isinstance(source, Source)
        assert (source.shape, source.dtype) == ((3, 2), np.dtype(np.float64))
        np.testing.assert_array_equal(source.read(1, 3), VALUES[1:])
