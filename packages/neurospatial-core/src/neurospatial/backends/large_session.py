"""Settings for viewing long recordings in napari."""

from typing import TypedDict

from neurospatial.errors import explain


class NapariConfig(TypedDict):
    """Keyword options of the napari backend."""

    fps: int
    chunk_size: int
    max_chunks: int


_UP_TO = ((50_000, 100, 10), (200_000, 500, 20), (1_000_001, 1000, 50))
"""Up to how many frames, how many are read at a time, and how many such chunks are kept."""


def large_session_napari_config(
    n_frames: int, sample_rate_hz: float | None = None
) -> NapariConfig:
    """Recommend napari settings for a recording of `n_frames`.

    Parameters
    ----------
    n_frames : int
        Number of frames.
    sample_rate_hz : float or None
        Frames recorded per second; playback is never faster than that, nor
        than 30 frames per second.

    Returns
    -------
    NapariConfig
        ``fps``, ``chunk_size`` (frames read at a time) and ``max_chunks`` (kept).

    Raises
    ------
    ValueError
        If either number is not positive.

    Examples
    --------
    >>> large_session_napari_config(500_000, sample_rate_hz=250)
    {'fps': 30, 'chunk_size': 1000, 'max_chunks': 50}
    """
    if n_frames < 1 or (sample_rate_hz is not None and not sample_rate_hz > 0):
        raise ValueError(
            explain(
                f"n_frames is {n_frames} and sample_rate_hz is {sample_rate_hz}.",
                "The settings follow from the length of a recording.",
                ["Pass n_frames >= 1 and sample_rate_hz > 0 (or leave it out)."],
            )
        )
    fps = 30 if sample_rate_hz is None else max(1, min(30, int(sample_rate_hz)))
    for limit, chunk_size, max_chunks in _UP_TO:
        if n_frames < limit:
            return {"fps": fps, "chunk_size": chunk_size, "max_chunks": max_chunks}
    return {"fps": fps, "chunk_size": 1000, "max_chunks": 100}
