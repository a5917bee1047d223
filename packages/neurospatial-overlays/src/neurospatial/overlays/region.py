"""Regions as an overlay, for those that are not in the environment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from neurospatial.regions import Region, Regions
from neurospatial.scene import Layer, OverlayContext
from neurospatial.scene.compile.overlays.line_regions import make_line_region_layers
from neurospatial.scene.compile.overlays.regions import make_region_layers
from neurospatial.validate import to_texts, validate_opacity


@dataclass(eq=False)
class RegionOverlay:
    """Named places over the field, drawn as ``show_regions=`` draws the environment's own.

    Parameters
    ----------
    regions : mapping of str to Region, or iterable of Region
        Such as ``env.regions``.
    names : sequence of str, optional
        Which of them; left out, all.
    alpha : float
        Opacity of the filling of areas, in [0, 1].

    Examples
    --------
    >>> import numpy as np
    >>> from neurospatial.layouts import RegularGrid
    >>> grid = RegularGrid((np.arange(5.0), np.arange(3.0)), np.ones((4, 2), bool))
    >>> clock = np.arange(2.0)
    >>> context = OverlayContext(clock, clock, (0.0, 0.0, 4.0, 2.0), grid)
    >>> mark, label = RegionOverlay([Region("goal", point=(3, 1))]).layers(context)
    >>> mark.xy
    array([[[3., 1.]]])
    """

    regions: Mapping[str, Region] | Iterable[Region]
    names: Sequence[str] | None = None
    alpha: float = 0.3

    def layers(self, context: OverlayContext) -> tuple[Layer, ...]:
        """Lower to areas, marks and names; on a line, to the stretches that areas hold.

        Raises
        ------
        ValueError
            If `alpha` is outside [0, 1], two regions have one name, or there is
            no region of a name that was asked for.
        """
        validate_opacity(self.alpha, "RegionOverlay: alpha", default=0.3)
        regions = self.regions if isinstance(self.regions, Mapping) else Regions(self.regions)
        show: bool | Sequence[str] = True
        if self.names is not None:
            show = self.names if isinstance(self.names, str) else to_texts(self.names, "names")
        if context.n_dims == 1:
            return make_line_region_layers(
                context.layout, context.bounds, regions, show, self.alpha
            )
        return make_region_layers(regions, show, self.alpha)
