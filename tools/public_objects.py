"""Count the parameters and returns of public functions that are typed ``object``.

``python -m tools.public_objects`` lists them: each should be a union of what is meant. Public is
what a room exports, and the public methods of what it exports; a special method has the types
that Python gives it, and a protocol may ask for anything.
"""

import importlib
import inspect
import sys
from collections.abc import Iterator

ROOMS = (
    "neurospatial", "neurospatial.animation", "neurospatial.backends", "neurospatial.fields",
    "neurospatial.html", "neurospatial.layouts", "neurospatial.napari", "neurospatial.nwb",
    "neurospatial.overlays", "neurospatial.regions", "neurospatial.samples", "neurospatial.scene",
    "neurospatial.video", "neurospatial.widget",
)  # fmt: skip


def functions(room: str) -> Iterator[tuple[str, object]]:
    """Yield the functions and public methods that a room exports."""
    module = importlib.import_module(room)
    for name in module.__all__:
        found = getattr(module, name)
        if inspect.isfunction(found):
            yield f"{found.__module__}.{found.__qualname__}", found
        if not inspect.isclass(found) or not found.__module__.startswith("neurospatial"):
            continue
        for attribute, member in inspect.getmembers(found):
            method = getattr(member, "__func__", member)
            ours = getattr(method, "__module__", "") or ""
            public = ours.startswith("neurospatial") and not attribute.startswith("_")
            if public and inspect.isfunction(method):
                yield f"{ours}.{method.__qualname__}", method


def objects() -> list[str]:
    """List each ``object``, as ``function: parameter``."""
    found = set()
    for room in ROOMS:
        for name, function in functions(room):
            annotations = getattr(function, "__annotations__", {})
            found |= {
                f"{name}: {parameter}"
                for parameter, kind in annotations.items()
                if kind in (object, "object")
            }
    return sorted(found)


if __name__ == "__main__":
    listed = objects()
    print("\n".join(listed), file=sys.stderr)
    print(len(listed))
