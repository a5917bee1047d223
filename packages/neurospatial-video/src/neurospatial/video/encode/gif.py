"""Writing a GIF: one palette for all frames, of the marks' colours and a sample of frames."""

from collections.abc import Callable
from math import ceil, sqrt
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy.spatial import KDTree

from neurospatial.scene import (
    RGBA,
    Curve,
    Layer,
    Points,
    Polygons,
    Scene,
    Segments,
    Text,
    Trace,
)
from neurospatial.video.canvas.canvas import Pixels, RGBCanvas
from neurospatial.video.encode.encode import compute_frame_rate, open_output
from neurospatial.video.figure.chrome import Chrome
from neurospatial.video.figure.frames import FramePainter
from neurospatial.video.options import VideoOptions

_SAMPLED_FRAMES = 12
"""Frames that the palette is chosen from: colours that fewer frames show are rarely missed."""

_SAMPLED_PIXELS = 2_100_000
"""Pixels of each of them, those of 1080p: of a larger one every second along both axes, or fewer,
are as good a sample, and twelve whole ones of 8K took 5 GB."""

_BLOCK_PIXELS = 250_000
"""Pixels whose colours are looked up together: what it takes (8 MB) stays near the processor."""

_MOST_RESERVED = 64
"""Colours of marks that have an entry of their own: a quarter, the rest is for the frames."""

_BITS = 6
"""Bits of a channel by which the nearest colour is looked up: 2**18 entries, a few ms to make."""


def write_gif(
    path: Path,
    scene: Scene,
    chrome: Chrome,
    options: VideoOptions,
    frames: range,
    advance: Callable[[int], object],
) -> None:
    """Paint frames and write them as a GIF; GIF counts time in hundredths of a second."""
    n_frames = scene.timeline.n_frames
    painter = FramePainter(scene, chrome, options.dpi, RGBCanvas)
    sampled = np.unique(np.linspace(0, n_frames - 1, min(n_frames, _SAMPLED_FRAMES)).astype(int))
    pixels = np.concatenate([_take_sample(painter.paint(int(i))) for i in sampled])
    palette = _choose_palette(pixels, _collect_mark_colors(scene))
    nearest = _find_nearest_colors(palette)
    height, width = chrome.picture.shape[:2]
    rate = compute_frame_rate(scene.timeline)
    indexed = np.empty((height, width), dtype=np.uint8)
    with open_output(path, loop=str(options.loop)) as container:
        stream = container.add_stream("gif", rate=rate)
        stream.width, stream.height, stream.pix_fmt = width, height, "pal8"
        for number, frame in enumerate(frames):
            _look_up_colors(painter.paint(frame), nearest, indexed)
            picture = av.VideoFrame.from_ndarray((indexed, palette), format="pal8")  # type: ignore[arg-type]
            picture.pts = number
            picture.time_base = 1 / rate
            container.mux(stream.encode(picture))
            advance(1)
        container.mux(stream.encode(None))


def _collect_mark_colors(scene: Scene) -> Pixels:
    """Collect the sRGB (n, 3) of all opaque marks, lines and words, each once.

    They cover few pixels: beside a film, median cut would give them none of its colours.
    """
    rgba = np.concatenate(
        [np.zeros((0, 4))]
        + [
            np.atleast_2d(np.asarray(color, dtype=np.float64))
            for layer in (*(x for panel in scene.panels for x in panel.layers), *scene.strips)
            if layer.visible
            for color in _get_colors(layer)
        ]
    )
    opaque = np.rint(255 * rgba[rgba[:, 3] == 1, :3]).astype(np.uint8)
    colors: Pixels = np.unique(opaque, axis=0)
    if len(colors) <= _MOST_RESERVED:
        return colors
    return np.take(colors, np.linspace(0, len(colors) - 1, _MOST_RESERVED).astype(int), axis=0)


def _get_colors(layer: Layer) -> tuple[RGBA | NDArray[np.float64], ...]:
    match layer:
        case Polygons():
            return layer.fill, layer.edge
        case Points() | Segments() | Curve() | Text() | Trace():
            return (layer.color,)
    return ()


def _choose_palette(pixels: Pixels, reserved: Pixels) -> Pixels:
    """Choose up to 256 colours (256, 4) as ARGB: those reserved, the others by median cut."""
    picture = Image.fromarray(pixels).quantize(
        256 - len(reserved), method=Image.Quantize.MEDIANCUT
    )
    chosen = np.array(picture.getpalette("RGB"), dtype=np.uint8).reshape(-1, 3)
    colors = np.concatenate([reserved, chosen[: 256 - len(reserved)]])
    palette = np.full((256, 4), 255, dtype=np.uint8)
    palette[: len(colors), 1:] = colors
    palette[len(colors) :] = palette[len(colors) - 1]
    return palette


def _take_sample(picture: Pixels) -> Pixels:
    """Copy the pixels of a picture, of a large one every so many-th."""
    step = ceil(sqrt(picture.shape[0] * picture.shape[1] / _SAMPLED_PIXELS))
    return picture[::step, ::step].copy()


def _look_up_colors(picture: Pixels, nearest: NDArray[np.uint8], indexed: Pixels) -> None:
    """Write the palette entry of each pixel (height, width, 3), some rows at a time."""
    height, width = indexed.shape
    n_rows = max(1, _BLOCK_PIXELS // width)
    for first in range(0, height, n_rows):
        rows = slice(first, first + n_rows)
        indexed[rows] = nearest[_to_cube_index(picture[rows])]


def _to_cube_index(picture: Pixels) -> NDArray[np.uint32]:
    red, green, blue = np.moveaxis(picture.astype(np.uint32) >> (8 - _BITS), -1, 0)
    return np.asarray((red << 2 * _BITS) | (green << _BITS) | blue)


def _find_nearest_colors(palette: Pixels) -> Pixels:
    """Find the nearest palette entry of every colour of `_BITS` bits a channel."""
    levels = (np.arange(2**_BITS) + 0.5) * 2 ** (8 - _BITS) - 0.5
    cube = np.stack(np.meshgrid(levels, levels, levels, indexing="ij"), axis=-1).reshape(-1, 3)
    return np.asarray(KDTree(palette[:, 1:]).query(cube)[1], dtype=np.uint8)
