"""Place fields in sliding windows, with the behaviour over them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from neurospatial.backends import animate_fields, choose_backend
from neurospatial.environment import Environment
from neurospatial.errors import explain
from neurospatial.fields import sliding_windows
from neurospatial.nwb.read.units import SpikeTrains, normalize_unit_ids
from neurospatial.nwb.session.contents import Contents
from neurospatial.nwb.session.outline_overlay import ArenaOverlay
from neurospatial.nwb.session.overlays import make_overlays
from neurospatial.nwb.session.place_fields import compute_session_fields, cut_environment
from neurospatial.output import check_writable

if TYPE_CHECKING:
    from neurospatial.scene import Overlay

_STEPS = 120
"""Windows that begin within the width of one: a field then changes smoothly."""
_RARE = 99.5
"""Of the rates: a bin crossed once in a window, during a burst, would set the range for all."""


@dataclass(frozen=True, kw_only=True)
class AnimationOptions:
    """How a session is shown; described at `Session.animate`.

    Parameters
    ----------
    window, step, speed, fps, trail : float
    epoch : object
    bandwidth, min_speed, min_occupancy_seconds : float
    """

    window: float
    step: float | None
    epoch: object
    bandwidth: float | None
    min_speed: float | None
    min_occupancy_seconds: float
    speed: float | None
    fps: float
    trail: float

    @property
    def between_windows(self) -> float:
        """From one window to the next [s]."""
        return self.window / _STEPS if self.step is None else self.step

    @property
    def between_frames(self) -> float:
        """From one frame to the next, on the clock of the recording [s]."""
        return self.between_windows if self.speed is None else self.speed / self.fps


def animate_session(
    contents: Contents,
    unit: object,
    space: Environment | float | Sequence[float] | None,
    options: AnimationOptions,
    overlays: "Iterable[Overlay] | None",
    keywords: Mapping[str, object],
) -> object:
    """Animate a session; the parameters are those of `Session.animate`."""
    _check_output(keywords)
    ids, _ = normalize_unit_ids(unit)
    for one in ids:
        contents.read_spike_times(one)
    env = _resolve_environment(contents, space, options.epoch)
    times, _ = contents.select_samples(options.epoch)
    windows = sliding_windows(times[0], times[-1], options.window, options.between_windows)
    if overlays is None:
        trail = max(1, round(options.trail / options.between_frames))
        lone = ids[0] if len(ids) == 1 else None
        overlays = [ArenaOverlay(), *make_overlays(contents, lone, trail, options.trail, None)]
    fields = compute_session_fields(
        contents,
        ids,
        env,
        epoch=options.epoch,
        windows=windows,
        bandwidth=options.bandwidth,
        min_speed=options.min_speed,
        min_occupancy_seconds=options.min_occupancy_seconds,
        progress=cast("bool", keywords["progress"]),
    )
    given: dict[str, Any] = {
        "colorbar_label": "rate [Hz]",
        "title": _format_title(contents, ids, options),
        "vmin": 0.0,
        "vmax": _compute_vmax(fields),
        "scale_bar": bool(env.units) and env.n_dims == 2,
        **keywords,
    }
    shown = (
        fields[0] if len(ids) == 1 else dict(zip(_name_units(contents, ids), fields, strict=True))
    )
    return animate_fields(
        env,
        shown,
        overlays=overlays,
        frame_times=windows.mean(axis=1),
        speed=options.speed,
        fps=options.fps,
        **given,
    )


def _check_output(keywords: Mapping[str, object]) -> None:
    """Raise before any work where there is nothing to show it with, or nowhere to put it."""
    target = keywords["save_path"]
    if target is not None:
        path = Path(cast("str", target))
        choose_backend(str(keywords.get("backend", "auto")), path, n_frames=1)
        check_writable(path)


def _resolve_environment(
    contents: Contents, space: Environment | float | Sequence[float] | None, epoch: object
) -> Environment:
    if isinstance(space, Environment):
        return space
    if space is None:
        spans = " × ".join(f"{span:.3g}" for span in contents.tracked.spans)
        raise ValueError(
            explain(
                "Neither bin_size nor env is given.",
                f"A field has a value for each bin; the positions span {spans} "
                f"{contents.tracked.units}".rstrip()
                + ".",
                [
                    f"Pass bin_size={max(contents.tracked.spans) / 40:.1g}, "
                    "in the unit of the positions.",
                    "Pass an environment: env=session.environment(bin_size=...)",
                ],
            )
        )
    return cut_environment(contents, space, epoch=epoch)


def _name_units(contents: Contents, ids: Sequence[object]) -> list[str]:
    places = [
        contents.units.place(one) if isinstance(contents.units, SpikeTrains) else "" for one in ids
    ]
    return [
        f"unit {one}" + (f" ({place})" if place else "")
        for one, place in zip(ids, places, strict=True)
    ]


def _format_title(contents: Contents, ids: Sequence[object], options: AnimationOptions) -> str:
    own = _name_units(contents, ids)[0] if len(ids) == 1 else ""
    pace = "" if options.speed is None else f"{options.speed:g}× speed"
    parts = (contents.name, own, f"{options.window:g} s windows", pace)
    return ", ".join(part for part in parts if part)


def _compute_vmax(fields: NDArray[np.floating]) -> float | None:
    """Compute the top of the colour range [Hz]; None, to be found, where there is no rate."""
    finite = fields[np.isfinite(fields)]
    highest = float(np.percentile(finite, _RARE)) if finite.size else 0.0
    return highest if highest > 0 else None
