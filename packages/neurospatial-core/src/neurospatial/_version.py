"""The version of what is installed; all distributions of the family have the same."""

from importlib.metadata import version

__version__: str = version("neurospatial-core")
