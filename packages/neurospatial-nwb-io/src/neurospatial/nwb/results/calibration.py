"""Where a camera's pixels lie in the environment, as a table of a file."""

import re
from importlib import import_module
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.install_hint import describe_update
from neurospatial.nwb.file import extensions
from neurospatial.nwb.file.datasets import read_array, to_text
from neurospatial.nwb.file.length_units import parse_unit
from neurospatial.nwb.file.modules import choose_item
from neurospatial.nwb.file.open import NWBInput, open_nwb
from neurospatial.nwb.file.tree import Container, Item, walk
from neurospatial.overlays import Lens, Projective2D, VideoCalibration
from neurospatial.scene import Affine2D
from neurospatial.validate.user_warning import warn_user

if TYPE_CHECKING:
    from pynwb.core import DynamicTable

# Now, so that poses which lie beside a calibration without their specification are known.
extensions.load_extensions(extensions.POSE)

VERSION = 1
"""Of the columns; a reader refuses a newer one."""

_UNIT = re.compile(r"\[(.*)\]")
"""In the description of a table, the unit of the environment."""

_MARK = "transform_px_to_env"
_KINDS: dict[str, type[Affine2D | Projective2D]] = {
    "affine": Affine2D,
    "projective": Projective2D,
}
_COLUMNS = {
    "version": "Version of these columns.",
    "kind": "Whether the transform is affine or projective.",
    _MARK: "Matrix from pixels (column, row, 1), the lens undone, to the environment [{unit}]. "
    "The top left corner of the picture is (0, 0), the centre of its first pixel (0.5, 0.5).",
    "frame_size_px": "Width and height of the pictures [px].",
    "camera_matrix": "Of the lens, as OpenCV has it: the centre of the first pixel is (0, 0).",
    "distortion": "Of the lens, as OpenCV has it: k1, k2, p1, p2, ...",
    "landmarks_px": "Landmarks in the picture [px].",
    "landmarks_env": "The same landmarks in the environment [{unit}].",
}


def build_calibration_table(calibration: VideoCalibration, name: str, unit: str) -> "DynamicTable":
    """Build a table of one row that holds a calibration, a column for each thing known."""
    common = import_module("hdmf.common")
    transform = calibration.transform_px_to_cm
    values: dict[str, object] = {
        "version": [VERSION],
        "kind": ["affine" if isinstance(transform, Affine2D) else "projective"],
        _MARK: transform.matrix[np.newaxis],
        "frame_size_px": np.array([calibration.frame_size_px]),
    }
    if calibration.lens is not None:
        values["camera_matrix"] = calibration.lens.camera_matrix[np.newaxis]
        values["distortion"] = calibration.lens.distortion[np.newaxis]
    if calibration.landmarks_px is not None and calibration.landmarks_env is not None:
        values["landmarks_px"] = calibration.landmarks_px[np.newaxis]
        values["landmarks_env"] = calibration.landmarks_env[np.newaxis]
    columns = [
        common.VectorData(name=key, description=_COLUMNS[key].format(unit=unit), data=data)
        for key, data in values.items()
    ]
    return common.DynamicTable(
        name=name,
        description=f"Where the pixels of a camera lie in the environment [{unit}].",
        columns=columns,
    )


def read_calibration(nwb: NWBInput, name: str | None = None) -> VideoCalibration:
    """Read the calibration of a camera that `write_overlays` put into a file.

    Parameters
    ----------
    nwb : path-like, binary file-like or pynwb.NWBFile
    name : str, optional
        Of its table; left out, there is one.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If the file is not NWB, has no such calibration or several, or the one
        meant is damaged or was written by a newer version.
    """
    with open_nwb(nwb) as file:
        held = _find_tables(file.root)
        return _read_table(choose_item(held, name, "calibration of a camera").thing)


def find_calibration(root: Container) -> tuple[VideoCalibration, str] | None:
    """Find the calibration of the one camera of a file, and the unit of its environment.

    Parameters
    ----------
    root : Container
        The NWBFile.

    Returns
    -------
    tuple of VideoCalibration and str, or None
        None where the file keeps none, or several.

    Raises
    ------
    ValueError
        If it is damaged or was written by a newer version.

    Warns
    -----
    UserWarning
        If there are several: whose pixels the positions are is not known.
    """
    held = _find_tables(root)
    if len(held) > 1:
        names = ", ".join(item.path for item in held)
        warn_user(
            f"The file has the calibrations of {len(held)} cameras ({names}), and none is used. "
            f"Pass calibration=read_calibration(path, {held[0].name!r}), or calibration=False."
        )
    if len(held) != 1:
        return None
    table = cast("DynamicTable", held[0].thing)
    unit = _UNIT.search(to_text(table.description))
    return _read_table(table), "" if unit is None else parse_unit(unit[1]) or ""


def _find_tables(root: Container) -> list[Item]:
    tables = [item for item in walk(root) if item.is_a("DynamicTable")]
    return [item for item in tables if _MARK in getattr(item.thing, "colnames", ())]


def _read_table(table: "DynamicTable") -> VideoCalibration:
    def read_row(column: str) -> NDArray[np.float64] | None:
        return read_array(table[column].data)[0] if column in table.colnames else None

    version = int(read_array(table["version"].data)[0]) if "version" in table.colnames else 0
    if version > VERSION:
        raise ValueError(
            explain(
                f"The calibration {table.name!r} is written in version {version}.",
                f"This neurospatial reads up to version {VERSION}.",
                [
                    describe_update(),
                    "Calibrate again with calibrate_video(...).",
                ],
            )
        )
    try:
        kind = to_text(read_array(table["kind"].data)[0])
        width, height = read_array(table["frame_size_px"].data)[0]
        matrix, distortion = read_row("camera_matrix"), read_row("distortion")
        lens = None if matrix is None or distortion is None else Lens(matrix, distortion)
        transform = _KINDS[kind](read_array(table[_MARK].data)[0])
        landmarks = read_row("landmarks_px"), read_row("landmarks_env")
        return VideoCalibration(transform, (int(width), int(height)), lens, *landmarks)
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise ValueError(
            explain(
                f"The calibration {table.name!r} is damaged: {type(error).__name__}: "
                f"{str(error).splitlines()[0]}",
                "Its columns are not those that write_overlays writes.",
                ["Write it again: write_overlays(...).", "Calibrate again: calibrate_video(...)."],
            )
        ) from error
