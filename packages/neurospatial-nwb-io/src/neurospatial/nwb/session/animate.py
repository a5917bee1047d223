"""Place fields in sliding windows, with the behaviour over them."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from neurospatial.backends import animate_fields, choose_backend
from neurospatial.environment import Environment
from neurospatial.errors import explain
from neurospatial.fields import sliding_windows
from neurospatial.nwb.read.epochs import EpochLike
from neurospatial.nwb.read.position import Positions
from neurospatial.nwb.read.units import SpikeTrains, UnitId, UnitIds, normalize_unit_ids
from neurospatial.nwb.session.outline_overlay import ArenaOverlay
from neurospatial.nwb.session.overlays import make_overlays
from neurospatial.output import check_writable
from neurospatial.progress import Progress
from neurospatial.scene import Overlay, SceneOptions
from neurospatial.scene.compile.scene_options import OverlaysLike

if TYPE_CHECKING:
    from neurospatial.nwb.session.session import Session

_STEPS = 120
"""Windows that begin within the width of one: a field then changes smoothly."""
_RARE = 99.5
"""Of the rates: a bin crossed once in a window, during a burst, would set the range for all."""


def animate_session(
    session: "Session",
    unit: UnitIds,
    *,
    bin_size: float | Sequence[float] | None = None,
    env: Environment | None = None,
    window: float = 60.0,
    step: float | None = None,
    epoch: EpochLike | None = None,
    bandwidth: float | None = None,
    min_speed: float | None = None,
    min_occupancy_seconds: float = 0.1,
    speed: float | None = 5.0,
    fps: float = 30,
    trail: float = 3.0,
    overlays: OverlaysLike = None,
    save_path: str | os.PathLike[str] | None = None,
    progress: Progress = True,
    **keywords: Any,
) -> Any:
    """Show the place field of a unit in windows that slide over the session.

    Parameters
    ----------
    session : Session
    unit : int, or sequence of int
        Ids; several are shown side by side.
    bin_size : float or sequence of float, optional
        In the unit of the positions; or pass `env`.
    env : Environment, optional
        Left out, it is cut from the positions.
    window : float
        Width of a window [s]. What is shown at a time is the field of the
        window around it.
    step : float, optional
        From one window to the next [s]; left out, a 120th of a window.
    epoch : str, Epochs, pynapple.IntervalSet or array-like, optional
        Only these intervals [s]; a name is that of a table or of a label in one.
    bandwidth : float, optional
        Of the smoothing, in the unit of the positions; left out, two bins.
    min_speed : float, optional
        Samples and spikes at lower speed [units/s] count for nothing.
    min_occupancy_seconds : float
        Bins visited for less than this in a window have no rate.
    speed : float or None
        How many times faster than the recording the film plays; None shows
        each window once.
    fps : float
        Frames played per second.
    trail : float
        How far back the position's trail and the spikes reach [s].
    overlays : iterable of Overlay, optional
        Instead of those of `overlays` and the outline of the environment.
    save_path : path-like, optional
        File to write; its suffix says which kind.
    progress : bool or callable
        Show bars, or call with ``(done, total)``; raising there cancels.
    **keywords
        As for `animate_fields`, those of the backend included; `frame_times` are the middles
        of the windows. Left out, `vmin` is 0, `vmax` the 99.5th percentile of the rates, and
        `title` names the unit, the windows and the pace.

    Returns
    -------
    pathlib.Path, or what the backend shows
        The path written, where there is a `save_path`; a page that can be saved, a widget or
        a viewer else.

    Raises
    ------
    TypeError
        If `frame_times` are passed, or a keyword is unknown to scenes and to the backend.
    KeyError
        If there is no such unit.
    ValueError
        If there is no position, a window does not fit, or an option makes no sense.
    """
    scene = SceneOptions(fps=fps, speed=speed)
    _check_output(save_path, keywords)
    ids, _ = normalize_unit_ids(unit)
    for one in ids:
        session.spike_times(one)
    space = _cut_environment(session, bin_size, epoch) if env is None else env
    times, _ = session.samples(epoch)
    between_windows = window / _STEPS if step is None else step
    windows = sliding_windows(times[0], times[-1], window, between_windows)
    middles = windows.mean(axis=1)
    if overlays is None:
        overlays = _make_overlays(session, ids, trail, (float(middles[0]), float(middles[-1])))
    fields = session.place_fields(
        ids,
        space,
        epoch=epoch,
        windows=windows,
        bandwidth=bandwidth,
        min_speed=min_speed,
        min_occupancy_seconds=min_occupancy_seconds,
        progress=progress,
    )
    names = _name_units(session, ids)
    given: dict[str, Any] = {
        "colorbar_label": "rate [Hz]",
        "title": _format_title(session.name, names, window, scene.speed),
        "vmin": 0.0,
        "vmax": _compute_vmax(np.asarray(fields)),
        "scale_bar": bool(space.units) and space.n_dims == 2,
        **keywords,
    }
    return animate_fields(
        space,
        np.asarray(fields[0])
        if len(ids) == 1
        else dict(zip(names, np.asarray(fields), strict=True)),
        overlays=overlays,
        frame_times=middles,
        speed=scene.speed,
        fps=scene.fps,
        save_path=save_path,
        progress=progress,
        **given,
    )


def _check_output(save_path: str | os.PathLike[str] | None, keywords: dict[str, Any]) -> None:
    """Raise before any work where there is nothing to show it with, or nowhere to put it."""
    if "frame_times" in keywords:
        raise TypeError(
            explain(
                "frame_times are passed.",
                "Each field is that of a window, and its time is the middle of it.",
                ["Leave them out.", "Choose the windows: window= and step= [s]."],
            )
        )
    if save_path is not None:
        path = Path(save_path)
        choose_backend(str(keywords.get("backend", "auto")), path)
        check_writable(path)


def _cut_environment(
    session: "Session", bin_size: float | Sequence[float] | None, epoch: EpochLike | None
) -> Environment:
    if bin_size is None:
        raise _make_bin_size_error(session.tracked)
    return session.environment(bin_size, epoch=epoch)


def _make_bin_size_error(tracked: Positions) -> ValueError:
    spans = " × ".join(f"{span:.3g}" for span in tracked.spans)
    return ValueError(
        explain(
            "Neither bin_size nor env is given.",
            f"A field has a value for each bin; the positions span {spans} "
            f"{tracked.units}".rstrip()
            + ".",
            [
                f"Pass bin_size={max(tracked.spans) / 40:.1g}, in the unit of the positions.",
                "Pass an environment: env=session.environment(bin_size=...)",
            ],
        )
    )


def _make_overlays(
    session: "Session", ids: Sequence[UnitId], trail: float, shown: tuple[float, float]
) -> list[Overlay]:
    lone = ids[0] if len(ids) == 1 else None
    made = make_overlays(session._contents, lone, trail, trail, None, shown)
    return [ArenaOverlay(), *made]


def _name_units(session: "Session", ids: Sequence[UnitId]) -> list[str]:
    units = session.units
    places = [units.place(one) if isinstance(units, SpikeTrains) else "" for one in ids]
    return [
        f"unit {one}" + (f" ({place})" if place else "")
        for one, place in zip(ids, places, strict=True)
    ]


def _format_title(session: str, names: Sequence[str], window: float, speed: float | None) -> str:
    own = names[0] if len(names) == 1 else ""
    pace = "" if speed is None else f"{speed:g}× speed"
    return ", ".join(part for part in (session, own, f"{window:g} s windows", pace) if part)


def _compute_vmax(fields: NDArray[np.floating]) -> float | None:
    """Compute the top of the colour range [Hz]; None, to be found, where there is no rate."""
    finite = fields[np.isfinite(fields)]
    highest = float(np.percentile(finite, _RARE)) if finite.size else 0.0
    return highest if highest > 0 else None
