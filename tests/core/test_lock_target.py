"""Of two that write one file, the second waits, and no lock outlives who held it."""

import errno
import os
import signal
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from neurospatial.errors import is_explained
from neurospatial.output import file_lock, lock_target, target_lock
from tests.core.children import child

HOLD = """
    import sys
    from neurospatial.output import lock_target
    with lock_target(sys.argv[1]):
        print("now", flush=True)
        sys.stdin.readline()
"""

ADD = """
    import sys
    from neurospatial.output import lock_target
    print("now", flush=True)
    sys.stdin.readline()
    for _ in range(50):
        with lock_target(sys.argv[1]):
            with open(sys.argv[1]) as file:
                count = int(file.read())
            with open(sys.argv[1], "w") as file:
                file.write(str(count + 1))
"""


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(target_lock, "_PATIENCE", 0.0)


def list_names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_processes_that_add_to_a_file_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "count.txt"
    path.write_text("0")
    with child(ADD, path) as one, child(ADD, path) as other:
        for process in (one, other):
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        assert [process.wait(timeout=60) for process in (one, other)] == [0, 0]
    assert path.read_text() == "100"
    assert list_names(tmp_path) == ["count.txt"]


def test_threads_that_add_to_a_file_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "count.txt"
    path.write_text("0")

    def add(_: int) -> None:
        with lock_target(path):
            path.write_text(str(int(path.read_text()) + 1))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(40)))
    assert path.read_text() == "40"
    assert list_names(tmp_path) == ["count.txt"]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("through_link", [False, True])
def test_who_waits_in_vain_is_told_for_whom(tmp_path: Path, through_link: bool) -> None:
    path = tmp_path / "rat.nwb"
    asked = tmp_path / "link.nwb" if through_link else path
    if through_link:
        asked.symlink_to(path)
    with child(HOLD, path) as holder:
        with pytest.raises(TimeoutError, match=f"process {holder.pid}, still") as caught:
            lock_target(asked).__enter__()
        assert is_explained(caught.value)
        assert asked.name in str(caught.value)
    with lock_target(asked):
        pass


@pytest.mark.parametrize("through_link", [False, True])
def test_a_block_within_a_block_of_its_own_is_refused_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, through_link: bool
) -> None:
    def wait(seconds: float) -> None:
        raise AssertionError("it waits for itself")

    monkeypatch.setattr(time, "sleep", wait)
    path = tmp_path / "rat.nwb"
    asked = tmp_path / "link.nwb" if through_link else path
    if through_link:
        asked.symlink_to(path)
    with lock_target(path):
        for _ in range(2):
            with pytest.raises(RuntimeError, match=asked.name) as caught, lock_target(asked):
                pass
            assert is_explained(caught.value)
        with lock_target(tmp_path / "mouse.nwb"):
            pass
    with lock_target(asked):
        pass
    assert list_names(tmp_path) == (["link.nwb"] if through_link else [])


@pytest.mark.usefixtures("impatient")
def test_another_thread_is_told_that_this_process_holds_it(tmp_path: Path) -> None:
    def lock() -> None:
        with lock_target(tmp_path / "rat.nwb"):
            pass

    wanted = rf"process {os.getpid()} \(this one\)"
    with (
        lock_target(tmp_path / "rat.nwb"),
        ThreadPoolExecutor(1) as pool,
        pytest.raises(TimeoutError, match=wanted),
    ):
        pool.submit(lock).result()


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("said", "wanted"),
    [("12 far-away\n", "process 12 on far-away"), ("", "another process")],
)
def test_holders_elsewhere_are_named_as_far_as_known(
    tmp_path: Path, said: str, wanted: str
) -> None:
    def lock() -> None:
        with lock_target(tmp_path / "rat.nwb"):
            pass

    with lock_target(tmp_path / "rat.nwb"), ThreadPoolExecutor(1) as pool:
        (lock_path,) = tmp_path.iterdir()
        lock_path.write_text(said)
        with pytest.raises(TimeoutError, match=wanted):
            pool.submit(lock).result()


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGQUIT])
def test_a_lock_ends_with_who_held_it(tmp_path: Path, number: signal.Signals) -> None:
    path = tmp_path / "rat.nwb"
    with child(HOLD, path) as holder:
        holder.send_signal(number)
        holder.wait(timeout=60)
    assert len(list_names(tmp_path)) == 1
    with lock_target(path):
        (left,) = tmp_path.iterdir()
        assert left.read_text() == f"{os.getpid()} {socket.gethostname()}\n"
    assert list_names(tmp_path) == []


def test_a_child_that_was_forked_gives_nothing_back(tmp_path: Path) -> None:
    with lock_target(tmp_path / "rat.nwb"):
        (lock,) = tmp_path.iterdir()
        held = file_lock.FileLock(lock, os.open(lock, os.O_RDONLY), True, os.getpid() + 1)
        held.release()
        assert lock.exists()


def test_without_locks_the_work_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(descriptor: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(file_lock, "_lock_now", refuse)
    both = threading.Barrier(2, timeout=60)

    def hold(_: int) -> None:
        with lock_target(tmp_path / "rat.nwb"):
            both.wait()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(hold, range(2)))
    assert list_names(tmp_path) == []


def test_no_lock_where_there_is_no_folder(tmp_path: Path) -> None:
    with (
        pytest.raises(FileNotFoundError, match="The folder") as caught,
        lock_target(tmp_path / "no" / "rat.nwb"),
    ):
        pass
    assert is_explained(caught.value)
