"""Scenes to put into pages, and what a reader finds in a page."""

import json
from base64 import b64decode
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from neurospatial import Environment
from neurospatial.html import Bundle, BundleOptions, HTMLOptions, backend
from neurospatial.html.read import ReadBundle, read_bundle
from neurospatial.scene import (
    Affine2D,
    ArraySource,
    Image,
    Layer,
    Points,
    Polygons,
    Scene,
    Segments,
    Text,
    Trace,
    compile_scene,
    rgba,
)
from neurospatial.testing.scenes import FixedOverlay


def room(nx: int = 8, ny: int = 6) -> Environment:
    edges = [np.arange(nx + 1) * 5.0, np.arange(ny + 1) * 5.0]
    return Environment.from_mask(np.ones((nx, ny), dtype=bool), edges, units="cm")


def track() -> Environment:
    return Environment.from_mask(np.ones(20, dtype=bool), [np.arange(21.0)], units="cm")


def bumps(env: Environment, n_frames: int) -> NDArray[np.float32]:
    """A bump that walks, with a gap in each frame."""
    turn = np.arange(n_frames)[:, None] / 9
    x, y = env.bin_centers.T
    fields = np.exp(-((x - 20 - 12 * np.cos(turn)) ** 2 + (y - 15 - 9 * np.sin(turn)) ** 2) / 60)
    fields[np.arange(n_frames), np.arange(n_frames) % env.n_bins] = np.nan
    return fields.astype(np.float32)


def every_layer(n_frames: int, n_pictures: int = 3, channels: int = 3) -> tuple[Layer, ...]:
    rng = np.random.default_rng(n_frames)
    xy = rng.uniform(0, 30, (n_frames, 2, 2)).astype(np.float32)
    xy[n_frames // 2] = np.nan
    pictures = rng.integers(0, 256, (n_pictures, 12, 16, channels), dtype=np.uint8)
    square = np.array([[5.0, 5.0], [15.0, 5.0], [15.0, 15.0], [5.0, 15.0]])
    times = np.arange(40) / 10
    return (
        Image(
            name="Camera", frames=ArraySource(pictures), z=-1.0, opacity=0.5,
            frame_index=np.arange(n_frames) % (n_pictures + 1) - 1,
            px_to_world=Affine2D(np.array([[2.0, 0.5, 1], [0.25, -2.0, 28], [0, 0, 1]])),
        ),
        Points(
            name="Animal", xy=xy, color=np.array([rgba("red"), rgba("blue", 0.5)]), size=8.0,
            trail=5, opacity=rng.uniform(0, 1, (n_frames, 2)).astype(np.float32), z=2.0,
        ),
        Points(name="Feeder", xy=xy[:1], color=rgba("white"), z=2.0, visible=False),
        Segments(
            name="Head", start=xy, stop=xy + np.float32(3), color=rgba("k"), arrowhead=True, z=3
        ),
        Polygons(
            name="Goal", polygons=((square, square[::-1] * 0.5 + 5),), fill=rgba("green", 0.2),
            edge=rgba("green"), z=1.0,
        ),
        Text(name="Words", anchor=xy[:1, 0], strings=("a\nb 🐀",), color=rgba("k"), z=4.0),
        Trace(
            name="Speed", times=times, values=np.where(times > 3, np.nan, times), window=2.0,
            limits=(0.0, 4.0), color=rgba("k"), label="speed [cm/s]",
        ),
        Trace(
            name="LFP", times=times, values=np.sin(times), window=1.0, limits=(-1.0, 1.0),
            color=rgba("k"), visible=False,
        ),
    )  # fmt: skip


def scene_in(env: Environment, fields: object, *layers: Layer, **more: object) -> Scene:
    return compile_scene(
        env, fields, overlays=[FixedOverlay(layers)], **{"vmin": 0.0, "vmax": 1.0, **more}
    )


def bundled(scene: Scene, **options: object) -> tuple[Bundle, ReadBundle]:
    """A bundle, and what is read back of it when its header has been through JSON."""
    bundle = Bundle(scene, BundleOptions(**options))
    header = json.loads(json.dumps(bundle.header, allow_nan=False))
    return bundle, read_bundle(header, bundle.chunk)


def layers_of(read: ReadBundle, panel: int = 0) -> dict[str, dict[str, object]]:
    return {layer["name"]: layer for layer in read.header["panels"][panel]["layers"]}


def write(scene: Scene, path: Path, **options: object) -> Path:
    made = HTMLOptions(save_path=path, **{"progress": False, **options})
    written = backend.present(scene, made)
    assert written == path
    return path


class ParsedPage(HTMLParser):
    """What a parser of HTML makes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self.chunks: dict[str, bytes] = {}
        self._open = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = tag

    def handle_data(self, data: str) -> None:
        tag, attrs = self.tags[-1] if self.tags else ("", {})
        if data.strip() and self._open == tag:
            key = attrs.get("data-chunk") or attrs.get("id") or tag
            if "data-chunk" in attrs:
                self.chunks[key] = self.chunks.get(key, b"") + b64decode(data)
            else:
                self.texts[key] = self.texts.get(key, "") + data

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    @property
    def header(self) -> dict[str, object]:
        return json.loads(self.texts["ns-header"])

    @property
    def bundle(self) -> ReadBundle:
        return read_bundle(self.header, self.chunks.__getitem__)
