"""The existing package of the public index, in venvs of its own.

For its videos it needs the system's ffmpeg.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
VERSION = "0.6.0"
VENVS = {
    # What it reads video files with is no dependency of it.
    "peer_cases": (ROOT / ".nox" / "bench-peer", ["imageio[ffmpeg]", "opencv-python-headless"]),
    "peer_viewer": (ROOT / ".nox" / "bench-peer-viewer", [f"neurospatial[animation]=={VERSION}"]),
}
"""Where the cases of a module run, and what is installed there beside the peer."""


def python(module: str = "peer_cases") -> Path:
    """Find the peer's interpreter, installing the peer first where it is missing."""
    venv, beside = VENVS[module]
    interpreter = venv / "bin" / "python"
    if not (interpreter.exists() and _read_installed(interpreter) == VERSION):
        uv = str(ROOT / "tools" / "uv")
        make = [uv, "venv", "--no-project", "--clear", "--python", sys.executable, str(venv)]
        subprocess.run(make, check=True)
        install = [uv, "pip", "install", "--python", str(interpreter)]
        subprocess.run([*install, f"neurospatial=={VERSION}", *beside], check=True)
    return interpreter


def _read_installed(interpreter: Path) -> str:
    code = "from importlib.metadata import version; print(version('neurospatial'))"
    asked = subprocess.run([interpreter, "-c", code], capture_output=True, text=True)
    return asked.stdout.strip()
