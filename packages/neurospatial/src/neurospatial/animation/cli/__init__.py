"""The `neurospatial` command."""

from neurospatial.animation.cli.main import main

__all__ = ["main"]
