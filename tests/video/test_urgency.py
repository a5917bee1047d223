"""An encoder takes the machine from nobody."""

import os
import sys
from fractions import Fraction
from pathlib import Path
from threading import get_native_id

import numpy as np
import pytest

from neurospatial.video.encode import encode, quiet_encoders
from neurospatial.video.options import VideoOptions


def threads() -> set[int]:
    return {int(thread) for thread in os.listdir("/proc/self/task")}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems give no urgency")
@pytest.mark.skipif(
    hasattr(os, "geteuid") and os.geteuid() != 0, reason="an encoder may take urgency as root only"
)
def test_no_thread_is_more_urgent_while_av1_is_encoded_or_afterwards(tmp_path: Path) -> None:
    # What draws a viewer may have threads of its own here, as urgent as it likes.
    others = threads() - {get_native_id()}
    seen: list[list[int]] = []

    def look(_: int) -> None:
        seen.append([os.sched_getscheduler(thread) for thread in threads() - others])

    look(0)
    with quiet_encoders():
        encode(
            tmp_path / "a.mp4",
            (np.full((96, 64), shade, dtype=np.uint8) for shade in range(40)),
            (64, 64),
            Fraction(30),
            VideoOptions(save_path=tmp_path / "a.mp4", codec="av1"),
            0,
            40,
            look,
        )
    look(0)
    assert len(seen[20]) > len(seen[0]), "the encoder has threads of its own"
    assert {policy for policies in seen for policy in policies} == {os.SCHED_OTHER}
