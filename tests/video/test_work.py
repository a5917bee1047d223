"""How the work is done: what it leaves behind, what it holds in memory, what it says."""

import os
import resource
import subprocess
import sys
from itertools import count
from pathlib import Path
from textwrap import dedent

import matplotlib as mpl
import numpy as np
import pytest

from neurospatial.scene import Source, compile_scene
from neurospatial.video import DryRun, VideoOptions, backend, check_ffmpeg_available, render_frames
from neurospatial.video import estimate as estimate_module
from tests.video.clips import clip, psnr, read, room, wandering_fields, write
from tests.waiting import HANGS


class GaveUpError(Exception):
    pass


@pytest.mark.parametrize("suffix", [".mp4", ".webm", ".gif"])
@pytest.mark.parametrize("n_workers", [1, 3])
@pytest.mark.parametrize("before", [b"the old film", None])
def test_cancelling_leaves_what_was_there(
    suffix: str, n_workers: int, before: bytes | None, tmp_path: Path
) -> None:
    path = tmp_path / f"clip{suffix}"
    if before is not None:
        path.write_bytes(before)

    def give_up(done: int, total: int) -> None:
        assert total == 50
        if done == 12:
            raise GaveUpError

    with pytest.raises(GaveUpError):
        write(clip(50), path, n_workers=n_workers, progress=give_up)
    assert [entry.name for entry in tmp_path.iterdir()] == ([] if before is None else [path.name])
    if before is not None:
        assert path.read_bytes() == before


@pytest.mark.parametrize("n_workers", [1, 3])
def test_a_field_that_cannot_be_read_ends_the_work_cleanly(n_workers: int, tmp_path: Path) -> None:
    env = room()

    class Broken:
        shape = (60, env.n_bins)
        dtype = np.dtype(np.float64)

        def read(self, start: int, stop: int) -> np.ndarray:
            if start > 0:
                raise OSError("the disk went away")
            return np.zeros((min(stop, 20) - start, env.n_bins))

    scene = compile_scene(env, Broken(), vmin=0, vmax=1)
    with pytest.raises((OSError, IndexError)):
        write(scene, tmp_path / "a.mp4", n_workers=n_workers)
    assert not list(tmp_path.iterdir())


STRICT = ("-W", "error", "-W", "ignore::DeprecationWarning")
"""Warnings are errors, but for those by which libraries of different years meet."""

FULL_DISK = """
    import resource, signal, sys
    from pathlib import Path
    from tests.video.clips import clip, write
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))
    try:
        write(clip(200), Path(sys.argv[1]), n_workers=int(sys.argv[2]), **eval(sys.argv[3]))
    except OSError as error:
        print("refused:", error)
"""


@pytest.mark.parametrize("suffix", [".mp4", ".webm", ".avi", ".gif"])
@pytest.mark.parametrize("n_workers", [1, 2])
def test_a_full_disk_is_an_error_and_leaves_no_half_file(
    suffix: str, n_workers: int, tmp_path: Path
) -> None:
    path = tmp_path / f"clip{suffix}"
    run = subprocess.run(
        [sys.executable, *STRICT, "-c", dedent(FULL_DISK), path, str(n_workers), "{}"],
        capture_output=True, text=True, timeout=120, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert run.stdout.startswith("refused:"), run.stdout + run.stderr
    assert not list(tmp_path.iterdir())


class Counting:
    """A long recording that is made as it is read, and remembers how much was asked for."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.shape, self.dtype = source.shape, source.dtype
        self.reads: list[tuple[int, int]] = []

    def read(self, start: int, stop: int) -> np.ndarray:
        self.reads.append((start, stop))
        return self.source.read(start, stop)


def test_frames_are_read_once_and_in_short_pieces(tmp_path: Path) -> None:
    env = room()
    recording = np.memmap(tmp_path / "f.dat", np.float32, "w+", shape=(9000, env.n_bins))
    recording[:] = np.arange(9000)[:, None] % 50
    from neurospatial.scene import ArraySource

    source = Counting(ArraySource(recording))
    scene = compile_scene(env, source, vmin=0, vmax=50)
    assert source.reads == []
    write(scene, tmp_path / "a.mp4", n_workers=3, figsize=(2, 1.5), preset="draft")
    frames = np.concatenate([np.arange(*read) for read in source.reads])
    assert np.array_equal(np.sort(frames), np.arange(9000))
    assert max(stop - start for start, stop in source.reads) * env.n_bins * 4 <= 4_000_000


GROWTH = """
    import resource, sys
    from pathlib import Path
    import numpy as np
    from neurospatial.scene import compile_scene
    from tests.video.clips import room, write
    env = room()
    class Made:
        dtype = np.dtype(np.float32)
        def __init__(self, n): self.shape = (n, env.n_bins)
        def read(self, a, b):
            return np.tile(np.arange(a, b, dtype=np.float32)[:, None] % 7, (1, env.n_bins))
    peaks = []
    for n in (300, 6000):
        write(compile_scene(env, Made(n), vmin=0, vmax=7), Path(sys.argv[1]), figsize=(2, 1.5))
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    print(peaks[1] - peaks[0])
"""


def test_memory_does_not_grow_with_the_recording(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", dedent(GROWTH), tmp_path / "a.mp4"],
        capture_output=True, text=True, timeout=120, cwd=Path(__file__).parents[2], check=True,
    )  # fmt: skip
    assert int(run.stdout) < 25, "MiB more for twenty times the frames"


LARGE_GIF = """
    import resource, sys
    from pathlib import Path
    from tests.video.clips import clip, write
    def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    write(clip(2), Path(sys.argv[1]), figsize=(2, 1.5))
    before = peak()
    write(clip(12), Path(sys.argv[1]), figsize=(38.4, 21.6), dpi=100)
    print(peak() - before)
"""


def test_a_gif_of_large_pictures_holds_few_of_them(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", dedent(LARGE_GIF), tmp_path / "a.gif"],
        capture_output=True, text=True, timeout=HANGS, cwd=Path(__file__).parents[2], check=True,
    )  # fmt: skip
    assert int(run.stdout) < 700, "MiB for pictures of 25 each"


@pytest.mark.parametrize("codec", ["h264", "h265", "mpeg4"])
@pytest.mark.parametrize("n_workers", [1, 2])
def test_a_dry_run_foresees_time_and_size(
    codec: str,
    n_workers: int,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # It looks at the clock after each frame, which the bench holds to the true one.
    monkeypatch.setattr(estimate_module, "perf_counter", count(50.0, 0.01).__next__)
    scene = clip(700)
    options = {"codec": codec, "n_workers": n_workers, "figsize": (6, 4.5), "progress": False}
    path = tmp_path / "a.mp4"
    estimate = backend.present(scene, VideoOptions(save_path=path, dry_run=True, **options))
    assert isinstance(estimate, DryRun)
    assert not list(tmp_path.iterdir())
    printed = capsys.readouterr().out
    assert printed.startswith(f"Dry run: Rendering {estimate.n_sampled} test frames...")
    assert "Estimated time: " in printed
    assert "(700 frames, " in printed
    assert "Estimated file size: " in printed
    assert estimate.seconds == pytest.approx(7.0, rel=0.03)
    write(scene, path, **options)
    assert 1 / 1.5 < estimate.n_bytes / path.stat().st_size < 1.5


def test_a_dry_run_of_a_gif(tmp_path: Path) -> None:
    scene = clip(400)
    path = tmp_path / "a.gif"
    estimate = backend.present(
        scene, VideoOptions(save_path=path, dry_run=True, figsize=(4, 3), progress=False)
    )
    write(scene, path)
    assert isinstance(estimate, DryRun)
    assert 1 / 1.5 < estimate.n_bytes / path.stat().st_size < 1.5


def test_the_caller_is_left_as_it_was(tmp_path: Path) -> None:
    def state() -> tuple[object, ...]:
        limits = resource.getrlimit(resource.RLIMIT_NOFILE)
        return dict(mpl.rcParams), os.getcwd(), dict(os.environ), sys.stdin, limits

    with mpl.rc_context({"axes.titlesize": 7.0, "image.cmap": "magma"}):
        before = state()
        for name in ("a.mp4", "b.webm", "c.gif"):
            write(clip(6), tmp_path / name, n_workers=2)
        assert state() == before


def test_matplotlib_pyplot_is_never_loaded(tmp_path: Path) -> None:
    code = """
        import sys
        from pathlib import Path
        from tests.video.clips import clip, write
        write(clip(3), Path(sys.argv[1]))
        print("matplotlib.pyplot" in sys.modules)
    """
    run = subprocess.run(
        [sys.executable, "-c", dedent(code), tmp_path / "a.mp4"],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert run.stdout.strip() == "False"
    assert run.stderr == ""


def test_encoders_say_nothing(tmp_path: Path) -> None:
    code = """
        import sys
        from pathlib import Path
        from tests.video.clips import clip, write
        for name, codec in (("a.mp4", "h264"), ("b.mp4", "h265"), ("c.webm", "vp9"),
                            ("d.mp4", "av1"), ("e.avi", "mpeg4")):
            write(clip(5), Path(sys.argv[1]) / name, codec=codec, n_workers=2)
    """
    run = subprocess.run(
        [sys.executable, "-c", dedent(code), tmp_path],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert run.stdout == ""
    assert run.stderr == ""


def test_marks_do_not_depend_on_the_number_of_workers(tmp_path: Path) -> None:
    scene = clip(60)
    one, three = (
        read(write(scene, tmp_path / f"{n}.mp4", n_workers=n, crf=4)).pictures for n in (1, 3)
    )
    assert min(psnr(a, b) for a, b in zip(one, three, strict=True)) > 38


def test_several_panels_share_scale_and_clock(tmp_path: Path) -> None:
    env = room()
    fields = wandering_fields(env, 4)
    scene = compile_scene(
        env,
        {"before": fields, "after": fields * 2},
        title="Two",
        scale_bar=True,
        colorbar_label="Hz",
    )
    made = VideoOptions(save_path=tmp_path / "a.mp4")
    picture = next(render_frames(scene, made, [2]))
    from neurospatial.video import panel_pixels

    left, right = panel_pixels(scene, made)
    assert left[1].stop <= right[1].start
    inner = (slice(20, -60), slice(20, -20))
    assert not np.array_equal(picture[left][inner], picture[right][inner])
    assert len(read(write(scene, tmp_path / "b.mp4")).pictures) == 4


def test_an_encoder_can_be_had() -> None:
    assert check_ffmpeg_available() is True
    assert backend.unavailable() is None
