"""Fields of one colour scale, which get other colours and limits together."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from neurospatial.napari.layers.field import FieldView

if TYPE_CHECKING:
    import napari
    from napari.layers import Layer as NapariLayer

_SHARED = ("contrast_limits", "colormap", "gamma")


def link_scales(viewer: "napari.Viewer", fields: Sequence[FieldView]) -> None:
    """Link the layers of fields that share a colour scale; napari's menu unlinks them again."""
    groups: dict[int, list[NapariLayer]] = {}
    for one in fields:
        groups.setdefault(id(one.layer.color), []).extend(one.layers)
    for layers in groups.values():
        if len(layers) > 1:
            viewer.layers.link_layers(layers, _SHARED)
