"""A coarser environment made of an environment."""

import numpy as np

from neurospatial.environment.base import BaseEnvironment, Env, replace_layout
from neurospatial.errors import explain
from neurospatial.layouts import Layout
from neurospatial.layouts.coarsen import Factor, find_common_divisors
from neurospatial.layouts.protocol import is_gridded, supports_coarsen
from neurospatial.validate import warn_user


def rebin_environment(env: Env, factor: Factor) -> Env:
    """Make an environment with larger bins of the same kind: `Environment.rebin`."""
    layout = env.layout
    if not supports_coarsen(layout):
        kind = type(layout).__name__
        raise ValueError(
            explain(
                f"The environment is on a {kind}, of which no coarser one can be made.",
                "Only its maker knows how such bins are cut.",
                [
                    "Make the layout again with larger bins: Environment.from_layout(layout).",
                    "Use a grid of larger bins: Environment.from_samples(positions, bin_size).",
                ],
            )
        )
    coarse = layout.coarsen(factor)
    _warn_of_cut_bins(env, coarse)
    return replace_layout(env, coarse)


def _warn_of_cut_bins(env: BaseEnvironment, coarse: Layout) -> None:
    """Warn of the bins of a grid that make no whole new ones, and are in none."""
    layout = env.layout
    if not (is_gridded(layout) and is_gridded(coarse)):
        return
    n_cut = int(np.count_nonzero(coarse.locate(layout.bin_centers) < 0))
    if not n_cut:
        return
    shape = layout.grid_shape
    ends = [edges[-1] for edges in coarse.edges]
    over = [int((edges[1:] > end).sum()) for edges, end in zip(layout.edges, ends, strict=True)]
    sides = ", ".join(
        f"the last {cells} of {size} cells along {name}"
        for name, size, cells in zip(env.axis_names, shape, over, strict=True)
        if cells
    )
    fits = find_common_divisors(shape)
    ways = (
        f"pass a factor of {', '.join(map(str, fits))}" if fits else "pass a factor per dimension"
    )
    warn_user(
        f"rebin cuts off {sides}, which make no whole new bin: {n_cut} of {layout.n_bins} bins "
        f"({n_cut / layout.n_bins:.1%}) are in none.\n"
        f"  To keep them, {ways}, or make the environment with a larger bin_size."
    )
