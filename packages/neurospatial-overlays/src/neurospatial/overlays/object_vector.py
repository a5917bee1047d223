"""Where objects lie, seen from the animal."""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.overlays.anchor import resolve_anchor
from neurospatial.overlays.bodypart import BodypartOverlay
from neurospatial.overlays.position import PositionOverlay
from neurospatial.overlays.validate.options import require_plane
from neurospatial.scene import Coordinates, Layer, OverlayContext, Points, Segments, Text, rgba
from neurospatial.validate import to_real_array, to_text, validate_positive

_CLASS = "ObjectVectorOverlay"
_OBJECT_SIZE = 8.0
"""Diameter [points]: as large as an event, smaller than the animal."""

_LABEL_SIZE = 9.0
"""Height of letters [points]: a little more than the mark beside them."""

_NAME_BELOW = 12.0
"""From an object down to its name [points]: clear of the mark."""


@dataclass(eq=False)
class ObjectVectorOverlay:
    """Arrows from the animal to objects.

    Parameters
    ----------
    objects : array-like, shape (n_objects, 2), or mapping of str to (x, y)
        In environment units. Those of a mapping have their names beside them.
    color : str or tuple
        Any colour of matplotlib.
    width : float
        Of the arrows, in points.
    anchor : PositionOverlay or BodypartOverlay, optional
        From which animal; left out, from that of the scene.
    name : str
        What viewers list it as.

    Examples
    --------
    >>> from neurospatial.layouts import RegularGrid
    >>> grid = RegularGrid((np.arange(5.0), np.arange(3.0)), np.ones((4, 2), bool))
    >>> clock = np.arange(2.0)
    >>> context = OverlayContext(clock, clock, (0.0, 0.0, 4.0, 2.0), grid)
    >>> animal = PositionOverlay(np.array([[0.0, 0.0], [1.0, 0.0]]))
    >>> arrows, *_ = ObjectVectorOverlay({"lamp": (3, 1)}, anchor=animal).layers(context)
    >>> (arrows.stop - arrows.start)[:, 0]
    array([[3., 1.],
           [2., 1.]], dtype=float32)
    """

    objects: ArrayLike | Mapping[str, ArrayLike]
    color: str | tuple[float, ...] = "cyan"
    width: float = 2.0
    _: KW_ONLY
    anchor: PositionOverlay | BodypartOverlay | None = None
    name: str = "Object vectors"

    def layers(self, context: OverlayContext) -> tuple[Layer, ...]:
        """Lower to arrows, a mark on each object, and the objects' names.

        Raises
        ------
        ValueError
            If the environment is drawn as a line, the objects or the width are not
            as described, or there is no animal to start from.
        """
        require_plane(context, _CLASS)
        validate_positive(self.width, "width", unit="points", owner=_CLASS)
        places = self._locate_objects(context)[np.newaxis].astype(context.dtype)
        start = self._locate_animal(context)[:, np.newaxis].astype(context.dtype)
        color, names = rgba(self.color), f"{self.name} objects"
        arrows = Segments(
            name=self.name,
            start=np.repeat(start, places.shape[1], axis=1),
            stop=places,
            color=color,
            width=float(self.width),
            arrowhead=True,
            z=2.8,
        )
        marks = Points(name=names, xy=places, color=color, size=_OBJECT_SIZE, z=2.8)
        return arrows, marks, *self._make_labels(places[0])

    def _locate_animal(self, context: OverlayContext) -> NDArray[np.float64]:
        """Find where the arrows start in each frame, shape (n_frames, 2)."""
        trajectory = resolve_anchor(self, context)
        if trajectory is None:
            raise ValueError(
                explain(
                    "There is no animal whose vectors to the objects could be drawn.",
                    "The arrows start where the animal is.",
                    [
                        "Add the tracking: overlays=[PositionOverlay(positions, times), vectors]",
                        "Follow an animal that is not drawn: "
                        "ObjectVectorOverlay(..., anchor=position)",
                    ],
                )
            )
        return context.to_world(trajectory.interpolate(context.times))

    def _locate_objects(self, context: OverlayContext) -> NDArray[np.float64]:
        """Take the objects to world coordinates, shape (n_objects, 2)."""
        if isinstance(self.objects, Mapping) and self.objects:
            names = {label: f"Place of object {label!r}" for label in self.objects}
            each = [
                context.to_drawable_coordinates(
                    to_real_array(place, names[label])[None], names[label]
                )
                for label, place in self.objects.items()
            ]
            places = np.concatenate(each)
        else:
            places = context.to_drawable_coordinates(
                () if isinstance(self.objects, Mapping) else self.objects, "Object positions"
            )
        missing = np.flatnonzero(np.isnan(places).any(axis=1))
        if len(missing):
            raise ValueError(
                explain(
                    f"{len(missing)} of {len(places)} objects have NaN coordinates, "
                    f"the first at index {missing[0]}.",
                    "Objects do not move: each has one place.",
                    ["Pass one (x, y) per object.", "Leave out objects without a place."],
                )
            )
        return context.to_world(places)

    def _make_labels(self, places: Coordinates) -> tuple[Text, ...]:
        if not isinstance(self.objects, Mapping):
            return ()
        labels = [to_text(label, "Name of an object") for label in self.objects]
        return tuple(
            Text(
                name=f"{self.name} {label}",
                anchor=place[np.newaxis],
                strings=(label,),
                color=rgba("white"),
                size=_LABEL_SIZE,
                shift=(0.0, -_NAME_BELOW),
                z=4.0,
            )
            for label, place in zip(labels, places, strict=True)
        )
