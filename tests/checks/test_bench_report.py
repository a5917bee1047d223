"""Rows that are measured again, and new ones, find their places on the page of figures."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from tools.bench import report
from tools.bench.row import Row


def make_row(what: str, ours: float) -> Row:
    return Row.alone(what, "s", ours, 0.0, at_most=1, note="")


def test_new_rows_stand_after_those_measured_before_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "FOLDER", tmp_path)
    last = [make_row("a", 1), make_row("b", 2), make_row("c", 3)]
    written = {"rows": [asdict(row) for row in last], "samples": {"a": [], "c": []}}
    (tmp_path / "latest.json").write_text(json.dumps(written), encoding="utf-8")
    since = [make_row("b", 20), make_row("b, longer", 21), make_row("b, longest", 22)]
    rows, samples = report.merge_rows(since, {"b": []})
    assert [(row.what, row.ours) for row in rows] == [
        ("a", 1), ("b", 20), ("b, longer", 21), ("b, longest", 22), ("c", 3),
    ]  # fmt: skip
    assert set(samples) == {"a", "b", "c"}
    rows, _ = report.merge_rows([make_row("d", 4), make_row("e", 5)], {})
    assert [row.what for row in rows] == ["a", "b", "c", "d", "e"]
