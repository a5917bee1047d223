"""Some bins of an environment, as an environment."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from neurospatial.environment.base import BaseEnvironment, Env, replace_layout
from neurospatial.environment.region_membership import build_region_mask
from neurospatial.environment.topology import Bins, validate_bins
from neurospatial.errors import explain
from neurospatial.layouts import LayoutPart
from neurospatial.layouts.protocol import supports_subset


def select_subset(env: Env, bins: ArrayLike | None, region: str | Sequence[str] | None) -> Env:
    """Make an environment of some bins, with the same regions: `Environment.subset`."""
    kept = _choose_bins(env, bins, region)
    layout = env.layout
    part = layout.subset(kept) if supports_subset(layout) else LayoutPart(layout, kept)
    return replace_layout(env, part)


def _choose_bins(
    env: BaseEnvironment, bins: ArrayLike | None, region: str | Sequence[str] | None
) -> Bins:
    if (bins is None) == (region is None):
        given = "neither bins nor region" if bins is None else "both bins and region"
        raise TypeError(
            explain(
                f"subset got {given}.",
                "Either says which bins to keep.",
                ["Pass bins: env.subset([0, 1]).", "Pass env.subset(region='home')."],
            )
        )
    if region is not None:
        kept = np.flatnonzero(build_region_mask(env, region))
        problem = f"No bin has its centre in {region!r}."
        way = "Pass a larger region, or the bins: env.subset(env.bin_at(points))."
    else:
        assert bins is not None
        kept = np.unique(validate_bins(bins, env.n_bins))
        problem, way = "There are no bins.", "Pass at least one bin."
    if not kept.size:
        raise ValueError(explain(problem, "An environment has some.", [way]))
    return kept
