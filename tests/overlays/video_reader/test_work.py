"""Threads, pickling, memory, and what is left when a reader is closed or forgotten."""

import gc
import os
import pickle
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import psutil
import pytest

from neurospatial.install_hint import make_install_line
from neurospatial.overlays.video_reader.reader import VideoReader
from tests.overlays.video_reader.clips import SIZE, make_clip, number_in
from tests.waiting import wait_until

N_FRAMES = 200
PICTURE_BYTES = SIZE[0] * SIZE[1] * 3 // 2


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("work"), "hevc with open GOPs", N_FRAMES)


@pytest.fixture(autouse=True)
def _no_thread_is_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    gc.collect()
    for thread in set(threading.enumerate()) - before:
        thread.join(5)
        assert not thread.is_alive(), thread


def numbers(video: VideoReader, asked: list[int]) -> list[int]:
    return [number_in(video.frame(number)) for number in asked]


def open_files(path: Path) -> int:
    return sum(Path(file.path) == path for file in psutil.Process().open_files())


@pytest.mark.parametrize("cache_bytes", [0, 10 * PICTURE_BYTES])
@pytest.mark.parametrize("way", ["random", "blocks in turn", "parts", "the same"])
def test_threads_get_their_frames(path: Path, way: str, cache_bytes: int) -> None:
    all_frames = np.arange(N_FRAMES)
    asked = {
        "random": list(np.random.default_rng(0).integers(0, N_FRAMES, (6, 60))),
        "blocks in turn": [all_frames.reshape(-1, 8)[k::5].ravel() for k in range(5)],
        "parts": np.array_split(all_frames, 6),
        "the same": [all_frames] * 4,
    }[way]
    with VideoReader(path, cache_bytes=cache_bytes) as video, ThreadPoolExecutor(6) as pool:
        came = list(pool.map(lambda wanted: numbers(video, wanted.tolist()), asked))
    assert came == [wanted.tolist() for wanted in asked]


def test_pictures_made_in_two_threads_at_once_keep_their_colours(path: Path) -> None:
    with VideoReader(path) as video, ThreadPoolExecutor(4) as pool:
        alone = video.frame(11)
        for picture in pool.map(lambda _: video.frame(11), range(300)):
            np.testing.assert_array_equal(picture, alone)


def test_it_pickles_without_its_pictures(path: Path) -> None:
    with VideoReader(path, cache_bytes=3_000_000) as video:
        video.read(0, 50)
        pickled = pickle.dumps(video)
    assert len(pickled) < 100 * N_FRAMES + 5_000
    with pickle.loads(pickled) as again:
        assert again.shape == (N_FRAMES, SIZE[1], SIZE[0], 3)
        assert numbers(again, [150, 3, 77]) == [150, 3, 77]
        np.testing.assert_array_equal(again.times, video.times)


def test_a_file_that_changed_since_it_was_pickled_is_refused(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.mp4"
    copy.write_bytes(path.read_bytes())
    with VideoReader(copy) as video:
        pickled = pickle.dumps(video)
    before = copy.stat().st_size
    copy.write_bytes(path.read_bytes() + bytes(8))
    with pytest.raises(ValueError, match=f"has {before + 8:,} bytes, and had {before:,}"):
        pickle.loads(pickled)
    copy.unlink()
    with pytest.raises(FileNotFoundError, match=r"copy\.mp4"):
        pickle.loads(pickled)


@pytest.mark.parametrize("kept", [0, 1, 10, 50])
def test_the_cache_keeps_to_its_bound(path: Path, kept: int) -> None:
    bound = kept * PICTURE_BYTES * 2
    with VideoReader(path, cache_bytes=bound) as video:
        most = 0
        for number in [*range(N_FRAMES), *range(N_FRAMES - 1, 0, -3)]:
            assert number_in(video.frame(number)) == number
            most = max(most, video.cached_bytes)
        assert most <= bound
        assert most >= kept * PICTURE_BYTES
    assert video.cached_bytes == 0


def test_memory_stays_bounded(path: Path) -> None:
    def resident() -> int:
        return psutil.Process().memory_info().rss

    with VideoReader(path, cache_bytes=2_000_000) as video:
        video.read(0, 20)
        before = resident()
        for _ in range(8):
            for number in range(N_FRAMES):
                video.frame(number)
        assert resident() - before < 12_000_000


def test_the_next_frames_are_decoded_ahead(path: Path) -> None:
    with VideoReader(path) as video:
        numbers(video, [20, 21])
        wait_until(lambda: 40 in video._pool.cache)
        assert any(thread.name.startswith("video-ahead") for thread in threading.enumerate())
        assert numbers(video, [22, 40, 60]) == [22, 40, 60]


def test_jumping_about_starts_no_thread(path: Path) -> None:
    before = threading.active_count()
    with VideoReader(path) as video:
        numbers(video, [100, 20, 60, 10, 10, 9, 8])
        assert threading.active_count() == before


def test_closing_while_reading_ahead_leaves_nothing(path: Path) -> None:
    before = threading.active_count()
    for _ in range(10):
        video = VideoReader(path)
        numbers(video, [0, 1, 2])
        video.close()
        assert threading.active_count() == before
    assert open_files(path) == 0
    video.close()


def test_a_forgotten_reader_leaves_nothing(path: Path) -> None:
    before = threading.active_count()
    video = VideoReader(path)
    numbers(video, [0, 1, 2])
    del video
    gc.collect()
    wait_until(lambda: threading.active_count() == before)
    assert open_files(path) == 0


def test_few_files_are_open_however_many_threads(path: Path) -> None:
    with VideoReader(path, cache_bytes=0) as video, ThreadPoolExecutor(12) as pool:
        list(pool.map(video.frame, np.random.default_rng(1).integers(0, N_FRAMES, 150).tolist()))
        assert 1 <= open_files(path) <= 4


def test_a_closed_reader_says_so(path: Path) -> None:
    with VideoReader(path) as video:
        pass
    with pytest.raises(ValueError, match=f"reader of {path.name!r} is closed"):
        video.frame(0)
    with pytest.raises(ValueError, match="is closed"):
        video.read(0, 1)
    assert video.n_frames == N_FRAMES


def test_nothing_heavy_is_imported_before_a_video_is_opened() -> None:
    code = (
        "import sys, neurospatial.overlays.video_reader.reader; "
        "print([n for n in ('av', 'cv2', 'matplotlib', 'scipy', 'pandas') if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    assert done.stdout.strip() == "[]"


def test_a_missing_pyav_gives_the_line_to_install_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "av", None)
    line = make_install_line("neurospatial-overlays[camera]")
    with pytest.raises(ImportError, match=re.escape(line)):
        VideoReader(path)


ENDS = {
    "the reader": "",
    "with a function that uses it": "def show():\n    return video.frame(3)",
    "in a scene, and a function that uses that": """
import numpy as np
from neurospatial import Environment
from neurospatial.overlays import VideoOverlay, calibrate_video
from neurospatial.scene import compile_scene
env = Environment.from_grid_edges([np.arange(5.0), np.arange(4.0)], units="cm")
corners = np.array([[0.0, 0.0], [4.0, 0.0], [4.0, 3.0], [0.0, 3.0]])
pixels = corners * (8, -8) + (0, 24)
placed = calibrate_video(sys.argv[1], env, landmarks_px=pixels, landmarks_env=corners)
times = np.arange(9) / 30
scene = compile_scene(env, np.zeros((9, 12)), vmin=0, vmax=1, frame_times=times,
                      overlays=[VideoOverlay(video, placed, np.arange(video.n_frames) / 30)])
def show():
    return scene.panels[0]
""",
}


@pytest.mark.parametrize("more", sorted(ENDS))
def test_a_script_that_ends_with_an_open_reader_prints_nothing(path: Path, more: str) -> None:
    code = (
        "import sys\n"
        "from neurospatial.overlays import VideoReader\n"
        "video = VideoReader(sys.argv[1])\n"
        f"video.read(0, 1)\n{ENDS[more]}\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, path], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
