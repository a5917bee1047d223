"""What a widget's traits call each panel, and what each has to be chosen of."""

from collections.abc import Iterator, Mapping
from typing import cast

Limits = tuple[float, float]
Entry = Mapping[str, object]


def name_panels(header: Entry) -> tuple[str, ...]:
    """Name the panels: by their titles, and by their numbers from 1 where those name none alone.

    Examples
    --------
    >>> name_panels({"panels": [{"title": "left"}, {"title": ""}, {"title": "left"}]})
    ('left', '2', '3')
    """
    titles = [str(panel["title"]) for panel in _iter_entries(header["panels"])]
    numbers = [str(number) for number in range(1, len(titles) + 1)]
    taken = {title for title in titles if title} - set(numbers)
    names = []
    for title, number in zip(titles, numbers, strict=True):
        names.append(title if title in taken else number)
        taken.discard(title)
    return tuple(names)


def get_scales(header: Entry) -> dict[str, int]:
    """Get the number of the scale that colours each panel; those without one are left out."""
    scales = {}
    for name, panel in zip(name_panels(header), _iter_entries(header["panels"]), strict=True):
        found = [layer["scale"] for layer in _iter_entries(panel["layers"]) if "scale" in layer]
        number = found[0] if found else panel["colorbar"]
        if number is not None:
            scales[name] = cast(int, number)
    return scales


def get_limits(header: Entry) -> dict[str, Limits]:
    """Get the values that the colours of each panel were made for."""
    made = [
        (cast(float, scale["vmin"]), cast(float, scale["vmax"]))
        for scale in _iter_entries(header["scales"])
    ]
    return {name: made[number] for name, number in get_scales(header).items()}


def get_layers_visible(header: Entry) -> dict[str, bool]:
    """Get whether layers are shown, by name, after that of their panel where there are several.

    Signals belong to no panel, and those of one name have one switch.
    """
    names = name_panels(header)
    visible = {
        (f"{name}: {layer['name']}" if len(names) > 1 else str(layer["name"])): bool(
            layer["visible"]
        )
        for name, panel in zip(names, _iter_entries(header["panels"]), strict=True)
        for layer in _iter_entries(panel["layers"])
    }
    for strip in _iter_entries(header["strips"]):
        key = str(strip["name"])
        visible[key] = visible.get(key, False) or bool(strip["visible"])
    return visible


def _iter_entries(value: object) -> Iterator[Entry]:
    """Iterate over what a list of a header holds."""
    return iter(cast(list[Entry], value))
