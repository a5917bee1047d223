"""What is read of a session when it is asked for."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.nwb.file.open import OpenFile
from neurospatial.nwb.file.tree import Container, Item, walk
from neurospatial.nwb.read.epochs import Epochs, as_spans, find_epochs, is_within
from neurospatial.nwb.read.head_direction import Directions, find_directions
from neurospatial.nwb.read.head_direction_check import warn_heading_sign
from neurospatial.nwb.read.pose import Pose, find_pose
from neurospatial.nwb.read.position import Positions, find_positions
from neurospatial.nwb.read.units import find_spike_trains, make_unknown_unit_error, to_spike_trains
from neurospatial.nwb.read.video import SessionVideo, find_video
from neurospatial.nwb.session.selection import Selection
from neurospatial.regions import Regions


class Contents:
    """The data of a session.

    Positions, directions and intervals are kept once they are read; the spikes
    of a unit and pictures are read each time they are needed.

    Parameters
    ----------
    file : OpenFile
    selection : Selection
        What the caller chose where the file leaves a choice.
    """

    def __init__(self, file: OpenFile, selection: Selection) -> None:
        self._file = file
        self._selection = selection

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file, unless the caller opened it; what was read stays."""
        self._file.close()

    @property
    def root(self) -> Container:
        """The NWBFile itself."""
        return self._file.root

    @property
    def path(self) -> Path | None:
        """Where the file lies; None where that is not known."""
        return self._file.path

    @property
    def name(self) -> str:
        """What the file is called."""
        path = self.path
        return path.stem if path is not None else str(getattr(self.root, "identifier", ""))

    @cached_property
    def items(self) -> list[Item]:
        """What the file holds, and where."""
        return walk(self.root)

    @cached_property
    def tracked(self) -> Positions:
        """The positions with their times, axes and unit."""
        selection = self._selection
        found = find_positions(self.items, selection.position, selection.plane, selection.units)
        return found if selection.convert_to is None else found.converted(selection.convert_to)

    @property
    def times(self) -> NDArray[np.float64]:
        """When positions were sampled [s], shape (n_samples,)."""
        return self.tracked.times

    @property
    def positions(self) -> NDArray[np.float64]:
        """Where the animal was, shape (n_samples, n_dims); NaN where lost."""
        return self.tracked.places

    @property
    def position_units(self) -> str:
        """Unit of the positions; empty where nothing says."""
        return self.tracked.units

    @cached_property
    def head_direction(self) -> Directions | None:
        """Which way the head pointed; None where the file has none."""
        selection = self._selection
        found = find_directions(
            self.items,
            selection.head_direction,
            self.tracked,
            selection.clockwise,
            selection.angle_origin,
        )
        if found is not None:
            warn_heading_sign(self.tracked, found)
        return found

    @cached_property
    def pose(self) -> Pose | None:
        """Keypoints, in the unit of the positions where theirs is known; None without any."""
        found = find_pose(self.items, self._selection.pose, self._selection.plane)
        if found is None or self._selection.convert_to is None:
            return found
        return found.converted(self.position_units)

    @cached_property
    def units(self) -> Mapping[object, NDArray[np.float64]]:
        """Spike times [s] by the unit's id; empty where the file has none."""
        wanted = self._selection.spikes
        if wanted is None or isinstance(wanted, str):
            return find_spike_trains(self.items, wanted)
        return to_spike_trains(wanted)

    @cached_property
    def epochs(self) -> Mapping[str, Epochs]:
        """Intervals by the name of their table, such as "epochs" and "trials"."""
        return find_epochs(self.items)

    @cached_property
    def video(self) -> SessionVideo | None:
        """The films of the camera; None where the file names none."""
        folder = None if self.path is None else self.path.parent
        return find_video(self.items, self._selection.video, folder)

    @cached_property
    def regions(self) -> Regions:
        """Named places of the environments kept in the file; none where it keeps none."""
        from neurospatial.nwb.results.regions import find_regions

        return find_regions(self.root, self.position_units)

    def samples(self, epoch: object = None) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Select times and positions of an epoch; between its intervals the animal counts as lost.

        Raises
        ------
        ValueError
            If there is no such epoch, or the animal was not tracked in it.
        """
        times, places = self.times, self.positions
        if epoch is None:
            return times, places
        spans = as_spans(epoch, self.epochs)
        inside = is_within(times, spans)
        if not inside.any():
            raise ValueError(
                explain(
                    f"The epoch runs from {spans.min():g} s to {spans.max():g} s, and positions "
                    f"from {times[0]:g} s to {times[-1]:g} s: none lies in it.",
                    "There is no field where the animal was not tracked.",
                    ["Pass another epoch.", "Leave epoch out for the whole session."],
                )
            )
        first, last = np.flatnonzero(inside)[[0, -1]]
        kept = slice(int(first), int(last) + 1)
        return times[kept], np.where(inside[kept, np.newaxis], places[kept], np.nan)

    def spike_times(self, unit: object) -> NDArray[np.float64]:
        """Read when a unit fired [s].

        Raises
        ------
        KeyError
            If there is no such unit, with those that there are.
        """
        if unit not in self.units:
            raise make_unknown_unit_error(unit, list(self.units))
        return self.units[unit]
