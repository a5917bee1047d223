"""The encoder alone, fed frames that are ready."""

import os
import time
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from neurospatial.scene import Scene
from neurospatial.video import VideoOptions
from neurospatial.video.canvas.canvas import YUVCanvas
from neurospatial.video.encode import encode
from neurospatial.video.figure.chrome import draw_chrome
from neurospatial.video.figure.frames import FramePainter
from tools.bench import data, our_cases


def video(folder: str, save_path: str, n_frames: int, show: data.Show) -> dict[str, float]:
    """Paint every frame first, then encode and mux them; give the seconds of each half."""
    scene = our_cases.scene(folder, n_frames, show)
    options = VideoOptions(save_path=Path(save_path))
    begin = time.perf_counter()
    frames = _paint_frames(scene, options)
    painted = time.perf_counter() - begin
    begin = time.perf_counter()
    _encode(frames, options)
    seconds = time.perf_counter() - begin
    return {"seconds": seconds, "painting": painted, "bytes": os.path.getsize(save_path)}


def _paint_frames(scene: Scene, options: VideoOptions) -> list[av.VideoFrame]:
    chrome = draw_chrome(scene, options.choose_size(scene), options.dpi)
    painter = FramePainter(scene, chrome, options.dpi, YUVCanvas)
    frames = []
    for number in range(scene.timeline.n_frames):
        frame = av.VideoFrame.from_ndarray(np.copy(painter.paint(number)), format="yuv420p")
        frame.pts = number
        frames.append(frame)
    return frames


def _encode(frames: list[av.VideoFrame], options: VideoOptions) -> None:
    """Write the frames through the stream that the backend sets up, and nothing else of it."""
    settings = encode.StreamSettings(
        size=(frames[0].width, frames[0].height),
        rate=Fraction(data.FPS),
        options=options,
        threads=0,
        fewest=len(frames),
    )
    with encode.open_output(options.path) as container:
        stream = encode.add_stream(container, settings)
        for frame in frames:
            frame.time_base = 1 / settings.rate
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
