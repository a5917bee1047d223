"""One call from fields to something to look at."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Unpack, cast, overload

from neurospatial.backends.keywords import AnimationKeywords, SavablePage
from neurospatial.backends.present_compiled import present_compiled, split_keywords
from neurospatial.errors import explain
from neurospatial.progress import Progress
from neurospatial.scene import (
    FieldsLike,
    Scene,
    SceneOptions,
    compile_scene,
)
from neurospatial.scene.compile.scene_options import list_scene_keywords

if TYPE_CHECKING:
    from neurospatial.environment import Environment


@overload
def animate_fields(
    *env_and_fields: "Environment | FieldsLike",
    env: "Environment | None" = None,
    fields: FieldsLike | None = None,
    backend: str = "auto",
    save_path: str | os.PathLike[str],
    dpi: int = 100,
    progress: Progress = True,
    dry_run: Literal[False] = False,
    **keywords: Unpack[AnimationKeywords],
) -> Path: ...
@overload
def animate_fields(
    *env_and_fields: "Environment | FieldsLike",
    env: "Environment | None" = None,
    fields: FieldsLike | None = None,
    backend: Literal["html"],
    save_path: None = None,
    dpi: int = 100,
    progress: Progress = True,
    **keywords: Unpack[AnimationKeywords],
) -> SavablePage: ...
# Widgets, viewers and estimates are of packages that are not known here.
@overload
def animate_fields(
    *env_and_fields: "Environment | FieldsLike",
    env: "Environment | None" = None,
    fields: FieldsLike | None = None,
    backend: str = "auto",
    save_path: str | os.PathLike[str] | None = None,
    dpi: int = 100,
    progress: Progress = True,
    dry_run: bool = False,
    **keywords: Unpack[AnimationKeywords],
) -> Any: ...
@list_scene_keywords(rest="backend_options")
def animate_fields(
    *env_and_fields: "Environment | FieldsLike",
    env: "Environment | None" = None,
    fields: FieldsLike | None = None,
    backend: str = "auto",
    save_path: str | os.PathLike[str] | None = None,
    dpi: int = 100,
    progress: Progress = True,
    **keywords: Any,
) -> Any:
    """Animate fields over time, with the behaviour recorded alongside.

    Parameters
    ----------
    *env_and_fields : Environment, FieldsLike
        The environment and the fields, in this order, unless they are named:
        ``animate_fields(env, fields)``, ``animate_fields(fields, env=env)``.
    env : Environment
        A fitted environment of two dimensions, or of one.
    fields : array, list, memory map, or mapping of these
        Values of shape (n_frames, n_bins), or a list of (n_bins,); NaN is not
        drawn. Nothing is read but the frames shown. A mapping of names to such
        sequences, or a list of arrays (n_frames, n_bins), gives one panel each,
        side by side. An xarray DataArray is read along its axis "time" and gives
        its own times; it may have the axes of a grid in place of bins, in any order,
        matched by their names. What is masked or missing is NaN. The unit of a
        `FieldSeries` labels the colour bar where `colorbar_label` is left out.
    backend : str
        "video", "html", "widget", "napari", any other that is installed, or
        "auto" (see `neurospatial.backends.choose_backend`). Where that comes to a page
        and there is no notebook to show it, it is written to ``animation.html`` in the
        working folder (``animation-2.html`` … where that is there), opened in a browser
        where there is one, and its path is said.
    save_path : path-like or None
        The file to write; its suffix chooses the backend.
    fps : float
        Frames played per second.
    cmap : str or matplotlib.colors.Colormap
        Colours of the values.
    vmin, vmax : float or None
        Values at the ends of the colour range, in the units of the fields;
        found in the fields when left out.
    percentile : tuple of float or None
        Lower and upper percentile of the values, in [0, 100], at which an end that is left
        out is found, so that few extreme values do not take all colours; None for the
        lowest and the highest.
    frame_labels : sequence of str or None
        Text shown with each frame; the session time or frame number otherwise.
    title : str or None
        Text above the picture.
    dpi : int
        Dots per inch of what is drawn.
    overlays : Overlay, iterable of Overlay, mapping of these, or None
        What is drawn over the fields. Of several panels, a mapping of their names to
        overlays gives each its own; under None are those that all of them have.
    frame_times : array-like, shape (n_frames,) or (n_frames, 2), or None
        When each field was recorded [s], or its window, strictly increasing; dates are
        counted from the first. Left out, the times that the fields carry, where they do.
        A single field is shown at all of them.
    speed : float or None
        Play the recording's clock at this multiple of its own pace: frames are
        then chosen by time, `fps` of them per played second. Needs `frame_times`.
    show_regions : bool or sequence of str
        Draw all regions of the environment, or those named.
    region_alpha : float
        Opacity of their filling.
    overlay_trajectory : array-like, shape (n_timepoints, n_dims), or None
        A path in environment units: a moving mark with a trail when it has one
        position per field, else the whole path. Of more than two coordinates the first
        two are drawn, as places without a line. On a track, distances (n_timepoints,) do too.
    track : str
        How a 1-D environment is drawn: "line", value over distance, or "ribbon",
        coloured bins where the track lies in the plane.
    colorbar_label : str or None
        What the values are, with their unit, as in "rate [Hz]": beside the
        colour bar, or along the value axis of a line. None for the unit that a
        `FieldSeries` says.
    colorbar : bool
        Whether a colour bar explains the values.
    axes : bool
        Whether ticks and labels stand along the axes.
    scale_bar : bool or float
        Draw a bar of this length in environment units; True picks a round one. A view that
        moves has one in any case, and no ticks.
    follow : Overlay or None
        What stays in the middle of the view, such as the animal: the middle of what it marks
        in a frame. It is drawn only if it is among the overlays.
    zoom : float, mapping of float to float, or None
        How many times as large everything is shown as when all of it is, in 1 … 100; or the
        same by time [s] on the clock of the frames, with smooth changes between: ``{0: 1,
        10: 4}``. From 2 on what is followed is in the middle, at 1 everything is seen. None
        is 3 where something is followed, else 1.
    align : str, mapping of str to float, or None
        How panels with clocks of their own are laid beside one another: "clock", as they
        are; "start", the beginnings together; or the time of each panel, by its name, that
        is laid at 0 [s]. None is "clock" for panels that have some time in common.
    link : str, tuple of str, or None
        What panels share: "color", one range of colours and one colour bar; "view", one
        piece of the world; both; or None for neither.
    progress : bool or callable
        Show a bar, or call with ``(done, total)``; raising there cancels.
    **backend_options
        Options of the chosen backend.

    Returns
    -------
    pathlib.Path, or what the backend shows
        The path written, where there is a `save_path` or nothing to show a page in;
        a page that can be saved, a widget or a viewer else.

    Raises
    ------
    BackendUnavailable
        If the backend is not installed, or lacks something; the text has the line that
        installs it. It is an ImportError and a RuntimeError.
    TypeError
        If a keyword is unknown to scenes and to the backend, or fields are not real numbers.
    ValueError
        If anything does not fit; the text says what, why and how to mend it.
    RuntimeError
        If the environment is not fitted.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> import numpy as np
    >>> from neurospatial import Environment
    >>> rng = np.random.default_rng(0)
    >>> env = Environment.from_samples(rng.uniform(0, 50, (2000, 2)), bin_size=5, units="cm")
    >>> fields = rng.uniform(0, 10, (12, env.n_bins))
    >>> path = animate_fields(env, fields, save_path=f"{mkdtemp()}/rates.mp4", progress=False)
    >>> path.name
    'rates.mp4'
    """
    space, values = _resolve_env_and_fields(env_and_fields, env, fields)
    asked, others = split_keywords(keywords)

    def compile_it() -> Scene:
        return compile_scene(space, values, SceneOptions(**asked))

    common = {"dpi": dpi, "progress": progress}
    return present_compiled(compile_it, backend, save_path, {**common, **others})


def _resolve_env_and_fields(
    given: "tuple[Environment | FieldsLike, ...]",
    env: "Environment | None",
    fields: FieldsLike | None,
) -> "tuple[Environment, FieldsLike]":
    """Sort what was given in order, and what by name."""
    named: dict[str, Environment | FieldsLike | None] = {"env": env, "fields": fields}
    missing = [name for name, value in named.items() if value is None]
    how = ["Pass animate_fields(env, fields), or animate_fields(fields, env=env)."]
    if len(given) != len(missing):
        by_name = len(named) - len(missing)
        raise TypeError(
            explain(
                f"animate_fields was given {len(given)} things in order, {by_name} by name.",
                "It shows the fields of one environment: two things.",
                how,
            )
        )
    named.update(zip(missing, given, strict=True))
    if not hasattr(named["env"], "layout"):
        raise TypeError(
            explain(
                f"env is a {type(named['env']).__name__}.",
                "An environment says where each value of a field is drawn.",
                how,
            )
        )
    return cast("Environment", named["env"]), cast(FieldsLike, named["fields"])
