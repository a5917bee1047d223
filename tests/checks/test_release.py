"""One command sets the version everywhere."""

from pathlib import Path

import pytest

from tools.checks import versions
from tools.new_version import ROOT, main, parse_version, read_version, rewrite


def test_the_version_is_put_wherever_it_stands(tmp_path: Path) -> None:
    for folder, text in {
        "neurospatial-core": 'name = "neurospatial-core"\nversion = "0.11.0+l"\n',
        "neurospatial": 'name = "neurospatial"\nversion = "0.11.0+l"\n'
        'dependencies = ["neurospatial-core==0.11.0+l", "other>=10.11.0", "more>=0.11.0.1"]\n',
    }.items():
        (tmp_path / "packages" / folder).mkdir(parents=True)
        project = tmp_path / "packages" / folder / "pyproject.toml"
        project.write_text(f"[project]\n{text}", encoding="utf-8")
    (tmp_path / "CITATION.cff").write_text("version: 0.11.0\n", encoding="utf-8")
    assert read_version(tmp_path) == "0.11.0"
    changed = rewrite(tmp_path, "0.11.0", "0.12.0", write=False)
    assert read_version(tmp_path) == "0.11.0"
    assert rewrite(tmp_path, "0.11.0", "0.12.0") == changed
    assert changed == {
        "packages/neurospatial/pyproject.toml": 2,
        "packages/neurospatial-core/pyproject.toml": 1,
        "CITATION.cff": 1,
    }
    assert versions.complaints(tmp_path) == []
    assert read_version(tmp_path) == "0.12.0"
    text = (tmp_path / "packages/neurospatial/pyproject.toml").read_text(encoding="utf-8")
    assert '"other>=10.11.0", "more>=0.11.0.1"' in text


def test_this_checkout_cites_its_own_version() -> None:
    cited = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {read_version(ROOT)}\n" in cited


@pytest.mark.parametrize("version", ["0.1.0", "0.11", "v1.0.0", "1.0.0+l", "1.0.0rc1"])
def test_a_version_that_may_not_follow_is_refused(version: str) -> None:
    refused = main([version])
    assert refused is not None
    assert "is not above" in refused or "is no version" in refused


def test_versions_compare_as_numbers() -> None:
    assert parse_version("0.10.0") > parse_version("0.9.1")
