"""Names for what lies beside a file while it is written."""

from hashlib import sha256
from pathlib import Path
from unicodedata import normalize

_HEAD_BYTES = 64
"""Bytes of the file's own name that are repeated: enough to know it by, and no name gets longer
than the 143 bytes that the strictest file systems in use (encrypted ones) allow."""

_MOST_SUFFIX = 16
"""Bytes of a suffix that is repeated: by it encoders know the kind of file; none is that long."""


def make_hidden_name(target: Path, ending: str = "", suffix: str = "") -> str:
    """Make the name of a hidden file that belongs to another.

    It says whose it is to people by its beginning and to programs by its key, which differs
    between any two names, but not where a file system takes them for one.

    Parameters
    ----------
    target : pathlib.Path
    ending : str
        What kind of hidden file it is.
    suffix : str
        Left out where it is too long.

    Examples
    --------
    >>> make_hidden_name(Path("arena.npz"), "-draft", ".npz")
    '.arena.65a7d58d-draft.npz'
    """
    spelled = normalize("NFC", target.name).casefold()
    key = sha256(spelled.encode(errors="surrogatepass")).hexdigest()[:8]
    head = target.stem.encode(errors="ignore")[:_HEAD_BYTES].decode(errors="ignore")
    short = suffix if len(suffix.encode(errors="surrogatepass")) <= _MOST_SUFFIX else ""
    return f".{head}.{key}{ending}{short}"
