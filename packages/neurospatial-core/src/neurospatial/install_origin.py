"""From where the distributions that are installed here were had.

Installers write it beside a distribution that was not found on an index:
https://packaging.python.org/en/latest/specifications/direct-url/
"""

import json
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path, PurePosixPath
from typing import Final, Literal
from urllib.parse import quote, unquote, urlsplit

from neurospatial._version import __version__

DISTRIBUTIONS: Final = (
    "neurospatial-core",
    "neurospatial",
    "neurospatial-overlays",
    "neurospatial-video",
    "neurospatial-html",
    "neurospatial-widget",
    "neurospatial-napari",
    "neurospatial-nwb-io",
)
"""All of the family, the one that is always there first."""


@dataclass(frozen=True)
class Origin:
    """A place that holds all distributions of the family.

    Parameters
    ----------
    kind : str
        A folder of ``"wheels"``, the ``"sources"`` in a folder (``"editable"`` if changes
        there take effect at once), a ``"git"`` repository, or wheels at an address, ``"web"``.
    where : str
        The folder or address; of sources, the folder that has one folder a distribution.
    subdirectory : str
        Of a repository, the folder in it that has one folder a distribution.
    """

    kind: Literal["wheels", "sources", "editable", "git", "web"]
    where: str
    subdirectory: str = ""

    def holds(self, name: str) -> bool:
        """Return whether a distribution is there, as far as that is known without a network."""
        if self.kind == "wheels":
            return Path(self.where, name_wheel(name)).is_file()
        if self.kind in ("sources", "editable"):
            return Path(self.where, name, "pyproject.toml").is_file()
        return True

    def name_place(self, wanted: str) -> list[str]:
        """List the words that tell an installer where one distribution is."""
        name = wanted.partition("[")[0]
        extras = wanted.removeprefix(name)
        if self.kind == "git":
            folder = PurePosixPath(self.subdirectory, name)
            return [f"{wanted} @ {self.where}#subdirectory={folder}"]
        if self.kind == "web":
            return [f"{wanted} @ {self.where}/{quote(name_wheel(name))}"]
        place = f"{Path(self.where, name)}{extras}"
        return ["--editable", place] if self.kind == "editable" else [place]


_DAMAGE = (AttributeError, KeyError, OSError, RecursionError, TypeError, ValueError)
"""What a damaged note is told by: a hint that fails would hide what it is about."""


def find_origin() -> Origin | None:
    """Find from where ours were had, or None if no installer wrote it down."""
    for name in DISTRIBUTIONS:
        try:
            text = distribution(name).read_text("direct_url.json")
            origin = parse_origin(text) if text else None
        except (PackageNotFoundError, *_DAMAGE):
            continue
        if origin is not None:
            return origin
    return None


def parse_origin(text: str) -> Origin | None:
    """Read the note that an installer leaves of one distribution.

    Examples
    --------
    >>> parse_origin('{"url": "https://a.org/b/c-1-py3-none-any.whl", "archive_info": {}}')
    Origin(kind='web', where='https://a.org/b', subdirectory='')
    """
    note = json.loads(text)
    address = note["url"]
    parts = urlsplit(address)
    if "vcs_info" in note:
        folder = PurePosixPath(note.get("subdirectory", "."))
        if note["vcs_info"]["vcs"] != "git" or len(folder.parts) < 1:
            return None
        commit = note["vcs_info"]["commit_id"]
        return Origin("git", f"git+{address}@{commit}", str(folder.parent))
    if parts.scheme != "file":
        is_wheel = unquote(parts.path).endswith(".whl")
        return Origin("web", address.rpartition("/")[0]) if is_wheel else None
    from urllib.request import url2pathname  # here, because it brings all of http with it

    path = Path(url2pathname(parts.path))
    if "dir_info" in note:
        editable = note["dir_info"].get("editable", False)
        return Origin("editable" if editable else "sources", str(path.parent))
    return Origin("wheels", str(path.parent)) if path.suffix == ".whl" else None


def name_wheel(name: str) -> str:
    """Name the wheel of a distribution at the version that is installed here."""
    return f"{name.replace('-', '_')}-{__version__}-py3-none-any.whl"
