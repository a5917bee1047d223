"""What is said about a file just written."""

from pathlib import Path


def format_file_size(path: Path) -> str:
    """Format how large a file is.

    Examples
    --------
    >>> from tempfile import NamedTemporaryFile
    >>> with NamedTemporaryFile() as file:
    ...     _ = file.write(bytes(1_260_000))
    ...     file.flush()
    ...     format_file_size(Path(file.name))
    '1.3 MB'
    """
    size = path.stat().st_size
    return f"{size / 1e6:.1f} MB" if size >= 100_000 else f"{size / 1e3:.1f} kB"
