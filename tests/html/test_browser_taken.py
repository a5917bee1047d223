"""Frames that are taken away, and what the player says of it, in a headless Chromium."""

from base64 import b64decode
from io import BytesIO

import numpy as np
import pytest

from tests.html.pages import bumps, every_layer, room, scene_in, write

COPY, SAVE = "[aria-label='Copy frame as PNG']", "[aria-label='Save frame as PNG']"
ON_THE_CLIPBOARD = """(async () => {
    const [item] = await navigator.clipboard.read();
    const bytes = new Uint8Array(await (await item.getType("image/png")).arrayBuffer());
    return btoa(bytes.reduce((letters, byte) => letters + String.fromCharCode(byte), ""));
})()"""


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    env = room()
    scene = scene_in(env, bumps(env, 400), *every_layer(400), title="Bumps 🐀")
    path = tmp_path_factory.mktemp("page") / "page.html"
    return write(scene, path, figsize=(4.0, 3.0), picture_quality=None)


def pixels(data):
    from PIL import Image

    with Image.open(BytesIO(data)) as picture:
        return np.asarray(picture.convert("RGB"))


def saved(tab):
    with tab.page.expect_download() as download:
        tab.page.click(SAVE)
    return download.value.suggested_filename, pixels(download.value.path().read_bytes())


def test_frame_is_saved_as_a_picture(tab, page):
    tab.open(page)
    tab.show(41)
    name, picture = saved(tab)
    assert name == "frame-042.png"
    assert picture.shape[1] > 300
    assert len(np.unique(picture.reshape(-1, 3), axis=0)) > 20
    tab.show(42)
    assert (saved(tab)[1] != picture).any()


@pytest.mark.parametrize("way", ["button", "key"])
def test_frame_is_copied(tab, page, way):
    tab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.open(page)
    tab.show(41)
    if way == "button":
        tab.page.click(COPY)
    else:
        tab.page.keyboard.press("c")
    tab.until("document.querySelector('.ns-readout').textContent !== ''")
    assert tab.words(".ns-readout") == "Frame 42 is on the clipboard"
    copied = pixels(b64decode(tab.run(ON_THE_CLIPBOARD)))
    assert np.array_equal(copied, saved(tab)[1])


@pytest.mark.parametrize("missing", ["navigator.clipboard", "ClipboardItem"])
def test_browser_that_cannot_copy_says_so(tab, page, missing):
    owner, _, name = missing.rpartition(".")
    tab.page.add_init_script(
        f"Object.defineProperty({owner or 'window'}, '{name}', {{ value: undefined }})"
    )
    tab.open(page)
    tab.page.click(COPY)
    tab.until("document.querySelector('.ns-readout').textContent !== ''")
    assert "lets no picture be copied" in tab.words(".ns-readout")
    assert tab.page.locator(".ns-problem").count() == 0


def test_what_is_said_gives_way_to_what_is_asked(tab, page):
    tab.open(page)
    tab.page.click(COPY)
    tab.until("document.querySelector('.ns-readout').textContent !== ''")
    words = tab.words(".ns-readout")
    tab.page.keyboard.press("ArrowRight")
    assert tab.words(".ns-readout") == words
    tab.page.locator(".ns-view").hover()
    assert "bin" in tab.words(".ns-readout")


def test_full_screen_is_entered_and_left(tab, page):
    tab.open(page)
    for wanted in ("true", "false"):
        tab.page.click("[aria-label='Full screen']")
        tab.until(f"Boolean(document.fullscreenElement) === {wanted}")
    tab.run("(Element.prototype.requestFullscreen = () => Promise.reject(new Error('no')))")
    tab.page.click("[aria-label='Full screen']")
    tab.until("document.querySelector('.ns-readout').textContent !== ''")
    assert tab.words(".ns-readout") == "There is no full screen: no"
