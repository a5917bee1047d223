"""A coarser environment made of an environment."""

from neurospatial.environment.base import Env, replace_layout
from neurospatial.errors import explain
from neurospatial.layouts.coarsen import Factor
from neurospatial.layouts.protocol import supports_coarsen


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
    return replace_layout(env, layout.coarsen(factor))
