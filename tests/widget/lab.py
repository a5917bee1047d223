"""JupyterLab, started for real and opened in a headless Chromium."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.waiting import HANGS, wait_until

_TOKEN = "only-for-this-test"
_QUIET = {
    "@jupyterlab/apputils-extension/notification.jupyterlab-settings": {
        "fetchNews": "false",
        "checkForUpdates": False,
    },
    "@jupyterlab/notebook-extension/tracker.jupyterlab-settings": {"windowingMode": "none"},
}
_ANSWERS = """async () => {
    const { session } = jupyterapp.shell.currentWidget.sessionContext;
    const late = new Promise((resolve) => setTimeout(() => resolve(null), 1000));
    const answer = session?.kernel?.requestExecute({ code: "" }).done;
    return Boolean(await Promise.race([answer ?? late, late]));
}"""
_RUN = """() => {
    window.hasRun = false;
    jupyterapp.commands.execute("notebook:run-cell").then(() => (window.hasRun = true));
}"""
_PRINTED = """(number) => {
    const { outputs } = jupyterapp.shell.currentWidget.content.widgets[number].model;
    return outputs.toJSON().map((it) => it.text ?? it.data?.["text/plain"] ?? "").join("");
}"""
_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def notebook(path: Path, *cells: str) -> Path:
    """Write a notebook that has not been run."""
    import nbformat

    made = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell) for cell in cells],
        metadata={"kernelspec": _KERNEL},
    )
    nbformat.write(made, path)
    return path


def environment(folder: Path) -> dict[str, str]:
    """Environment variables with which Jupyter touches nothing but a folder."""
    names = ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR")
    own = {f"JUPYTER_{name}": str(folder / name.lower()) for name in names}
    lab = {f"JUPYTERLAB_{name}_DIR": str(folder / name.lower()) for name in _LAB_FOLDERS}
    frozen = {"PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    homes = {"IPYTHONDIR": str(folder / "ipython"), "TMPDIR": str(folder)}
    return {**os.environ, **own, **lab, **frozen, **homes}


_LAB_FOLDERS = ("SETTINGS", "WORKSPACES")


@contextmanager
def running_lab(folder: Path, root: Path) -> Iterator[str]:
    """Start JupyterLab on a free port; give its address."""
    pytest.importorskip("jupyterlab", reason="JupyterLab is not installed")
    for name, settings in _QUIET.items():
        path = folder / "settings" / name
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(settings), encoding="utf-8")
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1",
        "--ServerApp.port=0", "--allow-root", f"--IdentityProvider.token={_TOKEN}",
        "--ServerApp.root_dir", str(root), "--LabApp.extension_manager=readonly",
        "--LabApp.expose_app_in_browser=True",
    ]  # fmt: skip
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            command, env=environment(folder), stdout=log, stderr=log, start_new_session=True
        )
        try:
            yield _address(folder, server)
        finally:
            os.killpg(server.pid, signal.SIGTERM)  # Its kernels too.
            server.wait(HANGS)


def _address(folder: Path, server: subprocess.Popen[bytes]) -> str:
    found: list[str] = []

    def look() -> bool:
        for path in (folder / "runtime_dir").glob("jpserver-*.json"):
            with suppress(json.JSONDecodeError):  # It is being written.
                found.append(json.loads(path.read_text("utf-8"))["url"])
        return bool(found) or server.poll() is not None

    wait_until(look, "JupyterLab's address")
    if not found:
        raise AssertionError((folder / "log").read_text("utf-8"))
    return found[0]


class LabTab:
    """A notebook that is open in JupyterLab, and what the browser said meanwhile.

    Parameters
    ----------
    page : playwright.sync_api.Page
    address : str
    """

    def __init__(self, page, address: str) -> None:
        self.page, self._address = page, address
        self.messages: list[str] = []
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.messages.append(str(error)))
        page.route(lambda url: not url.startswith(address), lambda route: route.abort())

    def _note(self, message) -> None:
        if message.type in ("error", "warning"):
            self.messages.append(f"{message.type}: {message.text}")

    def open(self, path: Path) -> None:
        """Open a notebook and wait for its kernel."""
        self.page.goto(f"{self._address}lab/tree/{path.name}?reset&token={_TOKEN}")
        self.page.wait_for_selector(".jp-Notebook .jp-Cell")
        self.page.wait_for_selector(
            ".jp-NotebookPanel-toolbar [data-status=idle]", state="attached"
        )
        # Its first connection is given up at times.
        wait_until(lambda: self.page.evaluate(_ANSWERS), "the kernel's answer")

    def cell(self, number: int):
        """A cell, by number from 0."""
        return self.page.locator(".jp-Notebook .jp-Cell").nth(number)

    def run(self, number: int) -> str:
        """Run a cell, wait until it has run and give what it printed, as text."""
        self.cell(number).locator(".jp-InputPrompt").click()
        self.page.evaluate(_RUN)
        wait_until(lambda: self.page.evaluate("window.hasRun"), f"the end of cell {number}")
        return str(self.page.evaluate(_PRINTED, number)).strip()

    def player(self, script: str, given: object = None) -> object:
        """Give what an expression comes to that may name `player`, the first one, and `given`."""
        return self.page.evaluate(
            "async (given) => { const player = [...document.querySelectorAll('.ns-player')]"
            f".map((it) => it.player).find((it) => it); return await ({script}); }}",
            given,
        )

    def until(self, script: str, given: object = None) -> None:
        """Wait for an expression to come true."""
        wait_until(lambda: self.player(script, given), script)
