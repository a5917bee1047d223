"""Every distribution has one and the same version and pins the others to it exactly.

The version has a local label, which a public index refuses to hold: as long as the public
name is another project's, nothing that asks for ours may be answered there.
``uv lock`` takes workspace members whatever their versions, so it cannot notice a drift.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

LABEL = "+l"
NAME = re.compile(r"[A-Za-z0-9._-]+")


def requirements(project: dict[str, object]) -> Iterator[str]:
    """Yield what a ``[project]`` table requires, extras included."""
    dependencies = project.get("dependencies", [])
    extras = project.get("optional-dependencies", {})
    assert isinstance(dependencies, list)
    assert isinstance(extras, dict)
    yield from dependencies
    for listed in extras.values():
        yield from listed


def complaints(root: Path) -> list[str]:
    """Return one line for each version or pin that is out of step."""
    projects = [
        tomllib.loads(path.read_text(encoding="utf-8"))["project"]
        for path in sorted(root.glob("packages/*/pyproject.toml"))
    ]
    versions = {project["name"]: project["version"] for project in projects}
    if len(set(versions.values())) != 1:
        return [f"versions differ: {versions}"]
    found = [
        f"{name} {version}: the version must end with {LABEL}"
        for name, version in versions.items()
        if not version.endswith(LABEL)
    ]
    for project in projects:
        for requirement in requirements(project):
            match = NAME.match(requirement)
            name = match.group() if match else requirement
            # An extra may gather others of its own distribution, which needs no pin.
            if name not in versions or name == project["name"]:
                continue
            if not requirement.replace(" ", "").endswith(f"=={versions[name]}"):
                found.append(f"{project['name']} requires {requirement}, not =={versions[name]}")
    return found


if __name__ == "__main__":
    sys.exit("\n".join(complaints(Path(__file__).parents[2])) or None)
