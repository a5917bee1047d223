"""The version of what is installed; all distributions of the family have the same."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__: str = version("neurospatial-core")
except PackageNotFoundError:  # sources that nothing installed
    __version__ = "0+unknown"
