"""Telling layers apart that are called alike."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from neurospatial.scene.layers import Layer

LayerT = TypeVar("LayerT", bound=Layer)


def number_names(layers: Iterable[LayerT], taken: Sequence[str] = ()) -> tuple[LayerT, ...]:
    """Append numbers to the names that layers share: "Position 1", "Position 2".

    Parameters
    ----------
    layers : iterable of Layer
    taken : sequence of str
        Names that others have.
    """
    given = list(layers)
    total = Counter([*taken, *(layer.name for layer in given)])
    counted = Counter(taken)
    named = []
    for layer in given:
        if total[layer.name] > 1:
            counted[layer.name] += 1
            layer = replace(layer, name=f"{layer.name} {counted[layer.name]}")
        named.append(layer)
    return tuple(named)
