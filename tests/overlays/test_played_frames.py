"""Frames without frame_times are played from 0 s: what was recorded elsewhere is said."""

import numpy as np
import pytest

from neurospatial.overlays import (
    BodypartOverlay,
    EventOverlay,
    HeadDirectionOverlay,
    PositionOverlay,
    TimeSeriesOverlay,
    VideoOverlay,
)
from neurospatial.scene import compile_scene
from tests.overlays.scenes import make_box

N_FRAMES = 60
"""Two seconds at 30 frames a second."""


def make_overlays(last: float) -> dict[str, object]:
    """Overlays that were recorded from 0 s to a time."""
    times, places = np.linspace(0, last, 50), np.full((50, 2), 20.0)
    return {
        "PositionOverlay": PositionOverlay(places, times, max_gap=100),
        "BodypartOverlay": BodypartOverlay({"nose": places}, times, max_gap=100),
        "HeadDirectionOverlay": HeadDirectionOverlay(np.ones(50), times, max_gap=100),
        "TimeSeriesOverlay": TimeSeriesOverlay(np.arange(50), times),
        "VideoOverlay": VideoOverlay(np.zeros((50, 4, 4), np.uint8), times=times),
        "Events": EventOverlay(times, places),
    }


def show(overlay: object, **options: object) -> None:
    env = make_box()
    compile_scene(
        env, np.zeros((N_FRAMES, env.n_bins)), overlays=overlay, vmin=0, vmax=1, **options
    )


@pytest.mark.filterwarnings("ignore:VideoOverlay has no calibration")
@pytest.mark.parametrize("name", make_overlays(1.0))
def test_a_recording_much_longer_than_the_frames_is_said(name: str) -> None:
    text = rf"{name}: its times span 600 s, and the 60 frames, played without frame_times, 1.967 s"
    with pytest.warns(UserWarning, match=text):
        show(make_overlays(600.0)[name])
    show(make_overlays(3.5)[name])
    # With frame_times the same recording may be shown in part.
    show(make_overlays(600.0)[name], frame_times=np.linspace(0, 20, N_FRAMES))


def test_without_overlap_frame_times_are_asked_for() -> None:
    overlay = PositionOverlay(np.full((50, 2), 20.0), np.linspace(100, 700, 50), max_gap=100)
    with pytest.raises(
        ValueError, match=r"(?s)No temporal.*1\. The frames are played from 0 s: p"
    ):
        show(overlay)
