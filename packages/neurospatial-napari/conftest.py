"""Import napari quietly where examples are collected.

pytest takes the path of neurospatial.napari.layers for one of napari.layers first,
and looks whether there is such a module; napari warns while it is imported, which
would end the run.
"""

import warnings
from contextlib import suppress

with warnings.catch_warnings(), suppress(ImportError):
    warnings.simplefilter("ignore")
    import napari.layers  # noqa: F401
