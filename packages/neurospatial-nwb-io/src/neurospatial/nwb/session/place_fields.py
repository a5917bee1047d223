"""The environment and the place fields of a session."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from neurospatial.environment import Environment
from neurospatial.environment.discretize.choose_layout import LayoutName
from neurospatial.environment.smoothing_kernels import Method
from neurospatial.fields import FieldSeries, compute_place_fields
from neurospatial.nwb.read.epochs import EpochLike
from neurospatial.nwb.read.units import UnitIds, normalize_unit_ids
from neurospatial.nwb.session.bin_size_check import check_bin_size
from neurospatial.nwb.session.contents import Contents
from neurospatial.progress import Progress
from neurospatial.validate.sampling import MaxGap


def cut_environment(
    contents: Contents,
    bin_size: float | Sequence[float],
    *,
    epoch: EpochLike | None = None,
    layout: LayoutName = "grid",
    bin_count_threshold: int = 0,
    dilate: bool = False,
    fill_holes: bool = False,
    close_gaps: bool = False,
) -> Environment:
    """Cut the space that the animal visited; the parameters are those of `Session.environment`."""
    tracked = contents.tracked
    check_bin_size(tracked, bin_size)
    _, places = contents.select_samples(epoch)
    env = Environment.from_samples(
        places,
        bin_size,
        layout=layout,
        units=tracked.units or None,
        name=contents.name,
        axis_names=tuple(tracked.axes) if len(tracked.axes) > 1 else None,
        y_down=tracked.y_down,
        bin_count_threshold=bin_count_threshold,
        dilate=dilate,
        fill_holes=fill_holes,
        close_gaps=close_gaps,
    )
    return Environment(
        env.layout,
        units=env.units,
        name=env.name,
        regions=contents.regions,
        axis_names=env.axis_names,
        y_down=env.y_down,
    )


def compute_session_fields(
    contents: Contents,
    unit: UnitIds,
    env: Environment,
    *,
    epoch: EpochLike | None = None,
    windows: EpochLike | None = None,
    method: Method = "diffusion_kde",
    bandwidth: float | None = None,
    min_occupancy_seconds: float = 0.0,
    min_speed: float | None = None,
    max_gap: MaxGap = "auto",
    progress: Progress = False,
) -> NDArray[np.floating] | FieldSeries[NDArray[np.floating]]:
    """Compute the rates of units [Hz]; the parameters are those of `Session.place_fields`."""
    ids, several = normalize_unit_ids(unit)
    times, places = contents.select_samples(epoch)
    trains = {f"unit {one}": contents.read_spike_times(one) for one in ids}
    computed = compute_place_fields(
        env,
        trains,
        times,
        places,
        windows=None if windows is None else contents.to_spans(windows),
        method=method,
        bandwidth=2 * min(env.bin_size) if bandwidth is None else bandwidth,
        min_occupancy_seconds=min_occupancy_seconds,
        min_speed=min_speed,
        max_gap=max_gap,
        dtype=np.float32,
        progress=progress,
    )
    fields = computed if isinstance(computed, FieldSeries) else computed[:, 0]
    return fields if several else fields[0]
