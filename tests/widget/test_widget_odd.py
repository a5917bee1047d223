"""Kernels that are silent or in trouble, and animations that are odd."""

import numpy as np
import pytest

from neurospatial.widget import WidgetOptions, backend
from tests.html.pages import bumps, room, scene_in
from tests.widget.test_answers import Broken

SMALL = WidgetOptions(figsize=(4.0, 3.0))


def present(fields: object, nx: int = 8, ny: int = 6, **more: object):
    return backend.present(scene_in(room(nx, ny), fields, **more), SMALL)


def test_an_error_while_reading_reaches_the_player(host, caplog):
    fields = Broken(np.zeros((40_000, 48), np.float32))
    fields.first_bad = 20_000
    made = present(fields)
    host.show(made)
    host.tab.run("player.show(30_000).catch(() => null)")
    words = host.tab.words("[role=alert]")
    assert "OSError: [Errno 5] Input/output error" in words
    assert "cannot be read" in caplog.text
    host.tab.show(5)
    assert host.tab.page.locator("[role=alert]").count() == 0


def test_an_error_in_the_middle_of_playing_ends_it(host):
    fields = Broken(np.zeros((12_000, 48), np.float32))
    fields.first_bad = 5470
    made = present(fields)
    host.show(made)
    host.tab.show(5430)
    made.playing = True
    host.deliver()
    host.tab.until("!player.playing")
    assert "Input/output error" in host.tab.words("[role=alert]")
    host.tab.until("host.model.get('playing') === false")
    assert not made.playing


def test_a_silent_kernel_is_said_and_what_is_here_is_shown(host):
    made = present(bumps(room(), 30_000))
    host.show(made)
    notice = host.tab.page.locator(".ns-notice")
    assert not notice.is_visible()
    host.tab.run("void (host.deaf = true)")
    host.tab.run("void (player.frame = 20_000)")
    notice.wait_for(state="visible")
    assert "The kernel has not answered for 3 s" in notice.inner_text()
    host.tab.show(10)
    assert host.tab.words(".ns-counter") == "11 / 30000"


def test_a_kernel_that_answers_late_is_welcome(host):
    made = present(bumps(room(), 30_000))
    host.show(made)
    host.tab.run("void (host.deaf = true)")
    host.tab.run("void (player.frame = 20_000)")
    host.tab.page.locator(".ns-notice").wait_for(state="visible")
    for message in host.sent()[-4:]:
        made._handle_msg({"content": {"data": message}, "buffers": []})
    host.tab.run("void (host.deaf = false)")
    host.deliver()
    host.tab.until("document.querySelector('.ns-counter').textContent === '20001 / 30000'")
    host.tab.until("document.querySelector('.ns-notice').hidden")


def test_a_connection_that_is_gone_is_said(host):
    made = present(bumps(room(), 30_000))
    host.show(made)
    host.tab.run("void (host.post = () => { throw new Error('the comm is closed') })")
    host.tab.run("player.show(20_000).catch(() => null)")
    assert "The kernel cannot be reached: the comm is closed" in host.tab.words("[role=alert]")


@pytest.mark.parametrize("n_frames", [1, 2])
def test_few_frames(host, n_frames):
    made = present(bumps(room(), n_frames))
    host.show(made)
    host.tab.hold_time()
    made.playing = True
    host.deliver()
    host.tab.pass_time(200)
    assert host.tab.run("[player.frame, player.playing]") == [n_frames - 1, False]
    host.tab.until("host.model.get('playing') === false")
    assert (made.frame, made.playing) == (n_frames - 1, False)


def test_one_bin(host):
    host.show(present(np.ones((3, 1)), 1, 1))
    host.tab.page.locator(".ns-view").hover()
    assert "bin 0" in host.tab.words(".ns-readout")


def test_nothing_but_nan(host):
    made = present(np.full((3, 48), np.nan))
    host.show(made)
    assert (host.tab.pixels()[..., 3] == 0).all()


def test_a_million_bins(host):
    fields = np.tile(np.linspace(0, 1, 1_000_000, dtype=np.float32), (3, 1))
    fields[2] = 1 - fields[2]
    made = present(fields, 1000, 1000)
    host.show(made)
    first = host.tab.pixels()
    host.tab.show(2)
    assert (host.tab.pixels() != first).any()


@pytest.mark.parametrize("n_frames", [1000, 1_000_000])
def test_the_first_picture_does_not_wait_for_the_others(host, n_frames):
    made = present(np.broadcast_to(np.float32(0.5), (n_frames, 1350)), 30, 45)
    host.show(made)
    # How long it takes is measured by the bench; it is in what is asked for.
    assert len(host.asked()) < 15


def test_markup_is_shown_and_not_run(host):
    name = "</script><script>window.hurt = 1</script>"
    labels = [name, "\u2028🐀", "\"'`<img src=x onerror=hurt()>"]
    host.show(present(bumps(room(), 3), title=name, frame_labels=labels))
    assert host.tab.words(".ns-title") == name
    assert host.tab.run("document.querySelector('.ns-label').textContent") == name
    assert host.tab.run("window.hurt") is None
