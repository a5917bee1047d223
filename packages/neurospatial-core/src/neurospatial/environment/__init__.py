"""The discretised space that fields live on."""

from neurospatial.environment.environment import Environment

__all__ = ["Environment"]
