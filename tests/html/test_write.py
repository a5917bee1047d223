"""How the work is done: what it leaves behind, what it holds in memory, what it says."""

import logging
import subprocess
import sys
import warnings
from pathlib import Path
from textwrap import dedent

import numpy as np
import pytest

from neurospatial.html import HTMLOptions, HTMLPage, backend, size_guard
from neurospatial.scene import Scene, compile_scene
from neurospatial.testing import CountingSource
from tests.html.pages import ParsedPage, bumps, every_layer, room, scene_in, write


class GaveUpError(Exception):
    pass


def noise(n_frames: int) -> Scene:
    """Fields that cannot be compressed: 1 KB a frame."""
    env = room(50, 20)
    fields = np.random.default_rng(0).uniform(size=(n_frames, env.n_bins)).astype(np.float32)
    return scene_in(env, fields)


@pytest.mark.parametrize("before", [b"the old page", None])
def test_cancelling_leaves_what_was_there(before: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    if before is not None:
        path.write_bytes(before)
    steps: list[int] = []

    def give_up(done: int, total: int) -> None:
        assert total == 3000
        steps.append(done)
        if done > 1000:
            raise GaveUpError

    with pytest.raises(GaveUpError):
        write(noise(3000), path, progress=give_up)
    assert len(steps) > 3
    assert [entry.name for entry in tmp_path.iterdir()] == ([] if before is None else ["a.html"])
    if before is not None:
        assert path.read_bytes() == before


def test_progress_counts_every_frame(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    write(noise(1000), tmp_path / "a.html", progress=lambda *step: steps.append(step))
    assert steps[-1] == (1000, 1000)
    assert sorted(set(steps)) == steps


def test_a_field_that_cannot_be_read_leaves_nothing(tmp_path: Path) -> None:
    class Broken:
        shape = (9000, 48)
        dtype = np.dtype(np.float64)

        def read(self, start: int, stop: int) -> np.ndarray:
            if start > 0:
                raise OSError("the disk went away")
            return np.zeros((stop - start, 48))

    with pytest.raises(OSError, match="the disk went away"):
        write(compile_scene(room(), Broken(), vmin=0, vmax=1), tmp_path / "a.html")
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    code = """
        import resource, signal, sys
        from pathlib import Path
        from tests.html.test_write import noise, write
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
        try:
            write(noise(2000), Path(sys.argv[1]))
        except OSError as error:
            print("refused:", error)
    """
    run = subprocess.run(
        [sys.executable, "-c", dedent(code), tmp_path / "a.html"],
        capture_output=True, text=True, timeout=120, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert run.stdout.startswith("refused:"), run.stdout + run.stderr
    assert not list(tmp_path.iterdir())


def test_nothing_is_read_twice_and_all_of_it_once(tmp_path: Path) -> None:
    env = room(30, 30)
    source = CountingSource(np.zeros((3000, env.n_bins), dtype=np.float32))
    write(scene_in(env, source), tmp_path / "a.html")
    frames = np.concatenate([np.arange(*read) for read in source.reads])
    assert np.array_equal(frames, np.arange(3000))
    assert max(stop - start for start, stop in source.reads) * env.n_bins <= 2**18


def test_a_limit_of_frames_is_kept_before_anything_is_read(tmp_path: Path) -> None:
    source = CountingSource(bumps(room(), 600))
    scene = scene_in(room(), source)
    with pytest.raises(ValueError, match="600 frames, and max_html_frames is 500") as caught:
        write(scene, tmp_path / "a.html", max_html_frames=500)
    assert "max_html_frames=600" in str(caught.value)
    assert "subsample_frames" in str(caught.value)
    with pytest.raises(ValueError, match="max_html_frames is 500"):
        backend.present(scene, HTMLOptions(max_html_frames=500))
    assert source.reads == []
    assert not list(tmp_path.iterdir())
    write(scene, tmp_path / "a.html", max_html_frames=600)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_limit_of_size_is_kept_and_the_exact_size_told(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    size = write(noise(3000), tmp_path / "whole.html").stat().st_size
    path.write_bytes(b"the old page")
    with pytest.raises(ValueError, match=rf"{size} bytes\), above max_mb=1\.") as caught:
        write(noise(3000), path, max_mb=1)
    text = str(caught.value)
    assert f"would have {size / 1e6:.1f} MB" in text
    assert "embed_video" not in text
    assert path.read_bytes() == b"the old page"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.html", "whole.html"]
    enough = float(text.split("max_mb=")[2].split(",")[0])
    assert enough == pytest.approx(size / 1e6, abs=0.01)
    for limit in (enough, size / 1e6):
        assert write(noise(3000), path, max_mb=limit).stat().st_size == size
    with pytest.raises(ValueError, match="above max_mb"):
        write(noise(3000), path, max_mb=size / 1e6 - 1e-6)


def test_what_is_too_large_does_not_fill_the_disk(tmp_path: Path) -> None:
    most = 0

    def look(done: int, total: int) -> None:
        nonlocal most
        most = max(most, *(entry.stat().st_size for entry in tmp_path.iterdir()))

    with pytest.raises(ValueError, match=r"above max_mb=0\.5"):
        write(noise(3000), tmp_path / "a.html", max_mb=0.5, progress=look)
    assert 0 < most <= 500_000
    assert not list(tmp_path.iterdir())


def test_a_notebook_has_the_same_limit() -> None:
    page = backend.present(noise(3000), HTMLOptions(max_mb=1, progress=False))
    assert isinstance(page, HTMLPage)
    with pytest.raises(ValueError, match="above max_mb=1"):
        page._repr_html_()


def test_a_large_page_is_told_with_its_exact_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert size_guard.LARGE_MB == 50
    path = tmp_path / "a.html"
    scene = scene_in(room(), bumps(room(), 60), every_layer(60, n_pictures=50)[0])
    size = write(scene, path).stat().st_size
    monkeypatch.setattr(size_guard, "LARGE_MB", size / 1e6)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        write(scene, path)
    monkeypatch.setattr(size_guard, "LARGE_MB", (size - 1) / 1e6)
    caplog.set_level(logging.WARNING, "neurospatial")
    with pytest.warns(ResourceWarning, match=f"{size} bytes") as told:
        write(scene, path)
    text = str(told[0].message)
    assert caplog.messages == [text]
    assert text.startswith(f"The page has {size / 1e6:.1f} MB")
    for way in ("embed_video=False", "picture_quality", "subsample_frames", "larger bins"):
        assert way in text
    pictures = [
        data for name, data in ParsedPage(path.read_text()).chunks.items() if name[0] == "i"
    ]
    told_share = float(text.split("picture_quality: ")[1].split(" MB")[0])
    assert told_share == pytest.approx(sum(map(len, pictures)) * 4 / 3 / 1e6, abs=0.06)
    path.write_bytes(b"the old page")
    warnings.simplefilter("error")  # As pytest has it, which undoes this after the test.
    with pytest.raises(ResourceWarning):
        write(scene, path)
    assert path.read_bytes() == b"the old page", "told too late to be refused"


def test_without_the_video_the_page_is_small(tmp_path: Path) -> None:
    scene = scene_in(room(), bumps(room(), 60), every_layer(60, n_pictures=50)[0])
    whole = write(scene, tmp_path / "a.html").stat().st_size
    without = ParsedPage(write(scene, tmp_path / "b.html", embed_video=False).read_text())
    assert (tmp_path / "b.html").stat().st_size < whole
    assert not [name for name in without.chunks if name[0] == "i"]


GROWTH = """
    import resource, sys
    from pathlib import Path
    import numpy as np
    from neurospatial.scene import compile_scene
    from tests.html.pages import room, write
    env = room(40, 30)
    class Made:
        dtype = np.dtype(np.float32)
        def __init__(self, n): self.shape = (n, env.n_bins)
        def read(self, a, b):
            return np.tile(np.arange(a, b, dtype=np.float32)[:, None] % 7, (1, env.n_bins))
    peaks = []
    for n in (3000, 60_000):
        write(compile_scene(env, Made(n), vmin=0, vmax=7), Path(sys.argv[1]))
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    print(peaks[1] - peaks[0])
"""


def test_memory_does_not_grow_with_the_recording(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", dedent(GROWTH), tmp_path / "a.html"],
        capture_output=True, text=True, timeout=120, cwd=Path(__file__).parents[2], check=True,
    )  # fmt: skip
    assert int(run.stdout) < 15, "MiB more for twenty times the frames"


def test_smooth_fields_take_half_a_kilobyte_a_frame(tmp_path: Path) -> None:
    from tools.bench import data

    made = data.video(3000)
    env = room(*data.GRID)
    assert env.n_bins == 1350
    path = tmp_path / "a.html"
    alone = write(scene_in(env, made["fields"][:1], vmax=10.0), path).stat().st_size
    scene = scene_in(env, made["fields"], vmax=10.0)
    assert (write(scene, path).stat().st_size - alone) / 3000 <= 500
