import importlib.util
import re
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"

spec = importlib.util.spec_from_file_location("docs_build", DOCS / "build.py")
assert spec is not None
assert spec.loader is not None
build = importlib.util.module_from_spec(spec)
sys.modules["docs_build"] = build
spec.loader.exec_module(build)

page_of = pytest.mark.parametrize(
    "page", build.PAGES, ids=lambda page: page.relative_to(DOCS).as_posix()
)


@page_of
def test_a_page_runs_and_makes_the_pictures_it_shows(page: Path, tmp_path: Path) -> None:
    build.run_page(page, tmp_path)
    shown = set(re.findall(r"\]\((?:\.\./)?pictures/([^)]+)\)", page.read_text(encoding="utf-8")))
    assert {path.name for path in tmp_path.glob("*.png")} == shown
    for name in shown:
        assert 2_000 < (build.PICTURES / name).stat().st_size < 150_000


@page_of
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([\w./-]+\.(?:md|png))\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).is_file()


def test_every_page_is_listed_in_the_index_of_its_folder() -> None:
    listed = {DOCS / "index.md"}
    for index in (page for page in build.PAGES if page.name == "index.md"):
        found = re.findall(r"\]\((\w[^)]*\.md)\)", index.read_text(encoding="utf-8"))
        listed |= {index.parent / target for target in found}
    assert listed == set(build.PAGES)


def test_every_picture_is_shown() -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in build.PAGES)
    for picture in (*build.PICTURES.iterdir(), *(DOCS / "screenshots").iterdir()):
        assert f"]({picture.parent.name}/{picture.name})" in text.replace("](../", "](")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("```python\nprint(1)\n```\n```output\n2\n```\n", AssertionError),
        ("```sh\necho 1\n```\n```output\n2\n```\n", AssertionError),
        ("```sh\nfalse\n```\n", AssertionError),
        ("```python\n1 / 0\n```\n", ZeroDivisionError),
    ],
)
def test_a_page_that_is_wrong_is_noticed(
    tmp_path: Path, text: str, wrong: type[Exception]
) -> None:
    page = tmp_path / "page.md"
    page.write_text(text, encoding="utf-8")
    with pytest.raises(wrong):
        build.run_page(page, tmp_path)
