import importlib.metadata
import subprocess
import sys
from types import ModuleType

import pytest

import neurospatial
import neurospatial.animation
import neurospatial.backends
import neurospatial.overlays
import neurospatial.scene
from neurospatial._lazy import import_name
from neurospatial.install_hint import make_install_line


@pytest.mark.parametrize(
    ("name", "room"),
    [
        ("animate_fields", neurospatial.backends),
        ("check_ffmpeg_available", neurospatial.backends),
        ("large_session_napari_config", neurospatial.backends),
        ("subsample_frames", neurospatial.scene),
        ("estimate_colormap_range_from_subset", neurospatial.scene),
    ],
)
def test_a_documented_name_is_the_one_that_lives_in_core(name: str, room: ModuleType) -> None:
    assert getattr(neurospatial.animation, name) is getattr(room, name)
    assert name in dir(neurospatial.animation)


def test_everything_listed_can_be_had() -> None:
    namespace: dict[str, object] = {}
    exec("from neurospatial.animation import *", namespace)
    assert set(neurospatial.animation.__all__) <= set(namespace)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="animate_feilds"):
        _ = neurospatial.animation.animate_feilds


def test_a_name_that_a_room_does_not_hold_yet_says_so() -> None:
    with pytest.raises(ImportError, match=r"has no 'Nothing': it is not in this version yet"):
        import_name("Nothing", "neurospatial.scene")


def test_videos_can_be_written_where_their_room_is(monkeypatch: pytest.MonkeyPatch) -> None:
    from neurospatial.animation.backends import video_backend
    from neurospatial.video import check_ffmpeg_available

    assert video_backend.check_ffmpeg_available is check_ffmpeg_available
    assert check_ffmpeg_available() is True
    assert neurospatial.animation.check_ffmpeg_available is check_ffmpeg_available
    monkeypatch.setattr(
        "neurospatial.backends.registry.find_installed", dict[str, importlib.metadata.EntryPoint]
    )
    assert video_backend.check_ffmpeg_available() is False


def test_the_widget_is_offered() -> None:
    from neurospatial.animation.backends import widget_backend
    from neurospatial.widget import FieldsWidget

    assert widget_backend.FieldsWidget is FieldsWidget


@pytest.mark.parametrize("extra", ["html", "widget", "napari"])
def test_a_missing_distribution_is_named_with_its_pip_line(
    extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # None in sys.modules is how Python itself marks a module that cannot be imported.
    monkeypatch.setitem(sys.modules, f"neurospatial.{extra}", None)
    module = importlib.import_module(f"neurospatial.animation.backends.{extra}_backend")
    names = {
        "html": "HTMLPage",
        "widget": "FieldsWidget",
        "napari": "animation_of",
    }
    name = names[extra]
    with pytest.raises(ImportError) as caught:
        getattr(module, name)
    assert not hasattr(module, "render")
    assert make_install_line(f"neurospatial[{extra}]") in str(caught.value)


def test_what_is_missing_inside_a_room_is_not_blamed_on_the_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(sys.modules, "neurospatial.scene.affine")
    monkeypatch.delitem(sys.modules, "neurospatial.scene")
    monkeypatch.setitem(sys.modules, "neurospatial.scene.affine", None)
    with pytest.raises(ModuleNotFoundError, match=r"neurospatial\.scene\.affine"):
        import_name("Affine2D", "neurospatial.scene")


def test_importing_the_documented_paths_and_the_command_loads_nothing_heavy() -> None:
    code = "import sys, neurospatial.animation, neurospatial.animation.cli; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"matplotlib", "scipy", "av", "cv2", "shapely", "neurospatial.scene"} & set(loaded)


def test_the_command_is_installed() -> None:
    points = importlib.metadata.entry_points(group="console_scripts", name="neurospatial")
    (point,) = points
    assert point.value == "neurospatial.animation.cli:main"


def test_the_overlays_are_offered_under_their_documented_path() -> None:
    from neurospatial.animation import overlays
    from neurospatial.overlays import PositionOverlay

    assert overlays.PositionOverlay is PositionOverlay
    listed = set(neurospatial.animation.__all__) & set(dir(neurospatial.overlays))
    assert set(overlays.__all__) == listed


def test_the_conversion_of_the_documents_is_answered_with_what_does_it_now() -> None:
    with pytest.raises(ImportError, match=r"(?s)WHY: .*HOW: .*overlays=\[overlay\]"):
        from neurospatial.animation.overlays import (  # type: ignore[attr-defined]
            _convert_overlays_to_data,  # noqa: F401
        )
