"""Run the blocks of the pages as a reader would, and keep the pictures they make.

``python docs/build.py [PAGE ...]`` runs every page, or those named, and renews
``docs/pictures``; what a program shows on a screen is in ``docs/screenshots``, taken by
hand. Python blocks of a page share one namespace, ``sh`` blocks run in the same folder, and
an ``output`` block is what the block before it prints (``...`` stands for
anything). A ``sh`` block finds this folder under the name DOCS.
"""

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, redirect_stdout
from dataclasses import dataclass
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE, OutputChecker
from pathlib import Path
from tempfile import TemporaryDirectory

FOLDER = Path(__file__).parent
PAGES = tuple(
    sorted(page for part in (".", "layouts", "developing") for page in FOLDER.glob(f"{part}/*.md"))
)
PICTURES = FOLDER / "pictures"
COLOURS = 256


@dataclass(frozen=True)
class Block:
    """A fenced block of a page.

    Parameters
    ----------
    page : pathlib.Path
    line : int
        Number of its first line within the page, from 1.
    language : str
    code : str
    """

    page: Path
    line: int
    language: str
    code: str

    @property
    def place(self) -> str:
        """Where it stands, as in ``quickstart.md:12``."""
        return f"{self.page.name}:{self.line}"


def blocks(page: Path) -> Iterator[Block]:
    """Find the fenced blocks of a page."""
    inside: str | None = None
    held: list[str] = []
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(keepends=True), 1):
        if not line.startswith("```"):
            held.append(line)
        elif inside is None:
            inside, held = line.strip("`\n "), []
        else:
            yield Block(page, number - len(held), inside, "".join(held))
            inside = None


def run_page(page: Path, folder: Path) -> None:
    """Run the blocks of a page in a folder, comparing what is printed with what is shown.

    Raises
    ------
    AssertionError
        If a page shows other output than there is.
    """
    namespace: dict[str, object] = {"__name__": "__main__"}
    printed = ""
    for block in blocks(page):
        if block.language == "python":
            printed = run_python(block, folder, namespace)
        elif block.language == "sh":
            printed = run_shell(block, folder)
        elif block.language == "output" and not same(block.code, printed):
            raise AssertionError(f"{block.place} shows\n{block.code}but there is\n{printed}")


def run_python(block: Block, folder: Path, namespace: dict[str, object]) -> str:
    """Run a block of Python and give what it prints."""
    lines = "\n" * (block.line - 1)
    code = compile(lines + block.code, str(block.page), "exec")
    with chdir(folder), redirect_stdout(io.StringIO()) as printed:
        exec(code, namespace)
    return printed.getvalue()


def run_shell(block: Block, folder: Path) -> str:
    """Run a block of shell and give what it prints on stdout."""
    scripts = Path(sys.executable).parent
    done = subprocess.run(
        ["sh", "-euc", block.code],
        cwd=folder,
        env={
            **os.environ,
            "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
            "DOCS": str(FOLDER),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{block.place} failed: {done.stderr}"
    return done.stdout


def same(shown: str, printed: str) -> bool:
    """Say whether what a page shows is what is printed, ``...`` standing for anything."""
    return OutputChecker().check_output(shown, printed, ELLIPSIS | NORMALIZE_WHITESPACE)


def keep_pictures(folder: Path) -> None:
    """Keep the pictures in a folder, small, as those of the documentation."""
    from PIL import Image

    PICTURES.mkdir(exist_ok=True)
    for path in sorted(folder.glob("*.png")):
        with Image.open(path) as picture:
            few = picture.convert("RGB").quantize(
                COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE
            )
        few.save(PICTURES / path.name, optimize=True)
        print(f"{path.name}: {(PICTURES / path.name).stat().st_size // 1000} kB")


if __name__ == "__main__":
    for page in PAGES:
        if sys.argv[1:] and page.stem not in sys.argv[1:]:
            continue
        with TemporaryDirectory() as name:
            run_page(page, Path(name))
            keep_pictures(Path(name))
