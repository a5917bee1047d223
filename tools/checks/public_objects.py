"""Check that public signatures say what they take: `object` is no type to work with.

A parameter or a return value is counted when it is annotated with ``object``,
alone or in a union, in a function or method whose name and class are public.
Not counted: special methods, and ``*arguments`` and ``**keywords``, which are
handed on. ``--count`` tells how many there are.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]

ALLOWED = {"_lazy": 1, "environment": 1, "layouts": 1, "overlays": 2, "regions": 1}
"""How many there may be in a room, 0 in the others: a number that falls."""


def complaints(root: Path) -> list[str]:
    """Return one line for each that is in a room with more of them than it may have."""
    found = []
    for room, places in group_public_objects(root).items():
        allowed = ALLOWED.get(room, 0)
        if len(places) > allowed:
            found += [f"{room}: {len(places)} are annotated object, {allowed} may be", *places]
    return found


def count(root: Path) -> str:
    """Tell how many there are, by room."""
    found = {room: len(places) for room, places in group_public_objects(root).items()}
    return f"{sum(found.values())} public parameters and returns are annotated object: {found}"


def group_public_objects(root: Path) -> dict[str, list[str]]:
    """List them by room."""
    rooms: dict[str, list[str]] = {}
    for path in sorted(root.glob("packages/*/src/neurospatial/**/*.py")):
        room = path.relative_to(root).parts[4].removesuffix(".py")
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for line, name in iter_public_objects(tree):
            rooms.setdefault(room, []).append(f"{path.relative_to(root)}:{line} {name}")
    return rooms


def iter_public_objects(tree: ast.Module | ast.ClassDef) -> Iterator[tuple[int, str]]:
    """Find the line and the name of each parameter and return value that is an object."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from iter_public_objects(node)
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        arguments = node.args
        for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
            if _is_object(argument.annotation):
                yield argument.lineno, f"{node.name}({argument.arg})"
        if _is_object(node.returns):
            yield node.lineno, f"{node.name}() ->"


def _is_object(annotation: ast.expr | None) -> bool:
    if isinstance(annotation, ast.BinOp):
        return _is_object(annotation.left) or _is_object(annotation.right)
    return isinstance(annotation, ast.Name) and annotation.id == "object"


if __name__ == "__main__":
    if "--count" in sys.argv:
        print(count(ROOT))
    sys.exit("\n".join(complaints(ROOT)) or None)
