import pytest

from neurospatial.backends import large_session_napari_config


@pytest.mark.parametrize(
    ("n_frames", "chunk_size", "max_chunks"),
    [
        (1, 100, 10),
        (49_999, 100, 10),
        (50_000, 500, 20),
        (199_999, 500, 20),
        (200_000, 1000, 50),
        (500_000, 1000, 50),
        (1_000_000, 1000, 50),
        (1_000_001, 1000, 100),
        (10_000_000, 1000, 100),
    ],
)
def test_settings_are_the_documented_ones(n_frames, chunk_size, max_chunks):
    config = large_session_napari_config(n_frames=n_frames, sample_rate_hz=250)
    assert config == {"fps": 30, "chunk_size": chunk_size, "max_chunks": max_chunks}


@pytest.mark.parametrize(
    ("rate", "fps"), [(None, 30), (250, 30), (30, 30), (25, 25), (12.5, 12), (0.2, 1)]
)
def test_playback_is_no_faster_than_the_recording(rate, fps):
    assert large_session_napari_config(1000, rate)["fps"] == fps


@pytest.mark.parametrize(
    ("n_frames", "rate"), [(0, None), (-1, 30), (10, 0), (10, -2), (10, float("nan"))]
)
def test_impossible_recordings_are_refused(n_frames, rate):
    with pytest.raises(ValueError, match=r"(?s)n_frames is .* and sample_rate_hz is .*WHY.*HOW"):
        large_session_napari_config(n_frames, rate)
