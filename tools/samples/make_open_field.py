"""Make the trajectory that ships in neurospatial.samples from its source.

    python tools/samples/make_open_field.py path/to/sargolini.npz

The source is in the wheel of ratinabox (MIT): times `t` [s] and positions `pos`
as parts of a 1 m box.
"""

import sys
from pathlib import Path

import numpy as np

TARGET = (
    Path(__file__).parents[2]
    / "packages/neurospatial-core/src/neurospatial/samples/data/open_field.npz"
)
BOX = 100.0  # [cm]
SAMPLE_PERIOD = 0.02  # [s]


def main(source: Path) -> None:
    """Quantise the source and write the package's data file."""
    recorded = np.load(source)
    ticks = np.rint(recorded["t"].ravel() / SAMPLE_PERIOD)
    levels = np.rint(recorded["pos"].T * np.iinfo(np.uint16).max).astype(np.uint16)
    # Differences repeat more than positions do and so compress better; those of
    # unsigned numbers wrap around, and adding them up wraps back.
    np.savez_compressed(
        TARGET,
        box=BOX,
        sample_period=SAMPLE_PERIOD,
        tick_steps=np.diff(ticks, prepend=0).astype(np.uint8),
        level_steps=np.diff(levels, axis=1, prepend=np.zeros((2, 1), np.uint16)),
    )
    print(f"{TARGET}: {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
