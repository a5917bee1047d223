"""An encoder takes the machine from nobody."""

import os
import sys
from fractions import Fraction
from pathlib import Path
from threading import get_native_id

import numpy as np
import pytest

from neurospatial.video.encode.encode import StreamSettings, encode
from neurospatial.video.options import VideoOptions


def read_priorities() -> dict[int, int]:
    """The scheduling policy of each thread of this process."""
    threads = map(int, os.listdir("/proc/self/task"))
    return {thread: os.sched_getscheduler(thread) for thread in threads}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems give no urgency")
@pytest.mark.skipif(
    hasattr(os, "geteuid") and os.geteuid() != 0, reason="an encoder may take urgency as root only"
)
def test_no_thread_is_more_urgent_while_av1_is_encoded_or_afterwards(tmp_path: Path) -> None:
    snapshots: list[dict[int, int]] = []

    def look(_: int) -> None:
        snapshots.append(read_priorities())

    look(0)
    encode(
        tmp_path / "a.mp4",
        (np.full((96, 64), shade, dtype=np.uint8) for shade in range(40)),
        StreamSettings(
            size=(64, 64),
            rate=Fraction(30),
            options=VideoOptions(save_path=tmp_path / "a.mp4", codec="av1"),
            threads=0,
            fewest=40,
        ),
        look,
    )
    look(0)
    assert len(snapshots[20]) > len(snapshots[0]), "the encoder has threads of its own"
    # What draws a viewer may have patient threads here, from tests before.
    usual = {thread: os.SCHED_OTHER for threads in snapshots for thread in threads} | snapshots[0]
    assert usual[get_native_id()] == os.SCHED_OTHER
    assert all(threads.items() <= usual.items() for threads in snapshots)
