"""What can be chosen about a scene: the one list of its keywords."""

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, fields, replace
from math import isfinite
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict, TypeVar

from numpy.typing import ArrayLike

from neurospatial.errors import explain, suggest_name
from neurospatial.scene.compile.overlays.context import Overlay
from neurospatial.scene.compile.panels.display_layout import TrackForm
from neurospatial.scene.compile.panels.keyframes import ZoomLike, read_keyframes
from neurospatial.validate import (
    to_number,
    to_text,
    to_texts,
    validate_flag,
    validate_known,
    validate_opacity,
    validate_positive,
)
from neurospatial.validate.numbers import Scalar
from neurospatial.validate.set_option import set_option

if TYPE_CHECKING:
    from matplotlib.colors import Colormap

FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])

Align: TypeAlias = Literal["clock", "start"] | Mapping[str, float] | None
"""How the clocks of panels are laid beside one another."""

Link: TypeAlias = Literal["color", "view"] | Sequence[str] | None
"""What panels share."""

OverlaysLike: TypeAlias = (
    Overlay | Iterable[Overlay] | Mapping[str | None, Overlay | Iterable[Overlay]] | None
)
"""Overlays of all panels, or of some by name."""

_LINKS = ("color", "view")

_SHOWN = "It is drawn, or it is not."

_SLOWEST, _FASTEST = 0.01, 1000.0
"""Frames a second: a frame for 100 s, and more than any screen or file of films holds."""


class PanelKeywords(TypedDict, total=False):
    """Keywords of one panel of fields, for type checkers; `SceneOptions` says what they are."""

    cmap: "str | Colormap"
    vmin: float | None
    vmax: float | None
    percentile: tuple[float, float] | None
    frame_times: ArrayLike | None
    show_regions: bool | Sequence[str]
    region_alpha: float
    overlay_trajectory: ArrayLike | None
    track: TrackForm
    colorbar_label: str | None
    colorbar: bool
    axes: bool
    scale_bar: bool | float
    follow: Overlay | None
    zoom: ZoomLike


class TimelineKeywords(TypedDict, total=False):
    """Keywords of what all panels share, for type checkers; `SceneOptions` says what they are."""

    fps: float
    speed: float | None
    frame_labels: Sequence[str] | None
    title: str | None
    align: Align
    link: Link


class SceneKeywords(PanelKeywords, TimelineKeywords, total=False):
    """Keywords of a scene, for type checkers; `SceneOptions` says what they are."""

    overlays: OverlaysLike


@dataclass(frozen=True, kw_only=True, eq=False)
class SceneOptions:
    """What can be chosen about a scene, on every backend; rates and opacity are checked when made.

    Parameters
    ----------
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

    Raises
    ------
    ValueError
        If `fps` is not in 0.01 … 1000, `speed` not positive, `region_alpha` not in [0, 1],
        `vmin` or `vmax` no finite number, or
        `zoom` not in 1 … 100.
    TypeError
        If a text is none, `show_regions` neither True, False nor names, or `follow` no overlay.

    Examples
    --------
    >>> SceneOptions(fps=20, title="Rates").fps
    20
    """

    fps: float = 30
    cmap: "str | Colormap" = "viridis"
    vmin: float | None = None
    vmax: float | None = None
    percentile: tuple[float, float] | None = None
    frame_labels: Sequence[str] | None = None
    title: str | None = None
    overlays: OverlaysLike = None
    frame_times: ArrayLike | None = None
    speed: float | None = None
    show_regions: bool | Sequence[str] = False
    region_alpha: float = 0.3
    overlay_trajectory: ArrayLike | None = None
    track: TrackForm = "line"
    colorbar_label: str | None = None
    colorbar: bool = True
    axes: bool = True
    scale_bar: bool | float = False
    follow: Overlay | None = None
    zoom: ZoomLike = None
    align: Align = None
    link: Link = "color"

    def __post_init__(self) -> None:
        set_option(self, fps=validate_fps(self.fps))
        if self.speed is not None:
            why = "Frames are shown one after another, forwards."
            how = ["Pass a positive speed; 1 is the recording's own pace."]
            set_option(self, speed=validate_positive(self.speed, "speed", why=why, how=how))
        alpha = validate_opacity(self.region_alpha, "region_alpha", default=0.3)
        set_option(self, region_alpha=alpha, show_regions=_to_selection(self.show_regions))
        set_option(self, vmin=_to_limit(self.vmin, "vmin"), vmax=_to_limit(self.vmax, "vmax"))
        if self.title is not None:
            set_option(self, title=to_text(self.title, "title"))
        if self.colorbar_label is not None:
            set_option(self, colorbar_label=to_text(self.colorbar_label, "colorbar_label"))
        set_option(self, percentile=_to_percentile(self.percentile), link=_to_link(self.link))
        set_option(self, colorbar=validate_flag(self.colorbar, "colorbar", _SHOWN))
        set_option(self, axes=validate_flag(self.axes, "axes", _SHOWN))
        read_keyframes(self.zoom)
        _check_followed(self.follow)
        if isinstance(self.align, str):
            why = "Clocks are laid beside one another as they are, or from their beginnings."
            how = ["Pass 'start', or 'clock'.", "Pass {title of a panel: time}."]
            validate_known(self.align, ("clock", "start"), "align", why, how=how)


def validate_fps(fps: Scalar) -> float:
    """Check how many frames are played per second.

    Raises
    ------
    ValueError
        If it is no number, or outside of 0.01 … 1000.

    Examples
    --------
    >>> from fractions import Fraction
    >>> round(validate_fps(Fraction(30000, 1001)), 3)
    29.97
    """
    given = to_number(fps)
    if isinstance(given, (int, float)) and _SLOWEST <= given <= _FASTEST and given is not True:
        return given
    raise ValueError(
        explain(
            f"fps is {given!r}.",
            f"Frames are played one after another, {_SLOWEST:g} … {_FASTEST:g} of them a second.",
            ["Pass a positive fps, such as 30.", "Pass speed= to follow the recording's clock."],
        )
    )


def _to_limit(value: Scalar | None, name: str) -> float | None:
    if value is None:
        return None
    given = to_number(value)
    if isinstance(given, (int, float)) and isfinite(given):
        return float(given)
    raise ValueError(
        explain(
            f"{name} is {given!r}.",
            "It is the value at one end of the colour range.",
            [f"Pass a finite number, in the units of the fields: {name}=0.", f"Leave {name} out."],
        )
    )


def _to_percentile(percentile: tuple[float, float] | None) -> tuple[float, float] | None:
    if percentile is None:
        return None
    try:
        low, high = (float(end) for end in percentile)
    except (TypeError, ValueError):
        low = high = float("nan")
    if 0 <= low < high <= 100:
        return low, high
    raise ValueError(
        explain(
            f"percentile is {percentile!r}.",
            "The colours span the values between two percentiles.",
            ["Pass (low, high) with 0 <= low < high <= 100: percentile=(1, 99)", "Leave it out."],
        )
    )


def _to_link(link: Link) -> tuple[str, ...]:
    """Read what panels share, as a tuple of names."""
    given = () if link is None else (link,) if isinstance(link, str) else tuple(link)
    for name in given:
        why = "Panels can share their colours, and the piece of the world that they show."
        validate_known(name, _LINKS, "link", why, how=["Pass 'color', 'view', both or None."])
    return given


def _check_followed(follow: Overlay | None) -> None:
    if follow is None or isinstance(follow, Overlay):
        return
    raise TypeError(
        explain(
            f"follow is a {type(follow).__name__}, which has no layers(context).",
            "A view follows the middle of what an overlay marks.",
            ["Pass an overlay, such as PositionOverlay(positions, times)."],
        )
    )


def _to_selection(show: bool | Sequence[str]) -> bool | Sequence[str]:
    """Read which regions are shown: all, none, or those named."""
    given = to_number(show)
    if isinstance(given, bool):
        return given
    if isinstance(show, (str, bytes)):
        return [to_text(show, "show_regions")]
    return to_texts(show, "show_regions")


PANEL_KEYWORDS = frozenset(PanelKeywords.__annotations__)
"""Names of the keywords of one panel of fields."""

TIMELINE_KEYWORDS = frozenset(TimelineKeywords.__annotations__)
"""Names of the keywords of what all panels share."""

SCENE_KEYWORDS = frozenset(field.name for field in fields(SceneOptions))
"""Names of the keywords of a scene."""


def make_scene_options(
    options: SceneOptions | None,
    keywords: Mapping[str, Any],
    names: Set[str] = SCENE_KEYWORDS,
    of: str = "A scene",
) -> SceneOptions:
    """Change some of the options, or make them of keywords alone.

    Parameters
    ----------
    options : SceneOptions or None
        None for those by default.
    keywords : mapping of str
    names : set of str
        Which there are.
    of : str
        Whose they are, at the beginning of a sentence.

    Raises
    ------
    TypeError
        If there is no such keyword; the text names the nearest one.
    ValueError
        If a value makes no sense.

    Examples
    --------
    >>> make_scene_options(SceneOptions(fps=20, title="A"), {"title": "B"}).title
    'B'
    """
    for name in keywords:
        if name not in names:
            raise TypeError(
                f"{of} has no option {name!r}.{suggest_name(name, names)} "
                f"Its options: {', '.join(sorted(names))}."
            )
    return replace(options or SceneOptions(), **keywords)


def list_scene_keywords(
    rest: str | None = None, names: Set[str] = SCENE_KEYWORDS
) -> Callable[[FunctionT], FunctionT]:
    """Have the signature of a function that takes ``**keywords`` list those of a scene.

    Type checkers read `SceneKeywords`. This is for what asks the running
    program: `help`, the completion of a notebook.

    Parameters
    ----------
    rest : str or None
        What keywords that are no scene's are called; None where there are none.
    names : set of str
        Which of a scene's it takes.

    Examples
    --------
    >>> @list_scene_keywords()
    ... def draw(fields, **keywords): ...
    >>> inspect.signature(draw).parameters["fps"].default
    30
    """

    def decorate(function: FunctionT) -> FunctionT:
        signature = inspect.signature(function)
        own = [p for p in signature.parameters.values() if p.kind is not p.VAR_KEYWORD]
        shared = [
            inspect.Parameter(
                field.name,
                inspect.Parameter.KEYWORD_ONLY,
                default=field.default,
                annotation=field.type,
            )
            for field in fields(SceneOptions)
            if field.name in names and field.name not in signature.parameters
        ]
        others = [] if rest is None else [inspect.Parameter(rest, inspect.Parameter.VAR_KEYWORD)]
        listed = signature.replace(parameters=[*own, *shared, *others])
        function.__signature__ = listed  # type: ignore[attr-defined]
        return function

    return decorate
