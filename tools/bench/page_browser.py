"""Web pages as a browser opens and plays them: a headless Chromium, cut off from the network."""

import os
import shutil
import time
from importlib import import_module
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_FLAGS = ["--no-sandbox", "--no-first-run", "--disable-background-networking"]
_LASTING = 4.0  # seconds
_SIZE = {"width": 1280, "height": 900}

_PAINTED = """async () => {
    const player = document.getElementById("ns-player")?.player;
    if (player) await player.ready;
    await Promise.all([...document.images].map((image) => image.decode()));
    const next = () => new Promise((done) => requestAnimationFrame(done));
    await next();
    await next();
}"""

_PLAYED = """([speed, seconds]) => new Promise((done) => {
    const { player } = document.getElementById("ns-player");
    let drawn = 0;
    player.addEventListener("framechange", () => drawn++);
    player.loop = true;
    player.speed = speed;
    player.play();
    const begin = performance.now();
    const look = (now) => {
        if (now - begin < 1000 * seconds) return requestAnimationFrame(look);
        player.pause();
        done((1000 * drawn) / (now - begin));
    };
    requestAnimationFrame(look);
})"""


def opened(path: str) -> dict[str, float]:
    """Open a page in a browser that runs; give the seconds until its first frame is painted."""
    return _measure_page(path, {})


def played(path: str) -> dict[str, float]:
    """Open a page and play it, also four times as fast; give the frames drawn a second."""
    return _measure_page(path, {"drawn": 1.0, "drawn_fast": 4.0})


def _measure_page(path: str, speeds: dict[str, float]) -> dict[str, float]:
    with import_module("playwright.sync_api").sync_playwright() as started:
        browser = started.chromium.launch(executable_path=find_chromium(), args=_FLAGS)
        page = browser.new_context(offline=True, viewport=_SIZE).new_page()
        page.goto("about:blank")
        begin = time.perf_counter()
        page.goto(Path(path).as_uri())
        page.evaluate(_PAINTED)
        result = {"seconds": time.perf_counter() - begin}
        for name, speed in speeds.items():
            result[name] = page.evaluate(_PLAYED, [speed, _LASTING])
        result["unwaited"] = _sum_helper_seconds()
        browser.close()
    return result


def _sum_helper_seconds() -> float:
    """Processor seconds of the browser's helpers: nobody waits for them, so none are charged."""
    stats = {int(path.name): _read_stat(path) for path in Path("/proc").glob("[0-9]*")}
    ours = {os.getpid()}
    while more := {pid for pid, (parent, *_) in stats.items() if parent in ours} - ours:
        ours |= more
    return sum(seconds for pid, (_, seconds, helps) in stats.items() if pid in ours and helps)


def _read_stat(process: Path) -> tuple[int, float, bool]:
    """Parent, processor seconds, and whether it is a browser's helper."""
    try:
        fields = (process / "stat").read_text().rpartition(")")[2].split()
        helps = b"--type=" in (process / "cmdline").read_bytes()
    except OSError:
        return 0, 0.0, False  # It has ended meanwhile.
    return int(fields[1]), (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"), helps


def find_chromium() -> str | None:
    """Find a Chromium: the one that NEUROSPATIAL_CHROMIUM names, else an installed one."""
    named = os.environ.get("NEUROSPATIAL_CHROMIUM")
    return named or next(filter(None, map(shutil.which, _NAMES)), None)
