"""Every text that goes into a file: it comes back as it went in, or is refused at the door."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pynwb import NWBHDF5IO, NWBFile

from neurospatial import Environment
from neurospatial.layouts import RegularGrid
from neurospatial.nwb import (
    read_environment,
    read_fields,
    read_rate_maps,
    write_environment,
    write_fields,
    write_overlays,
    write_rate_maps,
)
from neurospatial.nwb.file.tree import as_container, walk
from neurospatial.overlays import BodypartOverlay, PositionOverlay, Skeleton
from tests.nwb.nwb_files import QUIET, make_session, save_nwb

SPACE = RegularGrid((np.arange(3.0), np.arange(2.0)), np.ones((2, 1), bool))
ENV = Environment(SPACE, units="cm", name="box")
FIELDS, TIMES = np.ones((3, 2)), [0.0, 1.0, 3.0]
WALK = np.ones((3, 2))


@dataclass(frozen=True)
class Door:
    """Where a text goes into a file, and how it comes back."""

    write: Callable[[NWBFile, str], object]
    read: Callable[[NWBFile], str | None]


def write_series(nwbfile: NWBFile, **texts: str) -> None:
    write_fields(nwbfile, ENV, FIELDS, TIMES, **{**QUIET, **texts})


def write_maps(nwbfile: NWBFile, **texts: object) -> None:
    write_rate_maps(nwbfile, ENV, FIELDS[:1], [7], **texts)  # type: ignore[arg-type]


def write_named_env(nwbfile: NWBFile, name: str) -> None:
    write_environment(nwbfile, Environment(SPACE, name=name))


def write_walk(nwbfile: NWBFile, name: str = "rat", units: str = "cm", module: str = "m") -> None:
    env = Environment(SPACE, units=units)
    write_overlays(nwbfile, env, [PositionOverlay(WALK, TIMES, name=name)], module=module)


def write_pose(nwbfile: NWBFile, name: str = "p", part: str = "nose", limbs: str = "l") -> None:
    pose = BodypartOverlay({part: WALK}, TIMES, Skeleton(limbs, ()), name=name)
    write_overlays(nwbfile, ENV, [pose])


def get_walk(nwbfile: NWBFile) -> object:
    (module,) = nwbfile.processing.values()
    (series,) = module["Position"].spatial_series.values()
    return series


def get_pose(nwbfile: NWBFile) -> object:
    (pose,) = (x for x in nwbfile.processing["behavior"].data_interfaces.values() if is_pose(x))
    return pose


def is_pose(thing: object) -> bool:
    return type(thing).__name__ == "PoseEstimation"


DOORS = {
    "unit of fields": Door(
        lambda nwbfile, text: write_series(nwbfile, unit=text), lambda x: read_fields(x).unit
    ),
    "description of fields": Door(
        lambda nwbfile, text: write_series(nwbfile, description=text),
        lambda x: read_fields(x).description,
    ),
    "name of fields": Door(
        lambda nwbfile, text: write_series(nwbfile, name=text), lambda x: read_fields(x).names[0]
    ),
    "description of maps": Door(
        lambda nwbfile, text: write_maps(nwbfile, description=text),
        lambda x: read_rate_maps(x).description,
    ),
    "kernel of maps": Door(
        lambda nwbfile, text: write_maps(nwbfile, smoothing_kernel=text),
        lambda x: read_rate_maps(x).smoothing_kernel,
    ),
    "label of maps": Door(
        lambda nwbfile, text: write_maps(nwbfile, labels=["x", text]),
        lambda x: read_rate_maps(x).labels[1],
    ),
    "name of maps": Door(
        lambda nwbfile, text: write_maps(nwbfile, name=text), lambda x: read_rate_maps(x).name
    ),
    "name of an environment": Door(write_named_env, lambda x: read_environment(x).name),
    "name of a position": Door(
        lambda nwbfile, text: write_walk(nwbfile, name=text), lambda x: get_walk(x).name
    ),
    "unit of a position": Door(
        lambda nwbfile, text: write_walk(nwbfile, units=f"u{text}u"),
        lambda x: get_walk(x).unit[1:-1],
    ),
    "module": Door(
        lambda nwbfile, text: write_walk(nwbfile, module=text), lambda x: next(iter(x.processing))
    ),
    "name of a pose": Door(
        lambda nwbfile, text: write_pose(nwbfile, name=text), lambda x: get_pose(x).name
    ),
    "name of a keypoint": Door(
        lambda nwbfile, text: write_pose(nwbfile, part=text),
        lambda x: get_pose(x).skeleton.nodes[0],
    ),
    "name of a skeleton": Door(
        lambda nwbfile, text: write_pose(nwbfile, limbs=f"l{text}"),
        lambda x: get_pose(x).skeleton.name.removeprefix("p l"),
    ),
}
ODD = st.characters(exclude_categories=()) | st.sampled_from("\0\ud800\udfff'\"\\/ \n")


@pytest.mark.parametrize("name", DOORS)
@settings(deadline=None, max_examples=3, suppress_health_check=list(HealthCheck))
@given(st.text(ODD, max_size=5))
@example("a\0b")
@example("\udc80")
@example("In Environment 'a' (object_id 1). ")
def test_a_text_comes_back_or_is_refused(tmp_path: Path, name: str, text: str) -> None:
    door, nwbfile = DOORS[name], NWBFile("a session", "id", datetime(2026, 1, 1, tzinfo=UTC))
    nwbfile.add_unit(spike_times=[0.5], id=7)
    before = list_contents(nwbfile)
    try:
        door.write(nwbfile, text)
    except ValueError:
        assert list_contents(nwbfile) == before
        return
    with NWBHDF5IO(save_nwb(nwbfile, tmp_path / "a.nwb"), "r") as io:
        assert door.read(io.read()) == text


def list_contents(nwbfile: NWBFile) -> list[str]:
    return [item.path for item in walk(as_container(nwbfile))]


def test_what_cannot_be_kept_is_named() -> None:
    with pytest.raises(
        ValueError, match=r"unit has '\\x00' at character 1: 'a\\x00b'\.[\s\S]*'ab'"
    ):
        write_series(make_session(), unit="a\0b")
    with pytest.raises(TypeError, match=r"unit is a int\.[\s\S]*unit='3'"):
        write_series(make_session(), unit=3)  # type: ignore[arg-type]
