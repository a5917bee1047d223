"""A page is whole, alone, and shows what the user wrote as it was written."""

import re
import subprocess
import sys
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from neurospatial.html import HTMLOptions, HTMLPage, backend, player_script, player_style
from neurospatial.scene import Points, Scene, Text, rgba
from neurospatial.validate.text import clean_text, normalize_text
from tests.html.pages import ParsedPage, bumps, every_layer, room, scene_in, track, write

NASTY = [
    "</script><script>alert(1)</script>",
    "<!-- <script>",
    "\u2028 and \u2029",
    "\"quotes\" and 'others' & &amp; \\",
    "two\nlines 🐀 ]]>",
    "half \ud83d of a pair",
    "",
]


def nasty_scene() -> Scene:
    text = Text(
        name=NASTY[0],
        anchor=np.zeros((len(NASTY), 2), dtype=np.float32),
        strings=tuple(NASTY),
        color=rgba("k"),
    )
    points = Points(name=NASTY[1], xy=np.zeros((1, 1, 2), dtype=np.float32), color=rgba("k"))
    fields = bumps(room(), len(NASTY))
    return scene_in(
        room(), {NASTY[0]: fields, NASTY[4]: fields}, text, points, frame_labels=NASTY,
        title="".join(NASTY[:4]), colorbar_label=NASTY[1], link=None,
    )  # fmt: skip


def parse_page(path: Path) -> ParsedPage:
    return ParsedPage(path.read_text("utf-8"))


def test_markup_is_shown_and_never_run(tmp_path: Path) -> None:
    page = parse_page(write(nasty_scene(), tmp_path / "a.html"))
    header, read = page.header, page.bundle
    title, *shown = map(clean_text, ["".join(NASTY[:4]), *NASTY])
    assert header["title"] == title
    assert [panel["title"] for panel in header["panels"]] == [shown[0], shown[4]]
    assert {scale["label"] for scale in header["scales"]} == {NASTY[1]}
    assert [layer["name"] for layer in header["panels"][0]["layers"]][1:] == [NASTY[0], NASTY[1]]
    assert read.texts(header["labels"]) == shown
    lines = [normalize_text(text, "\n") for text in NASTY]
    assert read.texts(header["panels"][0]["layers"][1]["strings"]) == lines
    assert page.texts["title"] == title
    scripts = [attrs for tag, attrs in page.tags if tag == "script"]
    kinds = [attrs["type"] for attrs in scripts]
    assert kinds[:2] == ["application/json", "module"]
    assert set(kinds[2:]) == {"text/plain"}
    assert not [attrs for _, attrs in page.tags for name in attrs if name.startswith("on")]


def test_a_title_of_half_a_pair_is_a_page_all_the_same(tmp_path: Path) -> None:
    scene = scene_in(room(), bumps(room(), 1), title=NASTY[5])
    assert parse_page(write(scene, tmp_path / "a.html")).header["title"] == "half � of a pair"
    assert HTMLPage(scene, HTMLOptions(progress=False))._repr_html_().encode("utf-8")


def test_the_policy_allows_no_network_and_this_script_alone(tmp_path: Path) -> None:
    text = write(nasty_scene(), tmp_path / "a.html").read_text("utf-8")
    page = ParsedPage(text)
    (policy,) = (attrs["content"] for tag, attrs in page.tags if "content-security-policy" in
                 (attrs.get("http-equiv") or "").lower())  # fmt: skip
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["img-src"] == rules["media-src"] == "blob: data:"
    assert not re.search(r"https?:|\*|unsafe|'self'", policy)
    for kind, tag in (("script-src", "module"), ("style-src", "style")):
        pattern = r'<script type="module">(.*?)</script>' if tag == "module" else (
            r"<style>(.*?)</style>")  # fmt: skip
        (content,) = re.findall(pattern, text, re.S)
        digest = b64encode(sha256(content.encode()).digest()).decode()
        assert rules[kind] == f"'sha256-{digest}'"
    used = {name for _, attrs in page.tags for name in attrs}
    assert not used & {"src", "href", "srcset", "style", "action"}


def test_the_player_can_stand_in_a_page() -> None:
    script, style = player_script(), player_style()
    for text in (script, style):
        assert not re.search(r"</(script|style)|<!--|]]>", text, re.I)
        assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", text)
    assert not re.search(r"^import\b", script, re.M)
    assert "export class Player" in script
    assert "export function startPage" in script


@pytest.mark.parametrize("n_frames", [1, 2, 300])
def test_a_page_holds_the_bundle_whole(n_frames: int, tmp_path: Path) -> None:
    scene = scene_in(room(), bumps(room(), n_frames), *every_layer(n_frames))
    page = parse_page(write(scene, tmp_path / "a.html"))
    read = page.bundle
    fields = page.header["panels"][0]["layers"]
    codes = next(read.array(x["values"]) for x in fields if x["type"] == "Field")
    (field,) = scene.panels[0].fields
    assert np.array_equal(codes, field.color.quantise(bumps(room(), n_frames)))
    assert len(read.texts(page.header["labels"])) == n_frames


@pytest.mark.parametrize(
    ("env", "fields"),
    [
        (room(1, 1), np.ones((1, 1))),
        (room(1, 1), np.full((3, 1), np.nan)),
        (room(), np.full((2, 48), np.nan)),
        (track(), np.full((2, 20), np.nan)),
        (room(1000, 1000), np.zeros((2, 1_000_000), dtype=np.float32)),
    ],
    ids=["one bin", "one bin of NaN", "NaN everywhere", "NaN on a line", "a million bins"],
)
def test_the_smallest_and_the_largest(env: object, fields: np.ndarray, tmp_path: Path) -> None:
    page = parse_page(write(scene_in(env, fields), tmp_path / "a.html", figsize=(2, 1.5)))
    (layer,) = page.header["panels"][0]["layers"]
    values = page.bundle.array(layer["values"])
    assert values.shape == fields.shape
    if layer["type"] == "Field" and np.isnan(fields).all():
        assert (values == 255).all()


def test_no_frame_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="there is no frame to show"):
        write(scene_in(room(), np.zeros((0, 48))), tmp_path / "a.html")


def test_a_notebook_shows_the_page(tmp_path: Path) -> None:
    scene = nasty_scene()
    page = backend.present(scene, HTMLOptions(progress=False))
    assert isinstance(page, HTMLPage)
    assert repr(page).startswith("HTMLPage(7 frames; ")
    frame = ParsedPage(page._repr_html_())
    ((tag, attrs),) = frame.tags
    assert tag == "iframe"
    assert attrs["title"] == clean_text("".join(NASTY[:4]))
    assert "allow-same-origin" not in attrs["sandbox"]
    path = page.save(str(tmp_path / "a.html"))
    assert path == tmp_path / "a.html"
    assert attrs["srcdoc"] == path.read_text("utf-8")
    with pytest.raises(ValueError, match="does not end in"):
        page.save(tmp_path / "a.mp4")


def test_importing_the_room_is_cheap() -> None:
    code = """
import sys, neurospatial.html as room
assert room.backend.unavailable() is None
heavy = {"matplotlib", "PIL", "neurospatial.html.bundle", "neurospatial.html.page_builder"}
print(sorted(heavy & set(sys.modules)))
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
