import ast
from pathlib import Path
from textwrap import dedent

from tools.checks.public_objects import ROOT, complaints, iter_public_objects

SOURCE = """
def show(fields: object, *others: object, cmap: str = "hot", **options: object) -> object: ...
def _hidden(fields: object) -> object: ...
class Viewer:
    def __eq__(self, other: object) -> bool: ...
    def put(self, thing: object | None, call: Callable[[], object]) -> "str": ...
class _Hidden:
    def put(self, thing: object) -> None: ...
"""


def test_parameters_and_returns_of_public_functions_are_counted() -> None:
    found = [name for _, name in iter_public_objects(ast.parse(dedent(SOURCE)))]
    assert found == ["show(fields)", "show() ->", "put(thing)"]


def test_a_room_with_more_than_it_may_have_is_found(tmp_path: Path) -> None:
    assert complaints(ROOT) == []
    room = tmp_path / "packages" / "neurospatial-video" / "src" / "neurospatial" / "video"
    room.mkdir(parents=True)
    (room / "show.py").write_text(SOURCE, encoding="utf-8")
    heading, *places = complaints(tmp_path)
    assert heading == "video: 3 are annotated object, 0 may be"
    assert [place.split()[1] for place in places] == ["show(fields)", "show()", "put(thing)"]
