"""What `Session.animate` takes, for type checkers."""

from collections.abc import Sequence

from neurospatial.backends.keywords import AnimationKeywords
from neurospatial.environment import Environment
from neurospatial.nwb.read.epochs import EpochLike


class SessionKeywords(AnimationKeywords, total=False):
    """Keywords of `animate_session`, and those of a scene and of our backends."""

    bin_size: float | Sequence[float] | None
    env: Environment | None
    window: float
    step: float | None
    epoch: EpochLike | None
    bandwidth: float | None
    min_speed: float | None
    min_occupancy_seconds: float
    trail: float
