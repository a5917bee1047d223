"""The existing packages of the public index, in venvs of their own.

For its videos the one by our name needs the system's ffmpeg.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
VERSION = "0.6.0"
SLEAP_VERSION = "0.9.5"
_OURS_BY_NAME = f"neurospatial=={VERSION}"
VENVS = {
    # What it reads video files with is no dependency of it.
    "peer_cases": (
        ROOT / ".nox" / "bench-peer",
        [_OURS_BY_NAME, "imageio[ffmpeg]", "opencv-python-headless"],
    ),
    "peer_viewer": (
        ROOT / ".nox" / "bench-peer-viewer",
        [_OURS_BY_NAME, f"neurospatial[animation]=={VERSION}"],
    ),
    "sleap_cases": (ROOT / ".nox" / "bench-sleap", [f"sleap-io[all]=={SLEAP_VERSION}"]),
}
"""Where the cases of a module run, and what is installed there, the peer first."""


def python(module: str = "peer_cases") -> Path:
    """Find the peer's interpreter, installing the peer first where it is missing."""
    venv, wanted = VENVS[module]
    name, _, version = re.sub(r"\[.*?\]", "", wanted[0]).partition("==")
    interpreter = venv / "bin" / "python"
    if not (interpreter.exists() and _read_installed(interpreter, name) == version):
        uv = str(ROOT / "tools" / "uv")
        make = [uv, "venv", "--no-project", "--clear", "--python", sys.executable, str(venv)]
        subprocess.run(make, check=True)
        install = [uv, "pip", "install", "--python", str(interpreter)]
        subprocess.run([*install, *wanted], check=True)
    return interpreter


def _read_installed(interpreter: Path, name: str) -> str:
    code = f"from importlib.metadata import version; print(version({name!r}))"
    asked = subprocess.run([interpreter, "-c", code], capture_output=True, text=True)
    return asked.stdout.strip()
