"""The encoder alone, as 0.10.0 had it set, fed frames that are ready."""

import os
import time
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from neurospatial.scene import Scene
from neurospatial.video import VideoOptions
from neurospatial.video.canvas.canvas import YUVCanvas
from neurospatial.video.figure.chrome import draw_chrome
from neurospatial.video.figure.frames import FramePainter
from tools.bench import data, our_cases

_X264 = {"preset": "superfast", "crf": "18", "aq-mode": "0"}
_KEYFRAME_SECONDS = 2


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
    """Write the frames as 0.10.0 had x264 set, and do nothing else.

    Its settings stand here, not where the backend has its own: what makes these faster counts.
    """
    first, rate = frames[0], Fraction(data.FPS)
    with av.open(
        str(options.path), "w", container_options={"movflags": "+faststart"}
    ) as container:
        stream = container.add_stream("libx264", rate=rate, options=_X264)
        stream.width, stream.height, stream.pix_fmt = first.width, first.height, "yuv420p"
        stream.codec_context.time_base = 1 / rate
        stream.codec_context.gop_size = round(_KEYFRAME_SECONDS * rate)
        stream.codec_context.thread_count = 0
        stream.codec_context.thread_type = "FRAME"
        for frame in frames:
            frame.time_base = 1 / rate
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
