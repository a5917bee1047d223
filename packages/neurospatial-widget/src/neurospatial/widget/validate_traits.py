"""What the traits of a widget may be."""

from collections.abc import Iterator, Mapping
from typing import TypeGuard, cast

from traitlets import TraitError

from neurospatial.errors import explain
from neurospatial.validate import validate_known

Limits = tuple[float, float]
_Entry = Mapping[str, object]

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


def get_limits(header: _Entry) -> Limits | None:
    """Get the values that the first field's colours span; None where nothing is coloured."""
    for scale in _iter_entries(header["scales"]):
        return cast(float, scale["vmin"]), cast(float, scale["vmax"])
    return None


def get_layers_visible(header: _Entry) -> dict[str, bool]:
    """Get whether layers are shown, by name; panels share the switch of a name."""
    entries = [
        x for panel in _iter_entries(header["panels"]) for x in _iter_entries(panel["layers"])
    ]
    visible: dict[str, bool] = {}
    for entry in (*entries, *_iter_entries(header["strips"])):
        name = str(entry["name"])
        visible[name] = visible.get(name, False) or bool(entry["visible"])
    return visible


def _iter_entries(value: object) -> Iterator[_Entry]:
    return iter(cast(list[_Entry], value))


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, float) and value == value


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
