"""What the traits of a widget may be."""

from collections.abc import Mapping, Sequence
from typing import TypeGuard, cast

from traitlets import TraitError

from neurospatial.errors import explain
from neurospatial.validate import validate_known
from neurospatial.widget.panel_traits import Limits

SLOWEST, FASTEST = 0.25, 4.0
"""Multiples of the scene's frames per second: the ends of the player's choice of speeds."""

_SLACK = 1e-9
"""Share of the range of colours by which the browser's arithmetic may be off."""


def validate_frame(number: int, n_frames: int) -> int:
    """Return a frame's number, or raise if there is no such frame."""
    if 0 <= number < n_frames:
        return number
    raise TraitError(
        explain(
            f"frame is {number}, and there are {n_frames} frames.",
            "Frames are numbered from 0.",
            [f"Pass a whole number in 0 … {n_frames - 1}."],
        )
    )


def validate_speed(multiple: float) -> float:
    """Return a speed, or raise if it is too slow or too fast."""
    if SLOWEST <= multiple <= FASTEST:
        return multiple
    raise TraitError(
        explain(
            f"speed is {multiple:g}.",
            f"A widget plays at {SLOWEST:g} to {FASTEST:g} times its frames per second.",
            [
                f"Pass a number in {SLOWEST:g} … {FASTEST:g}.",
                "Make the widget with another fps.",
            ],
        )
    )


def validate_limit(name: str, limits: Mapping[str, object], widest: Limits | None) -> float | None:
    """Return the limit of a name, or raise if the two limits cannot be used; None always can.

    Parameters
    ----------
    name : str
        Which of ``"vmin"`` and ``"vmax"`` is being set.
    limits : mapping of str to object
        Both, as they would then be.
    widest : tuple of float, or None
        The values that the colours were made for; None where nothing is coloured.
    """
    value = limits[name]
    if value is None:
        return None
    if widest is None:
        raise TraitError(
            explain(
                f"{name} is {value}.",
                "Nothing of this animation is coloured by its values.",
                ["Leave it None."],
            )
        )
    if not _is_number(value):
        raise TraitError(
            explain(
                f"{name} is {value}.",
                "It is the value at an end of the colours.",
                [f"Pass a number in {widest[0]:g} … {widest[1]:g}."],
            )
        )
    slack = _SLACK * (widest[1] - widest[0])
    if not widest[0] - slack <= value <= widest[1] + slack:
        raise TraitError(_explain_beyond(name, value, widest))
    _check_order(name, limits["vmin"], limits["vmax"])
    return min(max(value, widest[0]), widest[1])


def _check_order(name: str, low: object, high: object) -> None:
    """Raise unless the colours span some values; `name` is the limit being set."""
    if _is_number(low) and _is_number(high) and not low < high:
        other = "vmax" if name == "vmin" else "vmin"
        raise TraitError(
            explain(
                f"vmin is {low:g} and vmax is {high:g}.",
                "The colours span the values from vmin up to vmax.",
                [
                    f"Set {other} first, or leave more room between them.",
                    "Set both at once: with widget.hold_trait_notifications(): ...",
                ],
            )
        )


def validate_layers(
    visible: Mapping[str, object], available: Mapping[str, bool]
) -> dict[str, bool]:
    """Return what is to be shown and hidden, or raise if there is no such layer."""
    for name, shown in visible.items():
        validate_known(
            name,
            available,
            "layer",
            f"There are {len(available)}: {', '.join(available)}.",
            how=["Name layers as in widget.layers_visible."],
            error=TraitError,
        )
        if not isinstance(shown, bool):
            raise TraitError(
                explain(
                    f"Layer {name!r} is set to {shown!r}.",
                    "A layer is shown or hidden.",
                    [f"Pass {{{name!r}: True}}, or False."],
                )
            )
    return cast(dict[str, bool], dict(visible))


def validate_panel_limits(
    wanted: Mapping[str, object],
    current: Mapping[str, Limits],
    widest: Mapping[str, Limits],
    scales: Mapping[str, int],
) -> dict[str, Limits]:
    """Return the limits of all panels, or raise if those that are set cannot be used.

    Parameters
    ----------
    wanted : mapping of str to object
        Two values a panel, or None for those that its colours were made for; panels that
        are left out keep theirs.
    current, widest : mapping of str to tuple of float
        The limits now, and those that the colours were made for.
    scales : mapping of str to int
        What colours each panel: those that share a scale are set together.
    """
    changed: dict[int, tuple[str, Limits]] = {}
    for name, value in wanted.items():
        limits = _validate_pair(name, value, widest)
        if limits == current[name]:
            continue
        other, given = changed.setdefault(scales[name], (name, limits))
        if given != limits:
            raise TraitError(_explain_shared(name, limits, other, given))
    return {
        name: changed[scale][1] if scale in changed else current[name]
        for name, scale in scales.items()
    }


def _validate_pair(name: str, value: object, widest: Mapping[str, Limits]) -> Limits:
    validate_known(
        name,
        widest,
        "coloured panel",
        f"There are {len(widest)}: {', '.join(widest)}." if widest else "There is none.",
        how=["Name panels as in widget.limits."],
        error=TraitError,
    )
    if value is None:
        return widest[name]
    pair = [float(end) if _is_real(end) else end for end in value] if _is_pair(value) else []
    if not pair or not all(_is_number(end) for end in pair):
        raise TraitError(
            explain(
                f"The limits of {name!r} are {value!r}.",
                "They are the values at both ends of its colours.",
                [
                    f"Pass {{{name!r}: {widest[name]}}}, or None for those.",
                ],
            )
        )
    try:
        low, high = (
            validate_limit(end, {"vmin": pair[0], "vmax": pair[1]}, widest[name])
            for end in ("vmin", "vmax")
        )
    except TraitError as error:
        raise TraitError(f"Panel {name!r}: {error}") from None
    return cast(float, low), cast(float, high)


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, float) and value == value


def _is_real(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_pair(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, list | tuple) and len(value) == len(("vmin", "vmax"))


def _explain_shared(name: str, limits: Limits, other: str, given: Limits) -> str:
    (low, high), (lowest, highest) = limits, given
    return explain(
        f"The limits of {other!r} are {lowest:g} … {highest:g}, those of {name!r} "
        f"{low:g} … {high:g}.",
        "These panels share their colours, and so their limits.",
        [f"Set those of one: {{{name!r}: ({low:g}, {high:g})}}."],
    )


def _explain_beyond(name: str, value: float, widest: Limits) -> str:
    low, high = min(value, widest[0]), max(value, widest[1])
    return explain(
        f"{name} is {value:g}, and the colours were made for {widest[0]:g} … {widest[1]:g}.",
        "Values outside were cut there, so wider colours would show what is not so.",
        [
            f"Pass a number in {widest[0]:g} … {widest[1]:g}.",
            f"Make the widget again: env.animate_fields(fields, vmin={low:g}, vmax={high:g}, …)",
        ],
    )
