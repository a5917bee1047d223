"""Each combination, in a fresh venv that holds nothing but what was asked for."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.install.venvs import ROOT, Installed, uv

HEAVY = ["matplotlib", "scipy", "PyQt5", "PyQt6", "PySide6", "qtpy", "av", "cv2", "pynwb", "dask"]
FIELDS = """
import numpy as np
from neurospatial import Environment

positions = np.random.default_rng(0).uniform(0, 100, (2000, 2))
env = Environment.from_samples(positions, bin_size=5.0, units="cm")
fields = np.linspace(0, 1, 4 * env.n_bins).reshape(4, env.n_bins)
"""


def test_nothing_unexpected_is_installed(installed: Installed) -> None:
    listed = json.loads(uv("pip", "list", "--python", installed.venv, "--format", "json").stdout)
    assert {entry["name"] for entry in listed} == installed.combination.expected


def test_ours_come_from_the_built_wheels(installed: Installed, wheels: Path) -> None:
    origins = installed.python(
        "import json\n"
        "from importlib.metadata import distributions\n"
        "print(json.dumps({d.name: d.read_text('direct_url.json') for d in distributions()}))"
    )
    ours = {
        name: json.loads(origin)["url"]
        for name, origin in json.loads(origins).items()
        if name.startswith("neurospatial")
    }
    assert set(ours) == {n for n in installed.combination.expected if n.startswith("neuro")}
    assert all(url.startswith(wheels.as_uri() + "/") for url in ours.values())


@pytest.mark.parametrize("asked", ["neurospatial<0.10", "neurospatial==0.6.0"])
def test_the_unrelated_project_is_never_picked(
    install: Callable[[str], Installed], constraints: Path, asked: str
) -> None:
    refused = uv(
        "pip", "install", "--dry-run", "--python", install("core").venv,
        "--constraints", constraints, asked, check=False,
    )  # fmt: skip
    assert refused.returncode != 0
    assert "No solution found" in refused.stderr


def test_documented_imports_of_core(installed: Installed) -> None:
    installed.python(
        "from neurospatial import Environment, Region, Regions, compute_place_field\n"
        "from neurospatial import animate_fields\n"
        "from neurospatial.regions import Region as again\n"
        "assert again is Region"
    )


@pytest.mark.parametrize("name", ["meta", "meta[video]"])
def test_documented_imports_of_meta(install: Callable[[str], Installed], name: str) -> None:
    install(name).python(
        "import neurospatial\n"
        "from neurospatial.animation import animate_fields, subsample_frames\n"
        "from neurospatial.animation import estimate_colormap_range_from_subset\n"
        "from neurospatial.animation import large_session_napari_config\n"
        "assert animate_fields is neurospatial.animate_fields"
    )


def test_importing_the_root_loads_nothing_heavy(installed: Installed) -> None:
    loaded = installed.python("import sys, neurospatial; print(*sys.modules)").split()
    assert not set(HEAVY) & set(loaded)


def test_environment_does_not_load_matplotlib(installed: Installed) -> None:
    loaded = installed.python(
        "import sys; from neurospatial import Environment; print(*sys.modules)"
    ).split()
    assert not (set(HEAVY) - {"scipy"}) & set(loaded)


def test_importing_the_documented_paths_loads_no_encoder(
    install: Callable[[str], Installed],
) -> None:
    loaded = (
        install("meta[video]")
        .python("import sys, neurospatial.animation; print(*sys.modules)")
        .split()
    )
    assert not set(HEAVY) & set(loaded)


@pytest.mark.parametrize("name", ["meta", "meta[video]"])
def test_an_encoder_can_be_had_with_video(install: Callable[[str], Installed], name: str) -> None:
    said = install(name).python(
        "from neurospatial.animation.backends.video_backend import check_ffmpeg_available\n"
        "print(check_ffmpeg_available())"
    )
    assert said == str(name == "meta[video]")


@pytest.mark.parametrize(
    ("extra", "name"),
    [
        ("widget", "FieldsWidget"),
        ("napari", "ViewerAnimation"),
    ],
)
def test_a_missing_distribution_is_named_with_its_pip_line(
    install: Callable[[str], Installed], line: Callable[[str], str], extra: str, name: str
) -> None:
    said = install("meta").python(
        "try:\n"
        f"    from neurospatial.animation.backends.{extra}_backend import {name}\n"
        "except ImportError as error:\n"
        "    print(error)"
    )
    assert said.endswith(line(f"neurospatial[{extra}]"))


def test_fields_become_a_video_where_the_backend_is(
    installed: Installed, line: Callable[[str], str], tmp_path: Path
) -> None:
    code = FIELDS + (
        "try:\n"
        "    env.animate_fields(fields, save_path='out.mp4', progress=False)\n"
        "except (ImportError, RuntimeError) as error:\n"
        "    print(error)\n"
    )
    said = installed.python(code, cwd=tmp_path)
    left = [path.name for path in tmp_path.iterdir()]
    if installed.has_video:
        assert left == ["out.mp4"]
        assert b"ftyp" in (tmp_path / "out.mp4").read_bytes()[:12]
    else:
        assert left == []
        assert line("neurospatial[video]") in said


@pytest.mark.parametrize("name", ["core", "core+video"])
def test_the_command_belongs_to_meta(install: Callable[[str], Installed], name: str) -> None:
    assert not (install(name).venv / "bin" / "neurospatial").exists()


@pytest.mark.parametrize("name", ["meta", "meta[video]"])
def test_backends_tells_the_truth(
    install: Callable[[str], Installed], line: Callable[[str], str], name: str
) -> None:
    installed = install(name)
    done = installed.run("neurospatial", "backends")
    assert done.returncode == 0, done.stderr
    said = dict(line.split(maxsplit=1) for line in done.stdout.splitlines())
    assert (said["video"] == "available") == installed.has_video
    assert said["video"].endswith(line("neurospatial[video]")) != installed.has_video
    assert said["html"] == "available"
    for absent in ("widget", "napari"):
        assert said[absent].endswith(line(f"neurospatial[{absent}]"))


def test_the_readme_example_runs(install: Callable[[str], Installed], tmp_path: Path) -> None:
    _, _, rest = (ROOT / "README.md").read_text(encoding="utf-8").partition("```python\n")
    code, _, _ = rest.partition("```")
    install("meta[video]").python(code, cwd=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["cells.mp4"]
