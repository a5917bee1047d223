"""Overlays from the built wheels, with and without what reads the files of cameras."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.install.venvs import Installed

WITH_CAMERA = ["overlays[camera]", "meta[video]"]
WITHOUT_CAMERA = ["overlays", "meta"]
EVERYWHERE = [*WITHOUT_CAMERA, *WITH_CAMERA]
LATE = ["matplotlib", "scipy", "av", "cv2", "h5py", "pandas", "xarray", "pynapple"]

# The names in the issue that asks for overlays and in the documentation.
DOCUMENTED = [
    "BodypartOverlay", "CameraPanel", "EventOverlay", "FieldPanel", "HeadDirectionOverlay",
    "Lens", "ObjectVectorOverlay", "PositionOverlay", "RegionOverlay", "Skeleton",
    "TimeSeriesOverlay", "VideoCalibration", "VideoOverlay", "VideoReader", "animate",
    "animate_fields", "calibrate_video", "check_ffmpeg_available",
    "estimate_colormap_range_from_subset", "from_dlc", "from_movement", "from_pynapple",
    "from_sleap", "large_session_napari_config", "subsample_frames",
]  # fmt: skip

WALK = """
import sys
import numpy as np
from neurospatial import Environment
from neurospatial.overlays import PositionOverlay, VideoOverlay, VideoReader, calibrate_video
from neurospatial.scene import compile_scene

positions = np.random.default_rng(0).uniform(0, 100, (2000, 2))
env = Environment.from_samples(positions, bin_size=5.0, units="cm")
fields = np.linspace(0, 1, 4 * env.n_bins).reshape(4, env.n_bins)
clock = np.arange(4) / 30
"""

CLIP = """
import av

with av.open("clip.mp4", "w") as file:
    stream = file.add_stream("mpeg4", rate=30, width=64, height=48)
    for grey in (10, 90, 170, 250):
        picture = np.full((48, 64, 3), grey, dtype=np.uint8)
        file.mux(stream.encode(av.VideoFrame.from_ndarray(picture)))
    file.mux(stream.encode(None))
"""


@pytest.mark.parametrize("name", EVERYWHERE)
def test_importing_overlays_loads_nothing_heavy(
    install: Callable[[str], Installed], name: str
) -> None:
    loaded = install(name).python(
        "import sys, neurospatial.overlays as overlays; print(*sys.modules)"
    )
    assert not set(LATE) & set(loaded.split())


@pytest.mark.parametrize("name", EVERYWHERE)
def test_a_position_becomes_points_without_a_decoder(
    install: Callable[[str], Installed], name: str
) -> None:
    said = install(name).python(
        WALK + "overlay = PositionOverlay(positions[:4], trail_length=2)\n"
        "assert not {'matplotlib', 'av', 'cv2'} & set(sys.modules), 'at import'\n"
        "(panel,) = compile_scene(env, fields, overlays=[overlay]).panels\n"
        "assert not {'av', 'cv2'} & set(sys.modules), 'when lowered'\n"
        "(points,) = [layer for layer in panel.layers if type(layer).__name__ == 'Points']\n"
        "assert np.allclose(points.xy[:, 0], positions[:4])\n"
        "print(points.name)"
    )
    assert said == "Position"


@pytest.mark.parametrize("name", WITHOUT_CAMERA)
@pytest.mark.parametrize(
    "use",
    [
        "VideoReader('clip.mp4')",
        "compile_scene(env, fields, frame_times=clock, overlays=[VideoOverlay('clip.mp4')])",
        "calibrate_video('clip.mp4', env, cm_per_px=0.5)",
    ],
)
def test_the_file_of_a_camera_needs_the_extra(
    install: Callable[[str], Installed],
    line: Callable[[str], str],
    tmp_path: Path,
    name: str,
    use: str,
) -> None:
    (tmp_path / "clip.mp4").write_bytes(b"\0\0\0\x20ftypisom")
    said = install(name).python(
        WALK + f"try:\n    {use}\nexcept ImportError as error:\n    print(error)", cwd=tmp_path
    )
    assert said.endswith(line("neurospatial-overlays[camera]"))
    assert "PyAV is not installed" in said


@pytest.mark.parametrize("name", WITHOUT_CAMERA)
def test_pictures_in_memory_need_no_extra(install: Callable[[str], Installed], name: str) -> None:
    said = install(name).python(
        WALK + "pictures = np.zeros((4, 200, 200, 3), np.uint8)\n"
        "calibration = calibrate_video(pictures, env, cm_per_px=0.5)\n"
        "camera = VideoOverlay(pictures, calibration, times=clock)\n"
        "scene = compile_scene(env, fields, frame_times=clock, overlays=[camera])\n"
        "print(*[type(layer).__name__ for layer in scene.panels[0].layers])"
    )
    assert "Image" in said.split()


@pytest.mark.parametrize("name", WITH_CAMERA)
def test_the_file_of_a_camera_is_read_with_the_extra(
    install: Callable[[str], Installed], tmp_path: Path, name: str
) -> None:
    said = install(name).python(
        WALK + CLIP + "import json\n"
        "calibration = calibrate_video('clip.mp4', env, cm_per_px=2.5)\n"
        "camera = VideoOverlay('clip.mp4', calibration)\n"
        "scene = compile_scene(env, fields, frame_times=clock, overlays=[camera])\n"
        "images = [x for x in scene.panels[0].layers if type(x).__name__ == 'Image']\n"
        "with VideoReader('clip.mp4') as video:\n"
        "    greys = [float(video.frame(i).mean()) for i in (3, 0, 2, 1)]\n"
        "print(json.dumps([greys, [x.frame_index.tolist() for x in images]]))",
        cwd=tmp_path,
    )
    greys, shown = json.loads(said)
    assert greys == pytest.approx([250, 10, 170, 90], abs=8)
    assert shown == [[0, 1, 2, 3]]


def test_video_brings_the_extra_of_overlays(install: Callable[[str], Installed]) -> None:
    needed = json.loads(
        install("meta").python(
            "import json\n"
            "from importlib.metadata import requires\n"
            "print(json.dumps(requires('neurospatial')))"
        )
    )
    lines = [line for line in needed if line.startswith("neurospatial-overlays[camera]")]
    assert any(line.replace("'", '"').endswith('extra == "video"') for line in lines)


@pytest.mark.parametrize("name", ["meta", "meta[video]"])
def test_every_documented_name_comes_from_animation(
    install: Callable[[str], Installed], name: str
) -> None:
    said = install(name).python(
        "import json, sys\n"
        "import neurospatial.animation as animation\n"
        f"from neurospatial.animation import {', '.join(DOCUMENTED)}\n"
        "import neurospatial.overlays as overlays\n"
        "for name in set(animation.__all__) & set(overlays.__all__):\n"
        "    assert getattr(animation, name) is getattr(overlays, name), name\n"
        f"heavy = (set({LATE!r}) - {{'scipy'}}) & set(sys.modules)\n"
        "print(json.dumps([sorted(animation.__all__), sorted(heavy)]))"
    )
    offered, heavy = json.loads(said)
    assert offered == sorted(DOCUMENTED)
    assert heavy == []
