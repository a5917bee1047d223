"""What is read of an NWB file, all of it: for damaged ones."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from pynwb import NWBFile

from neurospatial.errors import is_explained
from neurospatial.nwb import (
    read_calibration,
    read_environment,
    read_fields,
    read_rate_maps,
    read_session,
)
from neurospatial.nwb.file.open import open_nwb
from neurospatial.nwb.session.report import describe


def read_whole_session(nwbfile: NWBFile) -> None:
    with read_session(nwbfile) as session:
        session.positions  # noqa: B018 - it is read
        session.head_direction  # noqa: B018
        session.poses  # noqa: B018
        session.epochs  # noqa: B018
        session.video  # noqa: B018
        session.regions  # noqa: B018
        for unit in session.units:
            session.spike_times(unit)
        session.overlays(unit=next(iter(session.units), None))


def read_all_fields(nwbfile: NWBFile) -> None:
    fields = read_fields(nwbfile)
    np.asarray(fields[0:3])
    np.asarray(fields)


READERS: tuple[Callable[[NWBFile], object], ...] = (
    read_whole_session,
    describe,
    read_all_fields,
    read_environment,
    read_rate_maps,
    read_calibration,
)


def read_all(path: Path) -> None:
    """Read with each reader; raise what the first of them raised that is not ours."""
    with open_nwb(path) as file:
        for read in READERS:
            try:
                read(file.root)
            except Exception as error:
                if not is_explained(error):
                    raise
