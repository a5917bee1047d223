"""Measure this checkout beside the existing package.

tools/uv run --locked --group test python tools/bench
"""

import sys
from pathlib import Path

if __name__ == "__main__":
    # Run as a folder, Python puts that folder on the path; the package lies two above it.
    sys.path[0] = str(Path(__file__).parents[2])
    from tools.bench.command import main

    sys.exit(main())
