"""What the kernel answers, and what it keeps."""

import gc
import logging
import weakref

import numpy as np
import psutil
import pytest

from neurospatial.html import BundleOptions
from neurospatial.scene import ArraySource
from neurospatial.widget import FieldsWidget, WidgetOptions, backend
from tests.html.pages import bumps, bundled, every_layer, room, scene_in


class Counting:
    """Frames that note which of them were read.

    Parameters
    ----------
    frames : ndarray
    """

    def __init__(self, frames) -> None:
        self.frames, self.reads = frames, []
        self.shape, self.dtype = frames.shape, frames.dtype

    def __getitem__(self, key):
        self.reads.append((key.start, key.stop))
        return self.frames[key]


class Broken(Counting):
    """Frames of which those from some number on cannot be read."""

    first_bad = 0
    error: type[BaseException] = OSError

    def __getitem__(self, key):
        if key.stop > self.first_bad:
            raise self.error(5, "Input/output error")
        return super().__getitem__(key)


def present(fields: object, **more: object) -> FieldsWidget:
    return backend.present(scene_in(room(), fields, **more), WidgetOptions())


def ask(widget: FieldsWidget, name: object) -> dict[str, object]:
    """Ask as the browser does; give the one answer."""
    widget.comm.take()
    data = {"method": "custom", "content": {"chunk": name}}
    widget._handle_msg({"content": {"data": data}, "buffers": []})
    (answer,) = widget.comm.take()
    return answer


def values_of(widget: FieldsWidget) -> dict[str, object]:
    """The entry of the field's values in the header."""
    return widget._bundle.header["panels"][0]["layers"][0]["values"]


def test_every_chunk_is_the_bundle_s():
    from base64 import b64decode

    env = room()
    scene = scene_in(env, bumps(env, 30), *every_layer(30))
    bundle, _ = bundled(scene)
    widget = backend.present(scene, WidgetOptions())
    for name in bundle.names():
        answer = ask(widget, name)
        assert answer["data"]["content"] == {"chunk": name}
        assert b64decode(answer["buffers"][0]) == bundle.chunk(name), name
    assert BundleOptions() == WidgetOptions().make_bundle_options(scene)


def test_nothing_is_read_before_it_is_asked_for_and_no_more_than_a_chunk():
    env = room(60, 50)
    fields = Counting(np.broadcast_to(np.float32(0.5), (1_000_000, env.n_bins)))
    scene = scene_in(env, fields)
    widget = backend.present(scene, WidgetOptions())
    assert fields.reads == []
    entry = values_of(widget)
    ask(widget, f"{entry['name']}/7")
    assert fields.reads == [(7 * entry["rows"], 8 * entry["rows"])]


def test_the_kernel_keeps_no_chunk(tmp_path):
    env = room(60, 50)
    path = tmp_path / "fields.dat"
    fields = np.memmap(path, np.float32, "w+", shape=(60_000, env.n_bins))
    widget = backend.present(scene_in(env, fields), WidgetOptions())
    entry = values_of(widget)
    ask(widget, f"{entry['name']}/0")
    process = psutil.Process()

    def own() -> int:
        gc.collect()
        memory = process.memory_full_info()
        return memory.uss

    before = own()
    for number in range(0, 60_000 // entry["rows"], 2):
        ask(widget, f"{entry['name']}/{number}")
    # What was looked at is 360 MB; pages of the map that were touched are the system's.
    mapped = sum(m.rss for m in process.memory_maps() if m.path == str(path))
    assert own() - before < 40e6 + mapped


def test_an_error_while_reading_is_said_and_logged(caplog):
    fields = Broken(np.zeros((20_000, 48), np.float32))
    fields.first_bad = 11_000
    widget = present(fields)
    name = values_of(widget)["name"]
    assert ask(widget, f"{name}/0")["buffers"]
    with caplog.at_level(logging.ERROR, "neurospatial"):
        answer = ask(widget, f"{name}/2")
    assert answer["data"]["content"] == {
        "chunk": f"{name}/2",
        "problem": "OSError: [Errno 5] Input/output error",
    }
    assert f"Part {name}/2 of a widget cannot be read" in caplog.text
    assert ask(widget, f"{name}/1")["buffers"], "what can be read still is"


def test_an_interrupt_is_answered_and_goes_on(caplog):
    fields = Broken(np.zeros((10, 48), np.float32))
    fields.error = KeyboardInterrupt
    widget = present(fields)
    data = {"method": "custom", "content": {"chunk": f"{values_of(widget)['name']}/0"}}
    with pytest.raises(KeyboardInterrupt):
        widget._handle_msg({"content": {"data": data}, "buffers": []})
    assert "KeyboardInterrupt" in widget.comm.take()[-1]["data"]["content"]["problem"]
    assert "cannot be read" in caplog.text


@pytest.mark.parametrize("name", ["a99/0", "nonsense", "", None, 5])
def test_a_chunk_that_is_not_there_is_an_answer_too(name):
    answer = ask(present(np.zeros((3, 48))), name)
    assert answer["data"]["content"]["problem"].startswith("KeyError: There is no chunk")


def test_closing_lets_go_of_the_fields(tmp_path):
    fields = ArraySource(np.zeros((10, 48)))
    widget, gone = present(fields), weakref.ref(fields)
    del fields
    gc.collect()
    assert gone() is not None
    widget.close()
    gc.collect()
    assert gone() is None
    assert repr(widget) == "FieldsWidget(10 frames; closed)"
    with pytest.raises(RuntimeError, match="has been closed"):
        widget.save(tmp_path / "page.html")
    with pytest.raises(NotImplementedError):
        widget._ipython_display_()  # IPython then prints what it is.
    widget.close()
