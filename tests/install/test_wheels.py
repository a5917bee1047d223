"""What stands in the built wheels."""

from pathlib import Path
from zipfile import ZipFile

import pytest

ROOMS = {
    "neurospatial_core": "neurospatial",
    "neurospatial_overlays": "neurospatial/overlays",
    "neurospatial_video": "neurospatial/video",
    "neurospatial_html": "neurospatial/html",
    "neurospatial_widget": "neurospatial/widget",
    "neurospatial_napari": "neurospatial/napari",
    "neurospatial_nwb_io": "neurospatial/nwb",
    "neurospatial": "neurospatial/animation",
}


def test_all_eight_are_built_with_one_version(wheels: Path) -> None:
    stems = [wheel.name.split("-")[:2] for wheel in wheels.glob("*.whl")]
    assert {name for name, _ in stems} == set(ROOMS)
    assert len({version for _, version in stems}) == 1


@pytest.mark.parametrize("name", ROOMS)
def test_a_wheel_holds_its_own_room_alone(wheels: Path, name: str) -> None:
    (wheel,) = wheels.glob(f"{name}-*.whl")
    with ZipFile(wheel) as archive:
        names = archive.namelist()
    room = ROOMS[name]
    code = [path for path in names if ".dist-info/" not in path]
    assert all(path.startswith(f"{room}/") for path in code)
    assert f"{room}/__init__.py" in code
    assert f"{room}/py.typed" in code
    assert ("neurospatial/__init__.py" in code) == (name == "neurospatial_core")
    assert any(path.endswith(".dist-info/licenses/LICENSE") for path in names)


def test_a_module_belongs_to_one_wheel(wheels: Path) -> None:
    owners: dict[str, str] = {}
    for wheel in wheels.glob("*.whl"):
        with ZipFile(wheel) as archive:
            for path in archive.namelist():
                assert owners.setdefault(path, wheel.name) == wheel.name


@pytest.mark.parametrize("name", ROOMS)
def test_metadata_is_complete(wheels: Path, name: str) -> None:
    (wheel,) = wheels.glob(f"{name}-*.whl")
    with ZipFile(wheel) as archive:
        (path,) = (path for path in archive.namelist() if path.endswith(".dist-info/METADATA"))
        text = archive.read(path).decode()
    for line in ("License-Expression: MIT", "Requires-Python: >=3.11", "License-File: LICENSE"):
        assert line in text.splitlines()
    _, _, readme = text.partition("\n\n")
    assert readme.startswith("# neurospatial")
