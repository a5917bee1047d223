"""What has no room is not begun."""

import errno
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from neurospatial.errors import is_explained
from neurospatial.output import reserve_space


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.mark.parametrize("n_bytes", [0, 1_000, 1_001])
def test_what_is_free_is_enough_and_a_byte_more_is_not(
    n_bytes: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "link.nwb").symlink_to(tmp_path / "disk" / "rat.nwb")
    asked: list[Path] = []

    def measure(path: Path) -> Usage:
        asked.append(path)
        return Usage(5_000, 4_000, 1_000)

    monkeypatch.setattr(shutil, "disk_usage", measure)
    if n_bytes <= 1_000:
        reserve_space(tmp_path / "link.nwb", n_bytes, "A copy")
    else:
        with pytest.raises(OSError, match=r"A copy takes 1,001 bytes, and 1,000 are") as caught:
            reserve_space(tmp_path / "link.nwb", n_bytes, "A copy")
        assert caught.value.errno == errno.ENOSPC
        assert is_explained(caught.value)
    assert asked == [tmp_path / "disk"]


def test_a_file_system_that_does_not_tell_is_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(0, 0, 0))
    reserve_space(tmp_path, 10, "A copy")
