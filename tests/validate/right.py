"""What is right, to be handed over beside one thing that is wrong."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import h5py
import numpy as np

from neurospatial import Environment
from neurospatial.nwb import edit_nwb, extend_fields, write_fields, write_rate_maps
from neurospatial.overlays import (
    BodypartOverlay,
    Lens,
    VideoCalibration,
    VideoOverlay,
    calibrate_video,
)
from neurospatial.scene import Affine2D, OverlayContext, compile_scene
from tests.nwb.nwb_files import make_session, save_nwb

TIMES = [0.0, 1.0, 2.0]
PLACES = [[0.5, 0.5], [1.5, 0.5], [2.5, 1.5]]
LINEAR = [0.5, 1.5, 2.5]
SQUARE = [[0, 0], [4, 0], [4, 4], [0, 4]]
CLICKED = [[0, 0], [3, 0], [3, 3]]

PLANE = Environment.from_grid_edges([[0, 1, 2, 3], [0, 1, 2]], units="cm")
PLANE.regions.add("begin", polygon=[[0, 0], [1, 0], [1, 2], [0, 2]])
PLANE.regions.add("end", polygon=[[2, 0], [3, 0], [3, 2], [2, 2]])
GRAPH = {0: (0, 0), 1: (3, 0)}
TRACK = Environment.from_graph(GRAPH, [(0, 1)], 0.0, 1.0)
CIRCLE = Environment.from_circle(np.pi / 3)
FIELD = np.arange(6.0)
FIELDS = np.tile(FIELD, (3, 1))
FILM = np.zeros((3, 8, 12, 3), np.uint8)
UPRIGHT = Affine2D.scaling(0.25, 0.25)
CALIBRATION = VideoCalibration(UPRIGHT, (12, 8))
LENS = Lens([[500, 0, 6], [0, 500, 4], [0, 0, 1]], [0, 0, 0, 0])
CONTEXT = OverlayContext(np.array(TIMES), np.array(TIMES), (0.0, 0.0, 3.0, 2.0), PLANE.layout)
QUIET = {"unit": "Hz", "progress": False}


def show(*overlays: object, **options: object) -> object:
    return compile_scene(PLANE, FIELDS, overlays=overlays, **{"frame_times": TIMES, **options})


def make_pose(data: object, times: object = TIMES, **more: object) -> BodypartOverlay:
    return BodypartOverlay({"nose": data}, times, **more)


def make_film(times: object) -> VideoOverlay:
    return VideoOverlay(FILM, CALIBRATION, times)


def calibrate(**given: object) -> object:
    clicked = {} if "cm_per_px" in given else {"landmarks_px": CLICKED, "landmarks_env": CLICKED}
    return calibrate_video(FILM, PLANE, **{**clicked, **given})


def write(how: Callable[..., object], *given: object, **more: object) -> object:
    """Write into a file of its own, and read the numbers that are then in it."""
    session = make_session()
    how(session, PLANE, *given, **more)
    with TemporaryDirectory() as folder:
        return read_numbers(save_nwb(session, Path(folder) / "session.nwb"))


def read_numbers(path: Path) -> dict[str, object]:
    """Read every array of numbers in a file, by its path."""
    found: dict[str, object] = {}

    def keep(name: str, item: object) -> None:
        if isinstance(item, h5py.Dataset) and item.dtype.kind in "fiu" and item.shape:
            found[name] = item[:]

    with h5py.File(path) as file:
        file.visititems(keep)
    return found


def write_maps(fields: object = FIELDS, **more: object) -> object:
    return write(write_rate_maps, fields, [7, 3, 40], **more)


def extend(fields: object = FIELDS, times: object = (4.0, 5.0, 7.0)) -> object:
    """Add to fields that are in a file."""
    session = make_session()
    write_fields(session, PLANE, FIELDS, [0.0, 1.0, 3.0], **QUIET)
    with TemporaryDirectory() as folder:
        path = save_nwb(session, Path(folder) / "session.nwb")
        with edit_nwb(path, progress=False) as session:
            extend_fields(session, fields, times, progress=False)
        return read_numbers(path)
