"""Pages that are large, odd, hostile or broken, in a headless Chromium."""

import json
import re

import numpy as np
import pytest

from neurospatial.scene import FieldPanel, Raster, SceneOptions, compile_panels
from neurospatial.validate import clean_text
from tests.html.pages import bumps, room, scene_in, write

NAMES = ["</script><script>window.hurt = 1</script>", "\"'`<img src=x onerror=hurt()>", "🐀 שלום"]


def small(n_frames=6, **more):
    env = room()
    return scene_in(env, bumps(env, n_frames), **more)


def test_markup_is_shown_and_not_run(tab, tmp_path):
    from neurospatial.scene import Points, rgba

    env = room()
    layers = [
        Points(name=name, xy=np.zeros((1, 1, 2), np.float32), color=rgba("red")) for name in NAMES
    ]
    labels = [*NAMES, "two\r\nlines\0\u202e", "", "from $5^{ to $10 位置"]
    scene = scene_in(env, bumps(env, 6), *layers, title=NAMES[0], frame_labels=labels)
    tab.open(write(scene, tmp_path / "page.html"))
    assert tab.words(".ns-title") == NAMES[0]
    for frame, label in enumerate(labels):
        tab.show(frame)
        assert tab.run("document.querySelector('.ns-label').textContent") == clean_text(label)
    shown = tab.run("[...document.querySelectorAll('.ns-layer')].map((it) => it.textContent)")
    assert set(NAMES) <= set(shown)
    assert tab.run("window.hurt") is None


@pytest.mark.parametrize("n_frames", [1, 2])
def test_few_frames(tab, tmp_path, n_frames):
    tab.open(write(small(n_frames), tmp_path / "page.html"))
    tab.hold_time()
    tab.page.keyboard.press("Space")
    tab.pass_time(200)
    assert tab.run("player.frame") == n_frames - 1
    assert not tab.run("player.playing")


def test_nothing_but_nan(tab, tmp_path):
    env = room()
    tab.open(write(scene_in(env, np.full((3, env.n_bins), np.nan)), tmp_path / "page.html"))
    assert (tab.pixels()[..., 3] == 0).all()
    tab.page.locator(".ns-view").hover()
    assert "no value" in tab.words(".ns-readout")


@pytest.mark.parametrize("n_frames", [1, 3])
def test_one_bin(tab, tmp_path, n_frames):
    env = room(1, 1)
    tab.open(write(scene_in(env, np.ones((n_frames, 1))), tmp_path / "page.html"))
    tab.page.locator(".ns-view").hover()
    assert "bin 0 · ≈ 0.998" in tab.words(".ns-readout")


def test_a_million_bins(tab, tmp_path):
    env = room(1000, 1000)
    fields = np.tile(np.linspace(0, 1, env.n_bins, dtype=np.float32), (3, 1))
    fields[2] = 1 - fields[2]
    scene = scene_in(env, fields)
    tab.open(write(scene, tmp_path / "page.html", figsize=(4.0, 3.0)))
    (field,) = scene.panels[0].fields
    for frame in (0, 2, 1):
        tab.show(frame)
        shown = tab.pixels()
        raster = Raster(shown.shape[1], shown.shape[0], scene.panels[0].view.bounds)
        bins = field.geometry.index_map(raster)
        inside = bins < env.n_bins
        colors = field.color.table[field.color.quantise(fields[frame])]
        assert np.array_equal(shown[inside][:, :3], colors[bins[inside]])
    tab.page.locator(".ns-view").hover(position={"x": 60, "y": 60})
    assert re.search(r"bin \d{5,6} · ≈ 0\.\d+", tab.words(".ns-readout"))


def test_a_hundred_thousand_frames(tab, tmp_path):
    env = room()
    path = write(scene_in(env, bumps(env, 100_000)), tmp_path / "page.html")
    tab.open(path)
    for frame in (99_999, 50_000, 0, 77_777):
        tab.show(frame)
        assert tab.words(".ns-counter") == f"{frame + 1} / 100000"
    assert tab.words(".ns-label") == "Frame 77778 / 100000"


def test_page_that_is_cut_off_says_so(tab, tmp_path):
    path = write(small(400), tmp_path / "page.html")
    whole = path.read_text("utf-8")
    path.write_text(whole[: int(len(whole) - 3000)], "utf-8")
    tab.open(path, ready=False)
    tab.page.wait_for_selector(".ns-problem")
    words = tab.words(".ns-problem")
    assert re.search("incomplete|damaged|cut off", words), words


def test_header_that_is_cut_off_is_said(tab, tmp_path):
    path = write(small(), tmp_path / "page.html")
    whole = path.read_text("utf-8")
    header = re.search(r'(id="ns-header">)(.*?)(</script>)', whole).group(2)
    path.write_text(whole.replace(header, header[: len(header) // 2]), "utf-8")
    tab.open(path, ready=False)
    tab.page.wait_for_selector(".ns-problem")
    assert "incomplete" in tab.words(".ns-problem")


def test_frame_that_is_missing_is_said_and_the_others_are_shown(tab, tmp_path):
    path = write(small(9000), tmp_path / "page.html")
    whole = path.read_text("utf-8")
    header = json.loads(re.search(r'id="ns-header">(.*?)</script>', whole).group(1))
    values = header["panels"][0]["layers"][0]["values"]
    assert values["shape"][0] > values["rows"]
    name = f"{values['name']}/1"
    whole, n = re.subn(rf'<script type="text/plain" data-chunk="{name}">.*?</script>', "", whole)
    assert n == 1
    path.write_text(whole, "utf-8")
    tab.open(path)
    tab.run(f"player.show({values['rows']}).catch(() => null)")
    assert name in tab.words(".ns-problem")
    tab.show(3)
    assert tab.page.locator(".ns-problem").count() == 0
    assert tab.words(".ns-counter").startswith("4 /")


def test_other_version_is_said(tab, tmp_path):
    path = write(small(), tmp_path / "page.html")
    path.write_text(path.read_text("utf-8").replace('"version": 3', '"version": 7'), "utf-8")
    tab.open(path, ready=False)
    tab.page.wait_for_selector(".ns-problem")
    assert "version 7" in tab.words(".ns-problem")


def test_browser_without_decompression_is_said(tab, tmp_path):
    tab.page.add_init_script("delete window.DecompressionStream")
    tab.open(write(small(), tmp_path / "page.html"), ready=False)
    tab.page.wait_for_selector(".ns-problem")
    assert "DecompressionStream" in tab.words(".ns-problem")
    assert "being read" not in tab.words("#ns-player")


LATE = """(() => {
    // A second player beside the first, whose chunks of frames arrive when they are let.
    const root = document.createElement("div");
    document.body.append(root);
    const header = JSON.parse(document.getElementById("ns-header").textContent);
    const values = header.panels[0].layers[0].values;
    const let_ = new Promise((resolve) => (window.letArrive = resolve));
    window.asked = [];
    const fetchChunk = async (name) => {
        asked.push(name);
        if (name === `${values.name}/1`) await let_;
        const text = document.querySelector(`[data-chunk="${name}"]`).textContent;
        return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    };
    window.late = new player.constructor(root, header, fetchChunk);
    return late.ready.then(() => values.rows);
})()"""


def test_playing_waits_for_what_is_late_and_goes_on_from_there(tab, tmp_path):
    tab.open(write(small(9000), tmp_path / "page.html"))
    rows = tab.run(LATE)
    tab.run("late.show(given)", rows - 5)
    tab.hold_time()
    tab.run("late.play()")
    for _ in range(15):
        tab.pass_time(100)
    held = tab.run("late.frame")
    # It stays with what is late as soon as it has waited for it for a moment.
    assert rows <= held < rows + 20
    tab.run("letArrive()")
    tab.run("late.show(given)", held)  # Until it is drawn.
    tab.pass_time(300)
    assert tab.run("late.frame") == held + 9
    tab.run("late.destroy()")
    assert tab.run("player.frame") == 0


def test_what_arrives_when_the_player_is_gone_has_it_ask_for_no_more(tab, tmp_path):
    tab.open(write(small(9000), tmp_path / "page.html"))
    tab.run("late.show(given)", tab.run(LATE) - 5)
    tab.until("asked.some((name) => name.endsWith('/1'))")
    tab.run("late.destroy()")
    n_asked = tab.run("asked.length")
    tab.hold_time()
    tab.run("letArrive()")
    for _ in range(10):
        tab.pass_time(100)
    assert tab.run("asked.length") == n_asked


def test_keys_reach_the_player_that_has_the_focus(tab, tmp_path):
    tab.open(write(small(9000), tmp_path / "page.html"))
    tab.run(LATE)
    tab.run("document.querySelectorAll('.ns-player')[1].focus()")
    tab.page.keyboard.press("ArrowRight")
    assert [tab.run("player.frame"), tab.run("late.frame")] == [0, 1]


def test_decoded_frames_are_bounded_in_memory(tab, tmp_path):
    env = room(60, 50)
    tab.open(write(scene_in(env, bumps(env, 4000)), tmp_path / "page.html"))
    asked = tab.run(
        """(async () => {
            const root = document.createElement("div");
            document.body.append(root);
            const header = JSON.parse(document.getElementById("ns-header").textContent);
            const asked = [];
            const fetchChunk = async (name) => {
                asked.push(name);
                const text = document.querySelector(`[data-chunk="${name}"]`).textContent;
                return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
            };
            const options = { cacheBytes: 2 ** 20 };
            const other = new player.constructor(root, header, fetchChunk, options);
            await other.ready;
            for (let frame = 0; frame < 4000; frame += 80) await other.show(frame);
            await other.show(0);
            return asked;
        })()"""
    )
    again = [name for name in set(asked) if asked.count(name) > 1]
    assert again, "12 MB of codes were all kept in a cache of 1 MB"


def several(n, **options):
    panels = [
        FieldPanel(room(), bumps(room(), 3) * (k + 1), title=f"cell {k}", vmin=0) for k in range(n)
    ]
    return compile_panels(panels, SceneOptions(link=None, **options))


def test_each_panel_has_colours_and_layers_of_its_own(tab, tmp_path):
    tab.open(write(several(3), tmp_path / "page.html"))
    assert tab.words(".ns-limits") == "0 % – 100 %"
    before = [tab.run(f"Array.from(player.panelPixels({k}).data)") for k in range(3)]
    tab.page.get_by_label("Panel", exact=True).select_option(label="cell 1")
    assert tab.words(".ns-limits").startswith("0 – ")
    tab.page.get_by_label("Lowest colour").focus()
    for _ in range(60):
        tab.page.keyboard.press("ArrowRight")
    after = [tab.run(f"Array.from(player.panelPixels({k}).data)") for k in range(3)]
    assert [one == other for one, other in zip(before, after, strict=True)] == [True, False, True]
    tab.page.get_by_label("Field", exact=True).uncheck()
    assert tab.run("[0, 1, 2].map((k) => player.listVisible(k).Field)") == [True, False, True]


@pytest.mark.parametrize("n", [1, 4, 30, 100])
def test_controls_stay_in_sight_and_a_quarter_is_coloured(tab, tmp_path, n):
    tab.open(write(several(n), tmp_path / "page.html"))
    inner = tab.run("[innerWidth, innerHeight]")
    controls = tab.page.locator(".ns-controls").bounding_box()
    assert controls["y"] + controls["height"] <= inner[1] + 1
    views = [view.bounding_box() for view in tab.page.locator(".ns-view").all()]
    figure = tab.page.locator(".ns-figure").bounding_box()
    share = sum(v["width"] * v["height"] for v in views) / (figure["width"] * figure["height"])
    assert share > 0.3
    assert min(min(v["width"], v["height"]) for v in views) > 100
