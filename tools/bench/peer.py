"""The existing package of the public index, in a venv of its own."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
VERSION = "0.6.0"
VENV = ROOT / ".nox" / "bench-peer"


def python() -> Path:
    """Give the peer's interpreter, installing the peer first where it is missing."""
    interpreter = VENV / "bin" / "python"
    if not (interpreter.exists() and _installed(interpreter) == VERSION):
        uv = str(ROOT / "tools" / "uv")
        venv = [uv, "venv", "--no-project", "--clear", "--python", sys.executable, str(VENV)]
        subprocess.run(venv, check=True)
        install = [uv, "pip", "install", "--python", str(interpreter)]
        # What it reads video files with is no dependency of it.
        reads_files = ["imageio[ffmpeg]", "opencv-python-headless"]
        subprocess.run([*install, f"neurospatial=={VERSION}", *reads_files], check=True)
    return interpreter


def _installed(interpreter: Path) -> str:
    code = "from importlib.metadata import version; print(version('neurospatial'))"
    asked = subprocess.run([interpreter, "-c", code], capture_output=True, text=True)
    return asked.stdout.strip()
