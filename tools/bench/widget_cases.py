"""The widget, until its first picture is there."""

import os
import time
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from tools.bench import data

_MAKE = """
import numpy as np
from neurospatial import Environment

edges = [np.arange(n + 1) * {size} for n in {grid}]
env = Environment.from_mask(np.ones({grid}, bool), edges, units="cm")
fields = np.memmap({path!r}, np.float32, "r", shape=({n_frames}, env.n_bins))
times = np.arange({n_frames}) / 50
"""
_SHOW = 'env.animate_fields(fields, backend="widget", vmin=0, vmax=1, frame_times=times)'
_WATCH = """(count) => {
    const commands = jupyterapp.commands;
    const players = () =>
        [...document.querySelectorAll(".ns-player")].map((it) => it.player).filter(Boolean);
    const execute = commands.execute.bind(commands);
    commands.execute = (...given) => {
        window.begun ??= performance.now();
        return execute(...given);
    };
    const look = () => {
        if (players().length < count) return requestAnimationFrame(look);
        players().at(-1).ready.then(() => (window.ended = performance.now()));
    };
    window.begun = undefined;
    window.ended = null;
    look();
}"""


def first_picture(folder: str, n_frames: int) -> dict[str, float]:
    """Show a recording; give the seconds from the front end's beginning to the first frame."""
    import comm

    host, browser = import_module("tests.widget.host"), import_module("tests.html.browser")
    comm.create_comm = host.KeptComm
    names: dict[str, object] = {}
    exec(_make(folder, n_frames), names)
    begin = time.perf_counter()
    names["widget"] = eval(_SHOW, names)
    made = time.perf_counter() - begin
    with (
        TemporaryDirectory() as own,
        browser.open_browser() as found,
        browser.open_tab(found) as tab,
    ):
        shown = host.Host(tab, Path(own))
        begin = time.perf_counter()
        shown.show(names["widget"])  # It waits for the first frame.
        return {"seconds": time.perf_counter() - begin, "made": made}


def in_jupyterlab(folder: str, n_frames: int) -> dict[str, float]:
    """Run a cell in JupyterLab; give the seconds until the first frame.

    ``first`` is that of the kernel's first widget, which imports what it needs;
    ``seconds`` that of the second.
    """
    lab, browser = import_module("tests.widget.lab"), import_module("tests.html.browser")
    with TemporaryDirectory() as root, TemporaryDirectory() as own:
        cells = (_make(folder, n_frames), _SHOW, _SHOW)
        path = lab.notebook(Path(root) / "fields.ipynb", *cells)
        with lab.running_lab(Path(own), Path(root)) as address, browser.open_browser() as found:
            page = found.new_context(viewport={"width": 1200, "height": 2400}).new_page()
            tab = lab.LabTab(page, address)
            tab.open(path)
            tab.run(0)
            taken = []
            for number in (1, 2):
                page.evaluate(_WATCH, number)
                tab.run(number)
                tab.until("window.ended !== null")
                taken.append(page.evaluate("(window.ended - window.begun) / 1000"))
    return {"seconds": taken[1], "first": taken[0]}


def _make(folder: str, n_frames: int) -> str:
    path = Path(folder) / f"widget-{n_frames}.dat"
    n_bytes = 4 * n_frames * data.GRID[0] * data.GRID[1]
    if not path.exists():
        path.touch()
        os.truncate(path, n_bytes)  # What is not looked at need not be there.
        head = np.memmap(
            path, np.float32, "r+", shape=(min(n_frames, 1000), n_bytes // 4 // n_frames)
        )
        head[:] = np.random.default_rng(1).random(head.shape, dtype=np.float32)
        head.flush()
    given = {"path": str(path), "grid": data.GRID, "size": data.BIN_SIZE, "n_frames": n_frames}
    return _MAKE.format(**given)
