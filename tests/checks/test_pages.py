"""What the pages for developers name is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs" / "developing").glob("*.md"))
NAMED = re.compile(r"`((?:neurospatial|docs|tools|tests|packages|\.ci)/[\w./-]+\w)`")


@pytest.mark.parametrize("page", [*PAGES, ROOT / "CONTRIBUTING.md"], ids=lambda page: page.name)
def test_every_path_that_a_page_names_is_there(page: Path) -> None:
    for path in NAMED.findall(page.read_text(encoding="utf-8")):
        places = [ROOT / path, *ROOT.glob(f"packages/*/src/{path}")]
        assert any(place.exists() for place in places), path


def test_the_way_to_a_frame_has_fifteen_stops() -> None:
    page = (ROOT / "docs" / "developing" / "architecture.md").read_text(encoding="utf-8")
    stops = re.findall(r"^\| (\d+) \|", page, re.M)
    assert stops == [str(number) for number in range(1, 16)]


def test_the_glossary_names_what_the_check_refuses() -> None:
    from tools.checks.words import RETIRED

    page = (ROOT / "docs" / "developing" / "glossary.md").read_text(encoding="utf-8")
    given_up = page.partition("## Given up")[2]
    assert {word for word in RETIRED if word not in given_up} <= {"pieces"}
