"""A page in the place of a notebook's front end, tied to widgets of this process.

anywidget's own module runs in it; what Jupyter does beneath that is in host.js.
"""

import json
from base64 import b64encode
from importlib.resources import files
from pathlib import Path

import comm
from comm.base_comm import BaseComm

from neurospatial.widget import FieldsWidget
from tests.html.browser import Tab

_PAGE = '<!DOCTYPE html><meta charset="utf-8"><main id="ns-player"></main>'


class KeptComm(BaseComm):
    """Keeps what a widget says until somebody takes it."""

    def __init__(self, *args, **kwargs) -> None:
        self.messages: list[dict[str, object]] = []
        super().__init__(*args, **kwargs)

    def publish_msg(self, msg_type, data=None, metadata=None, buffers=None, **keys) -> None:
        texts = [b64encode(bytes(buffer)).decode() for buffer in buffers or []]
        self.messages.append({"type": msg_type, "data": data, "buffers": texts})

    def take(self) -> list[dict[str, object]]:
        messages, self.messages = self.messages, []
        return [message for message in messages if message["type"] == "comm_msg"]


def keep_messages(monkeypatch) -> None:
    """Have widgets made from now on talk to a `Host`."""
    monkeypatch.setattr(comm, "create_comm", KeptComm)


class Host:
    """A tab that shows widgets.

    Parameters
    ----------
    tab : Tab
    folder : pathlib.Path
    """

    def __init__(self, tab: Tab, folder: Path) -> None:
        self.tab = tab
        self.widget: FieldsWidget | None = None
        page = folder / "host.html"
        page.write_text(_PAGE, encoding="utf-8")
        tab.page.expose_function("toKernel", self._hear)
        tab.page.goto(page.as_uri())
        tab.page.add_script_tag(path=Path(__file__).with_name("host.js"))
        extension = files("anywidget").joinpath("nbextension", "index.js").read_text("utf-8")
        tab.page.add_script_tag(content=f"(() => {{ {extension} }})()")

    def show(self, widget: FieldsWidget) -> None:
        """Show a widget; wait for its first frame."""
        self.widget = widget
        state = json.dumps(widget.get_state())
        widget.comm.take()
        self.tab.page.evaluate("(state) => host.open(JSON.parse(state), host.kinds)", state)

    def show_again(self) -> None:
        """Show the same widget a second time."""
        self.tab.page.evaluate("() => host.view(host.kinds)")

    def deliver(self) -> None:
        """Have the page hear what Python has said since."""
        self.tab.page.evaluate("(said) => host.take(said)", self.widget.comm.take())

    def sent(self) -> list[dict[str, object]]:
        """What the page has said, in order."""
        return list(self.tab.page.evaluate("host.sent"))

    def asked(self) -> list[str]:
        """Names of the chunks that the page has asked for, in order."""
        return [x["content"]["chunk"] for x in self.sent() if x["method"] == "custom"]

    def _hear(self, text: str) -> list[dict[str, object]]:
        self.widget._handle_msg({"content": {"data": json.loads(text)}, "buffers": []})
        return [x for x in self.widget.comm.take() if x["data"]["method"] != "echo_update"]
