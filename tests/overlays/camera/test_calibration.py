import json
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurospatial.overlays.camera.calibration import VideoCalibration
from neurospatial.overlays.camera.lens import Lens
from neurospatial.overlays.camera.projective import Projective2D, compute_local_scale
from neurospatial.scene import Affine2D
from tests.overlays.camera.cameras import BARREL, SIZE, explained, tilted

UPRIGHT = Affine2D.scaling(0.25, -0.25) @ Affine2D.translation(0, -240)
LANDMARKS = np.array([[10.5, 20], [300, 30], [200, 200]])
EVERY = {
    "affine": VideoCalibration(UPRIGHT, SIZE),
    "projective": VideoCalibration(tilted(), SIZE),
    "lens": VideoCalibration(UPRIGHT, SIZE, BARREL),
    "all": VideoCalibration(tilted(), SIZE, BARREL, LANDMARKS, LANDMARKS[:, ::-1]),
}
tilts = st.builds(tilted, st.floats(0, 1.2), st.floats(-3, 3))
pixels = st.lists(st.tuples(st.floats(0, 320), st.floats(60, 240)), min_size=1, max_size=5)


@given(tilts, pixels)
def test_projective_inverse_undoes(transform, px):
    np.testing.assert_allclose(transform.inverse(transform(px)), px, atol=1e-6)


@given(tilts, tilts, pixels)
def test_projective_composition_maps_first_by_the_right_one(a, b, px):
    first = b.inverse
    np.testing.assert_allclose((a @ first)(b(px)), a(px), rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose((a @ UPRIGHT.inverse)(UPRIGHT(px)), a(px), rtol=1e-6, atol=1e-6)


@given(tilts, pixels)
def test_local_scale_is_how_areas_grow(transform, px):
    step = 1e-3
    for point in px:
        a, b, c = transform([point, (point[0] + step, point[1]), (point[0], point[1] + step)])
        area = abs(np.linalg.det(np.array([b - a, c - a])))
        assert np.isclose(compute_local_scale(transform, point), np.sqrt(area) / step, rtol=1e-3)


def test_beyond_the_horizon_is_nowhere():
    steep = tilted(tilt=1.2, turn=0.0)
    # The horizon of a camera leaning 1.2 rad is tan(π/2 - 1.2) focal lengths above the middle.
    horizon = SIZE[1] / 2 - 260 * np.tan(np.pi / 2 - 1.2)
    above, below = steep([[160, horizon - 1], [160, horizon + 1]])
    assert np.isnan(above).all()
    assert below[1] > 5000
    behind = steep.inverse([50, -2000.0])
    assert np.isnan(behind).all()


@pytest.mark.parametrize("matrix", [np.eye(2), np.ones((3, 3)), np.diag([1, 1, np.nan])])
def test_other_projective_matrices_are_refused(matrix):
    with pytest.raises(ValueError, match=explained("The projective matrix is")):
        Projective2D(matrix)


@pytest.mark.parametrize("kind", EVERY)
def test_apply_inverse_undoes_apply(kind):
    px = np.random.default_rng(0).uniform(20, 220, (50, 2))
    calibration = EVERY[kind]
    np.testing.assert_allclose(calibration.apply_inverse(calibration.apply(px)), px, atol=0.05)
    there = calibration.transform_cm_to_px(calibration.transform_px_to_cm(px))
    np.testing.assert_allclose(there, px, atol=1e-6)


def test_orientation_is_upright():
    places = EVERY["affine"].apply([[0, 0], [320, 0], [320, 240], [0, 240]])
    assert places.tolist() == [[0, 60], [80, 60], [80, 0], [0, 0]]


def test_lens_comes_before_the_transform():
    px = [[12.0, 30.0], [160.5, 121.5]]
    expected = UPRIGHT(BARREL.undistorted(px))
    assert np.array_equal(EVERY["lens"].apply(px), expected)
    assert not np.allclose(expected[0], UPRIGHT(px)[0], atol=1)


def test_size_of_a_pixel():
    assert np.isclose(EVERY["affine"].cm_per_px, 0.25)
    a, b, c = tilted()([[160, 120], [160.001, 120], [160, 120.001]])
    area = abs(np.linalg.det(np.array([b - a, c - a])))
    assert np.isclose(EVERY["projective"].cm_per_px, 1e3 * np.sqrt(area), rtol=1e-4)


def test_residuals():
    assert EVERY["affine"].residuals_cm is None
    moved = UPRIGHT(LANDMARKS) + np.array([[0, 0], [3, -4], [0, 1]])
    calibration = VideoCalibration(UPRIGHT, SIZE, None, LANDMARKS, moved)
    np.testing.assert_allclose(calibration.residuals_cm, [0, 5, 1], atol=1e-12)


@pytest.mark.parametrize("kind", EVERY)
def test_saved_and_loaded_is_the_same(kind, tmp_path):
    calibration, path = EVERY[kind], tmp_path / "camera.json"
    calibration.save(path)
    px = np.random.default_rng(0).uniform(20, 220, (50, 2))
    for other in (VideoCalibration.load(path), pickle.loads(pickle.dumps(calibration))):
        assert type(other.transform_px_to_cm) is type(calibration.transform_px_to_cm)
        assert np.array_equal(other.apply(px), calibration.apply(px))
        assert other.frame_size_px == SIZE
        assert (other.residuals_cm is None) == (calibration.residuals_cm is None)
        if other.residuals_cm is not None:
            assert np.array_equal(other.residuals_cm, calibration.residuals_cm)
    assert json.loads(path.read_text())["version"] == 1
    assert [file.name for file in tmp_path.iterdir()] == ["camera.json"]


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"version": 2}, "written in version 2 of the format"),
        ({"version": "1"}, "has version '1'"),
        ({"version": 0}, "has version 0"),
        ({"format": "geojson"}, "does not say that its format is"),
        ({"kind": "cubic"}, "is damaged: KeyError: 'cubic'"),
        ({"transform_px_to_cm": [[1, 0], [0, 1]]}, "is damaged: An affine matrix is 3 by 3"),
        ({"transform_px_to_cm": [[1, 0, 1e300], [0, 1, 0], [0, 0, 1]]}, "the number 1e.300"),
        ({"landmarks_px": [[1, 2], [3, float("nan")]]}, "is damaged: it holds the number nan"),
        ({"transform_px_to_cm": "x"}, "is damaged: could not convert"),
        ({"frame_size_px": [320]}, "is damaged: frame_size_px is"),
        ({"frame_size_px": [1e400, 240]}, "is damaged: cannot convert float infinity"),
        ({"frame_size_px": None}, "is damaged: 'NoneType' object is not iterable"),
        ({"lens": {"camera_matrix": [[1]]}}, "is damaged: KeyError: 'distortion'"),
        ({"lens": 3}, "is damaged: 'int' object is not"),
        ({"landmarks_px": [[1, 2]]}, "is damaged: landmarks_px and"),
    ],
)
def test_damaged_file_is_refused(change, text, tmp_path):
    path = tmp_path / "camera.json"
    EVERY["lens"].save(path)
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    with pytest.raises(ValueError, match=explained(rf"camera\.json' .*{text}")):
        VideoCalibration.load(path)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", "is empty"),
        (b"\xff\xfe\x00", "cannot be read as JSON: 'utf-8' codec"),
        (b"not json", "cannot be read as JSON: Expecting value"),
        (b'{"format": "neuro', "cannot be read as JSON: Unterminated string"),
        (b"[" * 100_000, "cannot be read as JSON: "),
        (b'{"version": ' + b"9" * 5_000, "cannot be read as JSON: Exceeds the limit"),
        (b"version https://git-lfs.github.com/spec/v1\noid", "is a Git LFS pointer"),
    ],
)
def test_file_that_is_not_json_is_refused(content, text, tmp_path):
    path = tmp_path / "camera.json"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=explained(rf"camera\.json' {text}")):
        VideoCalibration.load(path)


def test_truncated_or_other_json_is_refused(tmp_path):
    path = tmp_path / "camera.json"
    EVERY["affine"].save(path)
    stored = json.loads(path.read_text())
    for key in stored:
        path.write_text(json.dumps({k: v for k, v in stored.items() if k != key}))
        with pytest.raises(ValueError, match="WHY"):
            VideoCalibration.load(path)
    path.write_text("[1, 2]")
    with pytest.raises(ValueError, match="does not say that its format"):
        VideoCalibration.load(path)
    with pytest.raises(FileNotFoundError):
        VideoCalibration.load(tmp_path / "none.json")


@pytest.mark.parametrize("size", [(320,), (320.5, 240), (0, 240), (320, -1), None, "ab"])
def test_other_frame_sizes_are_refused(size):
    with pytest.raises(ValueError, match=explained("frame_size_px is ")):
        VideoCalibration(UPRIGHT, size)


def test_other_types_are_refused():
    with pytest.raises(TypeError, match=explained("transform_px_to_cm is a ndarray")):
        VideoCalibration(np.eye(3), SIZE)
    with pytest.raises(TypeError, match=explained("lens is a list")):
        VideoCalibration(UPRIGHT, SIZE, [1, 2])
    with pytest.raises(ValueError, match=explained(r"shapes \[\(2, 2\), \(3, 2\)\]")):
        VideoCalibration(UPRIGHT, SIZE, None, LANDMARKS, LANDMARKS[:2])


def test_is_frozen():
    with pytest.raises(AttributeError):
        EVERY["affine"].frame_size_px = (1, 1)
    assert isinstance(EVERY["all"].lens, Lens)
