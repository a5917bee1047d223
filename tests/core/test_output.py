"""A file is whole or not there, wherever its name leads and however its writer ends."""

import errno
import os
import re
import signal
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from neurospatial.errors import is_explained
from neurospatial.output import check_writable, file_lock, replace_when_whole
from tests.core.children import SIGNALS, child

WRITE = """
    import sys
    from pathlib import Path
    from neurospatial.output import replace_when_whole
    from neurospatial.output.draft import hold_draft_folder
    with replace_when_whole(sys.argv[1]) as draft, hold_draft_folder(Path(sys.argv[1])) as parts:
        draft.write_text("half")
        (parts / "0.mp4").write_text("a part")
        if sys.argv[2:]:
            (parts / sys.argv[2]).write_text("{}")
        print("now", flush=True)
        sys.stdin.readline()
        draft.write_text("whole")
"""


def list_names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def write(path: Path, text: str = "new") -> None:
    with replace_when_whole(path) as made:
        made.write_text(text)


@pytest.mark.parametrize("number", SIGNALS)
def test_what_the_dead_left_goes_with_the_next_file(tmp_path: Path, number: str) -> None:
    path = tmp_path / "rat.npz"
    path.write_text("old")
    with child(WRITE, path) as writer:
        writer.send_signal(getattr(signal, number))
        writer.wait(timeout=60)
    assert path.read_text() == "old"
    if number != "SIGINT":  # Python itself cleans up after that one.
        assert len(list_names(tmp_path)) == 5, "two drafts, and a lock for each"
    write(path)
    assert path.read_text() == "new"
    assert list_names(tmp_path) == ["rat.npz"]


def test_what_the_living_write_stays(tmp_path: Path) -> None:
    path = tmp_path / "rat.npz"
    with child(WRITE, path) as writer:
        before = list_names(tmp_path)
        write(path)
        assert list_names(tmp_path) == sorted([*before, "rat.npz"])
        writer.communicate("go on\n", timeout=60)
        assert writer.returncode == 0
    assert path.read_text() == "whole"
    assert list_names(tmp_path) == ["rat.npz"]


def test_what_other_files_left_stays(tmp_path: Path) -> None:
    with child(WRITE, tmp_path / "rat.npz") as writer:
        writer.kill()
        writer.wait(timeout=60)
    before = list_names(tmp_path)
    write(tmp_path / "rat.mp4")
    write(tmp_path / "rat2.npz")
    assert list_names(tmp_path) == sorted([*before, "rat.mp4", "rat2.npz"])


def test_parts_with_a_manifest_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "rat.npz"
    with child(WRITE, path, "manifest.json") as writer:
        writer.kill()
        writer.wait(timeout=60)
    write(path)
    (parts,) = (entry for entry in tmp_path.iterdir() if entry.is_dir())
    assert list_names(parts) == ["0.mp4", "manifest.json"]


@pytest.mark.parametrize("reason", ["a living process", "another machine", "no locks"])
def test_who_may_be_alive_loses_nothing(
    tmp_path: Path, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with child(WRITE, tmp_path / "rat.npz") as writer:
        writer.kill()
        writer.wait(timeout=60)
    before = list_names(tmp_path)
    if reason == "a living process":
        monkeypatch.setattr(os, "kill", lambda pid, number: None)
    elif reason == "another machine":
        monkeypatch.setattr("socket.gethostname", lambda: "elsewhere")
    else:
        monkeypatch.setattr(file_lock, "_lock_now", refuse_to_lock)
    write(tmp_path / "rat.npz")
    assert list_names(tmp_path) == sorted([*before, "rat.npz"])


def refuse_to_lock(descriptor: int) -> None:
    raise OSError(errno.ENOLCK, "No locks available")


FORK = """
    import os, sys
    from neurospatial.output import replace_when_whole
    try:
        with replace_when_whole(sys.argv[1]) as draft:
            draft.write_text("half")
            forked = os.fork()
            if forked == 0:
                raise ZeroDivisionError
            os.waitpid(forked, 0)
            print("now", flush=True)
            sys.stdin.readline()
            draft.write_text("whole")
    except ZeroDivisionError:
        os._exit(0)
"""


def test_a_forked_child_removes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "rat.npz"
    with child(FORK, path) as writer:
        assert len(list_names(tmp_path)) == 2
        write(path)
        assert len(list_names(tmp_path)) == 3
        writer.communicate("go on\n", timeout=60)
        assert writer.returncode == 0
    assert path.read_text() == "whole"
    assert list_names(tmp_path) == ["rat.npz"]


@pytest.mark.parametrize("fails", [False, True])
@pytest.mark.parametrize("chain", [1, 2])
def test_a_link_stays_and_what_it_leads_to_is_replaced(
    tmp_path: Path, fails: bool, chain: int
) -> None:
    (tmp_path / "disk").mkdir()
    target = tmp_path / "disk" / "rat.npz"
    target.write_text("old")
    link = target
    for number in range(chain):
        former, link = link, tmp_path / f"{number}.npz"
        link.symlink_to(os.path.relpath(former, tmp_path))
    if fails:
        with pytest.raises(ZeroDivisionError), replace_when_whole(link):
            1 / 0  # noqa: B018 - it raises
    else:
        write(link)
    assert link.is_symlink()
    assert not target.is_symlink()
    assert target.read_text() == ("old" if fails else "new")
    assert list_names(tmp_path / "disk") == ["rat.npz"]


def test_a_link_to_nothing_yet_is_filled(tmp_path: Path) -> None:
    (tmp_path / "link.npz").symlink_to("rat.npz")
    write(tmp_path / "link.npz")
    assert (tmp_path / "rat.npz").read_text() == "new"
    assert (tmp_path / "link.npz").is_symlink()


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_the_mode_of_a_file_is_kept(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "rat.npz"
    path.touch()
    path.chmod(mode)
    write(path)
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
def test_a_new_file_has_the_mode_that_files_get(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        write(tmp_path / "rat.npz")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "rat.npz").stat().st_mode) == 0o666 & ~mask


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives away")
def test_the_owner_of_a_file_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "rat.npz"
    path.touch()
    os.chown(path, 1234, 2345)
    write(path)
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 2345)


def make_read_only(path: Path) -> None:
    path.touch()
    path.chmod(0o444)


def make_circle(path: Path) -> None:
    path.symlink_to(path.name)


def link_to_device(path: Path) -> None:
    path.symlink_to("/dev/null")


REFUSED: list[tuple[Callable[[Path], object], type[Exception], str]] = [
    (make_read_only, PermissionError, "is read-only"),
    (Path.mkdir, IsADirectoryError, "is a folder"),
    (os.mkfifo, ValueError, "is a pipe or a device"),
    (link_to_device, ValueError, "is a pipe or a device"),
    (make_circle, OSError, "its links lead in a circle"),
]


@pytest.mark.parametrize(("make", "raised", "text"), REFUSED)
@pytest.mark.parametrize("door", [check_writable, write])
def test_what_cannot_be_replaced_is_refused_before_anything_is_written(
    tmp_path: Path,
    make: Callable[[Path], object],
    raised: type[Exception],
    text: str,
    door: Callable[[Path], None],
) -> None:
    path = tmp_path / "rat.npz"
    make(path)
    before = path.lstat()
    with pytest.raises(raised, match=text) as caught:
        door(path)
    assert is_explained(caught.value)
    assert "rat.npz" in str(caught.value)
    assert path.lstat() == before
    assert list_names(tmp_path) == ["rat.npz"]


@pytest.mark.parametrize("name", ["a" * 256, "ü" * 128, "a\0b", "a\ud800b"])
def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises((OSError, ValueError)) as caught:
        check_writable(tmp_path / name)
    assert is_explained(caught.value)
    assert repr(name)[1:9] in str(caught.value)


@pytest.mark.parametrize(
    "name", ["a" * 255, "ü" * 127, "日" * 85, "a" * 251 + ".npz", "." + "x" * 254, "-", "~", "%s"]
)
def test_any_name_that_a_file_can_have_will_do(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with replace_when_whole(path) as made:
        assert made.suffix == path.suffix or len(path.suffix) not in range(1, 17)
        made.write_text("whole")
    assert list_names(tmp_path) == [name]


NUMBERS = ["ENOSPC", "EDQUOT", "EFBIG", "EROFS", "ENAMETOOLONG"]


@pytest.mark.parametrize("number", [getattr(errno, name) for name in NUMBERS])
@pytest.mark.parametrize("named", [False, True])
def test_the_file_that_was_asked_for_is_named(
    tmp_path: Path, number: int, named: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "rat.npz"
    path.write_text("old")
    monkeypatch.chdir(tmp_path)
    made: list[str] = []

    def fail() -> None:
        with replace_when_whole("rat.npz") as draft:
            draft.write_text("half")
            made.append(str(draft))
            raise OSError(number, "It fails", *(made if named else []))

    with pytest.raises(OSError, match=r"^.Errno \d+. 'rat.npz' cannot be written: ") as caught:
        fail()
    assert caught.value.errno == number
    assert is_explained(caught.value)
    assert made[0] not in str(caught.value)
    assert path.read_text() == "old"
    assert list_names(tmp_path) == ["rat.npz"]


@pytest.mark.parametrize(
    "error",
    [
        OSError("the disk went away"),
        OSError(errno.EIO, "It fails"),
        PermissionError(errno.EACCES, "Permission denied", "film.avi"),
        OSError(errno.ENOSPC, "No space left on device", "elsewhere.bin"),
    ],
)
def test_what_is_about_another_file_passes_as_it_is(tmp_path: Path, error: OSError) -> None:
    with (
        pytest.raises(OSError, match=re.escape(str(error))) as caught,
        replace_when_whole(tmp_path / "rat.npz"),
    ):
        raise error
    assert caught.value is error


def test_a_file_is_on_the_disk_before_it_takes_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    flush, rename = os.fsync, os.replace

    def note_flush(descriptor: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        flush(descriptor)

    def note_rename(old: Path, new: Path) -> None:
        done.append("name")
        rename(old, new)

    monkeypatch.setattr(os, "fsync", note_flush)
    monkeypatch.setattr(os, "replace", note_rename)
    write(tmp_path / "rat.npz")
    assert done == ["file", "name", "folder"]


@contextmanager
def failing_flush(monkeypatch: pytest.MonkeyPatch, number: int) -> Iterator[None]:
    def fail(descriptor: int) -> None:
        raise OSError(number, "It fails")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fail)
        yield


def test_a_disk_that_tells_only_at_the_end_that_it_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "rat.npz"
    path.write_text("old")
    with failing_flush(monkeypatch, errno.ENOSPC), pytest.raises(OSError, match="disk is full"):
        write(path)
    assert path.read_text() == "old"
    with failing_flush(monkeypatch, errno.EINVAL):
        write(path)
    assert path.read_text() == "new"
    assert list_names(tmp_path) == ["rat.npz"]
