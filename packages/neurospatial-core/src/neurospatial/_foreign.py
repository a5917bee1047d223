"""A warning where files of another project lie among ours.

The public index has another project under our name. Installed beside ours it writes into
the same folder, even over our ``__init__.py``, and what is imported then is a mixture.
"""

import os
import sys
import warnings
from collections.abc import Iterable, Iterator

OURS = "+l"
"""The local label that ends each version of ours, and that a public index refuses to hold."""

_warned: set[str] = set()


def warn_of_foreign_files() -> None:
    """Warn, once for each folder, if another ``neurospatial`` is installed among ours."""
    for folder in vars(sys.modules["neurospatial"]).get("__path__", ()):
        above = os.path.dirname(folder)
        if above in _warned:
            continue
        _warned.add(above)
        for found in find_foreign(above):
            warnings.warn(
                f"{found} is installed in {above!r}, in one folder with ours: another project "
                "that has our name on the public index, or a version of ours from before that "
                "was known. What is imported is a mixture of the two. Uninstall all "
                "distributions whose name begins with neurospatial, then install ours again "
                "as docs/installing.md says.",
                RuntimeWarning,
                stacklevel=4,
            )


def find_foreign(folder: str) -> Iterator[str]:
    """Yield each ``neurospatial`` that is installed in a folder and is not of this family.

    Examples
    --------
    >>> list(find_foreign("no such folder"))
    []
    """
    try:
        names: Iterable[str] = os.listdir(folder)
    except OSError:
        return
    for name in sorted(names):
        stem, _, kind = name.rpartition(".")
        project, _, version = stem.partition("-")
        if project == "neurospatial" and kind in ("dist-info", "egg-info"):
            # An egg's name ends with the version of Python.
            version = version.partition("-")[0]
            if not version.endswith(OURS):
                yield f"neurospatial {version}".strip()
