"""What cameras see of coloured squares on a dark floor, worked out pixel by pixel."""

from fractions import Fraction

import av
import cv2
import numpy as np

from tests.overlays.pictures.shots import HEIGHT, WIDTH

SIZE = 200, 120
CORNERS = {"red": (12, 10), "lime": (88, 10), "blue": (12, 50), "yellow": (88, 50)}
"""The middle of each square on the floor."""
SIDE = 9.0
_SAMPLES = 3

UPRIGHT = np.array([[WIDTH / SIZE[0], 0, 0], [0, -HEIGHT / SIZE[1], HEIGHT], [0, 0, 1]])
"""From the pixels of a camera that sees just the arena, straight from above, to the floor."""


def turned(angle, x_scale=1.0, y_scale=1.0, mirror=1.0):
    """From the pixels of a camera that is turned about the middle, and farther away."""
    middle = np.array([WIDTH / 2, HEIGHT / 2])
    c, s = np.cos(angle), np.sin(angle)
    linear = np.array([[c, -s], [s, c]]) @ np.diag([x_scale, mirror * y_scale])
    about = np.eye(3)
    about[:2, :2], about[:2, 2] = linear, middle - linear @ middle
    return about @ UPRIGHT


def tilted(tilt=0.5, turn=0.15, focal=170.0, far=105.0):
    """From the pixels of a pinhole camera that leans by `tilt` [rad], to the floor."""
    camera = np.array([[focal, 0, SIZE[0] / 2], [0, focal, SIZE[1] / 2], [0, 0, 1]])
    c, s = np.cos(turn), np.sin(turn)
    spin = np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]])
    c, s = np.cos(tilt), np.sin(tilt)
    lean = np.array([[1, 0, 0], [0, c, s], [0, -s, c]])
    pose = lean @ np.diag([1.0, -1.0, -1.0]) @ spin
    shift = np.array([0, 0, far]) - pose @ [WIDTH / 2, HEIGHT / 2, 0]
    return np.linalg.inv(camera @ np.column_stack([pose[:, 0], pose[:, 1], shift]))


def mapped(matrix, points):
    """Points (n, 2) through a homogeneous matrix."""
    deep = np.c_[points, np.ones(len(points))] @ matrix.T
    return deep[:, :2] / deep[:, 2:]


def unbent(lens, px):
    """Where points of a picture would lie without its lens: what `bent` leads back to them."""
    ideal = px.copy()
    for _ in range(10):
        ideal += px - bent(lens, ideal)
    return ideal


def bent(lens, px):
    """Where a lens shows points that would lie at `px` without it, by OpenCV."""
    matrix, coefficients = (np.asarray(given, dtype=float) for given in lens)
    rays = np.c_[(px - 0.5 - matrix[:2, 2]) / np.diag(matrix)[:2], np.ones(len(px))]
    shown, _ = cv2.projectPoints(rays, np.zeros(3), np.zeros(3), matrix, coefficients)
    return shown[:, 0] + 0.5


def take_picture(px_to_floor=UPRIGHT, lens=None, squares=None, size=SIZE):
    """The picture (height, width, 3) of a camera, 3 x 3 samples a pixel."""
    width, height = size
    steps = (np.arange(_SAMPLES) + 0.5) / _SAMPLES
    x = (np.arange(width)[:, None] + steps).ravel()
    y = (np.arange(height)[:, None] + steps).ravel()
    px = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    floor = mapped(px_to_floor, px if lens is None else unbent(lens, px))
    colors = np.zeros((len(px), 3))
    for color, place in (CORNERS if squares is None else squares).items():
        colors[(np.abs(floor - place) < SIDE / 2).all(axis=1)] = HUES[color]
    tiles = colors.reshape(height, _SAMPLES, width, _SAMPLES, 3).mean(axis=(1, 3))
    return np.rint(tiles).astype(np.uint8)


def landmarks(px_to_floor, lens=None):
    """The middles of the squares, in the picture and on the floor."""
    floor = np.array([*CORNERS.values()], dtype=float)
    px = mapped(np.linalg.inv(px_to_floor), floor)
    return {"landmarks_px": px if lens is None else bent(lens, px), "landmarks_env": floor}


HUES = {
    "red": (255, 0, 0),
    "lime": (0, 255, 0),
    "blue": (0, 0, 255),
    "yellow": (255, 255, 0),
    "magenta": (255, 0, 255),
}


def write_clip(path, pictures, fps=10):
    """Write pictures into a file, as good as without loss."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=fps, options={"crf": "4"})
        stream.height, stream.width = pictures[0].shape[:2]
        stream.pix_fmt = "yuv444p"
        stream.codec_context.time_base = Fraction(1, fps)
        for picture in pictures:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture)))
        container.mux(stream.encode())
    return path
