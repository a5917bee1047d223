"""What is frozen is the caller's no more: whoever changes an array afterwards changes nothing."""

from collections.abc import Callable

import numpy as np
import pytest

from neurospatial.environment.diffusion import HeatKernel
from neurospatial.layouts import (
    GraphTrack,
    HexagonalGrid,
    LayoutPart,
    RegularGrid,
    TriangularMesh,
)
from neurospatial.overlays.camera.calibration import VideoCalibration
from neurospatial.overlays.camera.lens import Lens
from neurospatial.overlays.camera.projective import Projective2D
from neurospatial.regions import Region
from neurospatial.regions.geojson import from_features
from neurospatial.scene import Affine2D, ColorScale

GRID = RegularGrid((np.arange(4.0), np.arange(3.0)), np.ones((3, 2), dtype=bool))
FLAT = Affine2D.scaling(0.5, -0.5)
TILTED = [[1.0, 0.2, 3.0], [0.1, 1.0, 4.0], [0.0, 0.01, 1.0]]

MAKERS: dict[str, tuple[Callable[..., object], dict[str, np.ndarray]]] = {
    "affine": (Affine2D, {"matrix": np.array([[2.0, 0, 1], [0, 3, 2], [0, 0, 1]])}),
    "projective": (Projective2D, {"matrix": np.array(TILTED)}),
    "lens": (
        Lens,
        {
            "camera_matrix": np.array([[500.0, 0, 320], [0, 500, 240], [0, 0, 1]]),
            "distortion": np.array([-0.2, 0.01, 0.0, 0.0]),
        },
    ),
    "calibration": (
        lambda **given: VideoCalibration(FLAT, (640, 480), **given),
        {
            "landmarks_px": np.arange(8.0).reshape(4, 2),
            "landmarks_env": np.arange(8.0).reshape(4, 2) + 1,
        },
    ),
    "grid": (
        lambda x, y, active: RegularGrid((x, y), active),
        {
            "x": np.arange(4.0),
            "y": np.arange(3.0),
            "active": np.ones((3, 2), dtype=bool),
        },
    ),
    "hexagons": (
        lambda active: HexagonalGrid((0.0, 0.0), 2.0, active),
        {"active": np.ones((3, 2), dtype=bool)},
    ),
    "mesh": (
        TriangularMesh,
        {
            "vertices": np.array([[0.0, 0], [1, 0], [1, 1], [0, 1]]),
            "triangles": np.array([[0, 1, 2], [0, 2, 3]]),
        },
    ),
    "part": (lambda bins: LayoutPart(GRID, bins), {"bins": np.array([0, 2, 3])}),
    "track": (
        lambda **given: GraphTrack(bin_size=2.0, **given),
        {
            "segments": np.array([[[0.0, 0], [4, 0]], [[4, 0], [4, 2]]]),
            "nodes": np.array([[0, 1], [1, 2]], dtype=np.intp),
            "spacing": np.array([1.0]),
            "precedence": np.arange(2, dtype=np.intp),
            "active": np.array([True, True, False]),
        },
    ),
    "region": (lambda point: Region("goal", point=point), {"point": np.array([1.0, 2.0])}),
}


def find_arrays(made: object) -> dict[str, np.ndarray]:
    """Every array that an object was made with and holds."""
    if isinstance(made, Region) and made.point is not None:
        return {"point": made.point}
    held = {name: value for name, value in vars(made).items() if not name.startswith("_")}
    held |= {f"edges {axis}": edges for axis, edges in enumerate(held.pop("edges", ()))}
    return {name: value for name, value in held.items() if isinstance(value, np.ndarray)}


@pytest.mark.parametrize("name", MAKERS)
def test_what_the_caller_changes_afterwards_changes_nothing(name: str) -> None:
    make, given = MAKERS[name]
    given = {key: array.copy() for key, array in given.items()}
    made = make(**given)
    before = {key: array.copy() for key, array in find_arrays(made).items()}
    assert before, "nothing is compared"
    for array in given.values():
        assert array.flags.writeable, "the caller's own array is locked"
        array[...] = ~array if array.dtype == bool else array + 7
    for key, array in find_arrays(made).items():
        np.testing.assert_array_equal(array, before[key], key)


@pytest.mark.parametrize("name", MAKERS)
def test_what_it_holds_cannot_be_written_to(name: str) -> None:
    make, given = MAKERS[name]
    for key, array in find_arrays(make(**given)).items():
        assert not array.flags.writeable, key


def test_diffusion_leaves_what_it_is_given_and_returns_what_is_its_own() -> None:
    kernel = HeatKernel(GRID, 1.0)
    masses = np.eye(6)
    smooth = kernel.apply(masses)
    expected = smooth.copy()
    np.testing.assert_array_equal(masses, np.eye(6))
    smooth[...] = 0
    np.testing.assert_array_equal(kernel.apply(masses), expected)
    for bandwidth in (0.0, 1e-9):
        still = HeatKernel(GRID, bandwidth).apply(masses)
        still[...] = 5.0
        np.testing.assert_array_equal(masses, np.eye(6))


def test_a_color_table_is_nobody_s_to_change() -> None:
    scale = ColorScale.from_cmap("viridis", 0.0, 1.0)
    lut = scale.rgba_lut
    lut[...] = 0
    assert scale.rgba_lut[:255, 3].all()
    with pytest.raises(ValueError, match="read-only"):
        scale.table[0] = 0
    codes = scale.quantise(values := np.array([0.0, np.nan, 2.0]))
    np.testing.assert_array_equal(values, [0.0, np.nan, 2.0])
    assert codes.tolist() == [0, 255, 254]


def test_features_stay_as_they_are_where_regions_are_made_of_them() -> None:
    point = {"type": "Point", "coordinates": [1.0, 2.0]}
    feature = {"type": "Feature", "geometry": point, "properties": {"name": "goal", "n": 1}}
    (region,) = from_features({"type": "FeatureCollection", "features": [feature]})
    assert feature["properties"] == {"name": "goal", "n": 1}
    assert dict(region.metadata) == {"n": 1}
