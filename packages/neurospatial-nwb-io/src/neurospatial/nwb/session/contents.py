"""What is read of a session when it is asked for."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.nwb.file.length_units import PIXELS, parse_unit
from neurospatial.nwb.file.open import OpenFile
from neurospatial.nwb.file.time_series import TimedSamples, as_series, read_unit
from neurospatial.nwb.file.tree import Container, Item, find_named, walk
from neurospatial.nwb.read.epochs import EpochLike, Epochs, as_spans, find_epochs, is_within
from neurospatial.nwb.read.head_direction import Directions, find_directions
from neurospatial.nwb.read.head_direction_check import warn_heading_sign
from neurospatial.nwb.read.pixels import PixelTransform
from neurospatial.nwb.read.pose import Pose, choose_poses, read_pose
from neurospatial.nwb.read.position import Positions, read_positions
from neurospatial.nwb.read.position_candidates import (
    Candidate,
    choose_position,
    find_position_candidates,
    join_positions,
)
from neurospatial.nwb.read.units import (
    UnitId,
    find_spike_trains,
    make_unknown_unit_error,
    to_spike_trains,
)
from neurospatial.nwb.read.video import SessionVideo, choose_video, read_video
from neurospatial.nwb.session.selection import Selection
from neurospatial.overlays.loaders.pixel_map import Calibration
from neurospatial.regions import Regions


class Contents:
    """The data of an open file, each chosen once and read when it is asked for.

    Positions, directions and intervals are kept once they are read; the spikes
    of a unit and pictures are read each time they are needed.

    Parameters
    ----------
    file : OpenFile
    selection : Selection
        What the caller chose where the file leaves a choice.
    """

    def __init__(self, file: OpenFile, selection: Selection) -> None:
        self.file = file
        self._selection = selection

    def choose_named(self) -> None:
        """Choose what was selected by name: a name of nothing in the file raises at once.

        Raises
        ------
        ValueError
            If there is nothing of a name.
        """
        selection = self._selection
        if isinstance(selection.position, str):
            self._position_source  # noqa: B018 - it is kept
        if isinstance(selection.head_direction, str):
            series = [item for item in self.items if item.is_a("TimeSeries", "CompassDirection")]
            find_named(series, selection.head_direction, "head direction", "head_direction")
        if self.is_pose_named:
            self._pose_items  # noqa: B018
        if isinstance(selection.video, str):
            self._video_item  # noqa: B018

    @property
    def root(self) -> Container:
        """The NWBFile itself."""
        return self.file.root

    @property
    def path(self) -> Path | None:
        """Where the file lies; None where that is not known."""
        return self.file.path

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
    def position_candidates(self) -> list[Candidate]:
        """What may be positions, of which one is chosen."""
        return find_position_candidates(self.items)

    @cached_property
    def _position_source(self) -> Candidate | TimedSamples:
        wanted = self._selection.position
        if wanted is None or isinstance(wanted, str):
            return choose_position(self.items, self.position_candidates, wanted)
        return wanted if isinstance(wanted, TimedSamples) else join_positions(self.items, wanted)

    @property
    def is_pose_named(self) -> bool:
        """Whether poses were asked for by name: what is wrong with them then raises."""
        return not isinstance(self._selection.pose, bool | None)

    @property
    def is_direction_named(self) -> bool:
        """Whether head directions were asked for."""
        return self._selection.head_direction is not None

    @property
    def min_confidence(self) -> float:
        """Keypoints that are less sure count as lost."""
        return self._selection.min_confidence

    @cached_property
    def _pose_items(self) -> list[Item]:
        return choose_poses(self.items, self._selection.pose)

    @cached_property
    def _video_item(self) -> Item | None:
        return choose_video(self.items, self._selection.video)

    @cached_property
    def _pixels(self) -> PixelTransform | None:
        """What takes pixels to the environment: as passed, or as kept in the file."""
        from neurospatial.nwb.results.calibration import find_calibration

        selection = self._selection
        if selection.calibration is False:
            return None
        if selection.calibration is not None:
            units = parse_unit(selection.convert_to or "") or ""
            return PixelTransform(selection.calibration, units)
        found = find_calibration(self.root)
        return None if found is None else PixelTransform(*found)

    @property
    def calibration(self) -> Calibration | None:
        """Takes pixels of the camera to the environment; None where nothing does."""
        return None if self._pixels is None else self._pixels.calibration

    @cached_property
    def _recorded(self) -> Positions:
        """The positions in the unit that they were recorded in."""
        selection = self._selection
        return read_positions(
            self._position_source,
            plane=selection.plane,
            units=selection.units,
            lost=selection.lost,
            min_confidence=selection.min_confidence,
            camera=selection.camera,
        )

    @property
    def _is_calibrated(self) -> bool:
        """Whether positions are in pixels of which it is known where they lie."""
        recorded = self._recorded
        return recorded.axes == "xy" and self._is_to_calibrate(recorded.units, recorded.y_down)

    def _is_to_calibrate(self, units: str, y_down: bool) -> bool:
        # A calibration that is passed is meant, whatever the file says of its corner.
        wanted = y_down or self._selection.calibration is not None
        return units == PIXELS and wanted and self._pixels is not None

    @cached_property
    def tracked(self) -> Positions:
        """The positions with their times, axes and unit."""
        found, wanted = self._recorded, self._selection.convert_to
        if self._is_calibrated and self._pixels is not None:
            found = self._pixels.to_positions(found)
        elif self._selection.calibration and not self._has_pixel_pose:
            raise _make_nothing_in_pixels_error(found)
        if wanted is None or (self._is_calibrated and found.units == parse_unit(wanted)):
            return found
        return found.converted(wanted)

    @property
    def _has_pixel_pose(self) -> bool:
        series = [item for item in self.items if item.is_a("PoseEstimationSeries")]
        return any(parse_unit(read_unit(as_series(item))) == PIXELS for item in series)

    @cached_property
    def head_direction(self) -> Directions | None:
        """Which way the head pointed; None where the file has none."""
        selection = self._selection
        found = find_directions(
            self.items,
            selection.head_direction,
            self._recorded,
            selection.clockwise,
            selection.angle_origin,
            selection.camera,
        )
        if found is None:
            return None
        # As recorded: what the warning says to pass is meant there.
        warn_heading_sign(self._recorded, found)
        if self._is_calibrated and self._pixels is not None:
            return self._pixels.to_directions(found, self._recorded)
        return found

    @cached_property
    def poses(self) -> list[Pose]:
        """Keypoints of each animal, in the unit of the positions where theirs is known."""
        return [self._read_pose(item) for item in self._pose_items]

    def _read_pose(self, item: Item) -> Pose:
        selection = self._selection
        found = read_pose(item, selection.plane, selection.camera, selection.lost)
        if self._is_to_calibrate(found.units, found.y_down) and self._pixels is not None:
            found = found.calibrated(self._pixels)
        return found if selection.convert_to is None else found.converted(self.tracked.units)

    @property
    def pose(self) -> Pose | None:
        """The keypoints of the one animal; None without any."""
        if len(self.poses) < 2:
            return self.poses[0] if self.poses else None
        raise ValueError(
            explain(
                f"There are {len(self.poses)} poses: {', '.join(x.path for x in self.poses)}.",
                "Each is of an animal of its own.",
                ["Take them all: session.poses", "Choose one: pose=... where the session is read"],
            )
        )

    @cached_property
    def units(self) -> Mapping[UnitId, NDArray[np.float64]]:
        """Spike times [s] by the unit's id; empty where the file has none."""
        wanted = self._selection.spikes
        if wanted is None or isinstance(wanted, str):
            return find_spike_trains(self.items, wanted)
        return to_spike_trains(wanted, self.root)

    @cached_property
    def epochs(self) -> Mapping[str, Epochs]:
        """Intervals by the name of their table, such as "epochs" and "trials"."""
        return find_epochs(self.items)

    @cached_property
    def video(self) -> SessionVideo | None:
        """The films of the camera; None where the file names none."""
        folder = None if self.path is None else self.path.parent
        return None if self._video_item is None else read_video(self._video_item, folder)

    @cached_property
    def regions(self) -> Regions:
        """Named places of the environments kept in the file; none where it keeps none."""
        from neurospatial.nwb.results.regions import find_regions

        return find_regions(self.root, self.tracked.units)

    def to_spans(self, epoch: EpochLike) -> NDArray[np.float64]:
        """Resolve an epoch to its intervals, shape (n_intervals, 2) [s]; see `as_spans`."""
        return as_spans(epoch, self.epochs, self.root)

    def select_samples(
        self, epoch: EpochLike | None = None
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Select times and positions of an epoch; see `Session.samples`."""
        times, places = self.tracked.times, self.tracked.places
        if epoch is None:
            return times, places
        spans = self.to_spans(epoch)
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

    def read_spike_times(self, unit: UnitId) -> NDArray[np.float64]:
        """Read when a unit fired [s]; see `Session.spike_times`."""
        if unit not in self.units:
            raise make_unknown_unit_error(unit, list(self.units))
        return self.units[unit]


def _make_nothing_in_pixels_error(found: Positions) -> ValueError:
    return ValueError(
        explain(
            f"calibration is passed, and {found.path} is in {found.units or 'an unknown unit'}.",
            "A calibration takes the pixels of a camera, rows downward, to the environment; no "
            "position and no pose here is in them.",
            ["Say that they are pixels, if they are: units='px'", "Leave calibration out."],
        )
    )
