"""What goes into a bundle comes out of it."""

import json
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from neurospatial import Environment
from neurospatial.html import Bundle, BundleOptions, read_bundle
from neurospatial.scene import FieldPanel, Points, Polygons, Raster, Trace, compile_panels, rgba
from neurospatial.testing import LAYOUTS, CountingSource
from tests.html.pages import bumps, bundled, every_layer, layers_of, room, scene_in, track

CLEAR = (0.0, 0.0, 0.0, 0.0)
VALUES = st.one_of(
    st.sampled_from([np.nan, np.inf, -np.inf]),
    st.floats(-1, 2, width=32),
    st.floats(-(2**30), 2**30, width=32),
)


@settings(deadline=None)
@given(st.data(), array_shapes(min_dims=2, max_dims=2, max_side=40), st.sampled_from("fd"))
def test_codes_come_back(data: st.DataObject, shape: tuple[int, int], kind: str) -> None:
    fields = data.draw(arrays(kind, shape, elements=VALUES))
    scene = scene_in(room(shape[1], 1), fields)
    _, read = bundled(scene)
    (field,) = scene.panels[0].fields
    entry = layers_of(read)["Field"]
    codes = read.array(entry["values"])
    assert codes.dtype == np.uint8
    assert np.array_equal(codes, field.color.quantise(fields))
    assert read.header["n_frames"] == len(fields)


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_frame_is_one_gather(name: str) -> None:
    layout = LAYOUTS[name]()
    env = Environment(layout, units="cm")
    fields = np.random.default_rng(0).uniform(size=(3, env.n_bins))
    scene = scene_in(env, fields)
    _, read = bundled(scene, size=(151, 117))
    panel, entry = read.header["panels"][0], layers_of(read)["Field"]
    scale = read.header["scales"][entry["scale"]]
    index, lut = read.array(entry["index_map"]), read.array(scale["lut"])
    assert index.dtype == np.int32
    assert index.shape == tuple(panel["raster"][::-1])
    assert max(panel["raster"][0] / 151, panel["raster"][1] / 117) == pytest.approx(1, abs=0.01)
    (field,) = scene.panels[0].fields
    raster = Raster(*panel["raster"], tuple(panel["view"]["bounds"]))
    assert np.array_equal(index, field.geometry.index_map(raster))
    codes = np.append(read.array(entry["values"])[2], 255)
    inside = index < env.n_bins
    shown = lut[codes[index]]
    assert (shown[~inside] == 0).all()
    expected = field.color.table[field.color.quantise(fields[2])]
    assert np.array_equal(shown[inside][:, :3], expected[index[inside]])


@pytest.mark.parametrize("n_frames", [1, 2, 700])
@pytest.mark.parametrize("channels", [3, 4])
def test_every_layer_comes_back(n_frames: int, channels: int) -> None:
    given = every_layer(n_frames, channels=channels)
    scene = scene_in(room(), bumps(room(), n_frames), *given, title="T", scale_bar=10.0)
    _, read = bundled(scene, picture_quality=None)
    found = layers_of(read)
    for layer in given:
        if isinstance(layer, Trace):
            continue
        entry = found[layer.name]
        assert entry["type"] == type(layer).__name__
        assert (entry["z"], entry["visible"]) == (layer.z, layer.visible)
        for name in ("xy", "opacity", "start", "stop", "anchor"):
            if isinstance(getattr(layer, name, None), np.ndarray):
                back = read.array(entry[name])
                assert back.dtype == np.float32
                assert np.array_equal(back, getattr(layer, name), equal_nan=True)
    assert [entry["name"] for entry in read.header["panels"][0]["layers"]] == [
        layer.name for layer in scene.panels[0].layers if not isinstance(layer, Trace)
    ]
    assert np.allclose(found["Animal"]["color"], [rgba("red"), rgba("blue", 0.5)])
    assert found["Feeder"]["color"] == [list(rgba("white"))]
    assert found["Animal"]["trail"] == 5
    assert found["Feeder"]["opacity"] is None
    assert found["Head"]["arrowhead"] is True
    assert len(found["Goal"]["polygons"][0]) == 2
    assert read.texts(found["Words"]["strings"]) == ["a\nb 🐀"]
    _check_camera(given[0], found["Camera"], read)


def _check_camera(layer: object, entry: dict, read: object) -> None:
    index = read.array(entry["frame_index"])
    assert entry["size"] == [16, 12]
    assert entry["opacity"] == layer.opacity
    assert np.allclose(entry["px_to_world"], layer.px_to_world.matrix[:2].ravel())
    assert entry["pictures"]["n"] == len(np.unique(layer.frame_index[layer.frame_index >= 0]))
    for frame, number in enumerate(layer.frame_index):
        assert (index[frame] < 0) == (number < 0)
        if number >= 0 and frame < 8:
            picture = read.picture(entry["pictures"], int(index[frame]))
            assert np.array_equal(picture, layer.frames.read(number, number + 1)[0])


def test_signals_are_kept_once_and_hidden_ones_come_last() -> None:
    given = every_layer(5)
    fields = bumps(room(), 5)
    scene = scene_in(room(), {"a": fields, "b": fields}, *given)
    _, read = bundled(scene)
    speed, lfp = read.header["strips"]
    assert (speed["name"], speed["visible"]) == ("Speed", True)
    assert (lfp["name"], lfp["visible"]) == ("LFP", False)
    assert speed["times"] == lfp["times"]
    assert np.array_equal(read.array(speed["times"]), given[6].times)
    assert np.array_equal(
        read.array(speed["values"]), given[6].values.astype(np.float32), equal_nan=True
    )
    assert all("Speed" not in layers_of(read, panel) for panel in (0, 1))


def test_panels_share_what_is_the_same() -> None:
    source = CountingSource(bumps(room(), 9))
    other = CountingSource(1 - bumps(room(), 9))
    scene = scene_in(room(), {"a": source, "b": source, "c": other}, *every_layer(9))
    bundle, read = bundled(scene)
    a, b, c = (layers_of(read, panel) for panel in range(3))
    assert a == b
    assert a["Animal"] == c["Animal"]
    assert a["Field"]["index_map"] == c["Field"]["index_map"]
    assert a["Field"]["values"]["name"] != c["Field"]["values"]["name"]
    for name in bundle.names():
        bundle.chunk(name)
    assert source.reads == other.reads == [(0, 9)]


def test_linked_panels_have_one_scale_and_others_their_own() -> None:
    fields = bumps(room(), 3)
    for link, scales, shared in (("color", [0, 0], 0), (None, [0, 1], None)):
        _, read = bundled(scene_in(room(), {"a": fields, "b": fields}, link=link))
        assert [layers_of(read, panel)["Field"]["scale"] for panel in (0, 1)] == scales
        assert read.header["colorbar"] == shared
        bars = [panel["colorbar"] for panel in read.header["panels"]]
        assert bars == ([None, None] if shared == 0 else scales)


@pytest.mark.parametrize("make", [room, track])
def test_a_slow_panel_and_a_still_one_are_held_once(make: Callable[[], Environment]) -> None:
    env = make()
    slow, times = np.random.default_rng(0).uniform(size=(10, env.n_bins)), np.arange(5000) / 100
    panels = [
        FieldPanel(env, np.zeros((5000, env.n_bins)), frame_times=times, vmin=0, vmax=1),
        FieldPanel(env, slow, frame_times=times[::500], vmin=0, vmax=1),
        FieldPanel(env, slow[0], vmin=0, vmax=1),
    ]
    bundle, read = bundled(compile_panels(panels))
    entries = [layers_of(read, panel)["Field"] for panel in range(3)]
    assert [entry["values"]["shape"][0] for entry in entries] == [5000, 10, 1]
    assert entries[0]["frame_index"] is None
    index = read.array(entries[1]["frame_index"])
    assert index.shape == (5000,)
    assert index[[0, 499, 501]].tolist() == [0, 1, 1]
    assert bundle.first_frame(f"{entries[1]['values']['name']}/0") == 0
    assert not read.array(entries[2]["frame_index"]).any()


def test_a_line_comes_back() -> None:
    fields = np.random.default_rng(1).uniform(size=(4, 20))
    fields[1, 3] = np.nan
    _, read = bundled(scene_in(track(), fields, scale_bar=False))
    panel, curve = read.header["panels"][0], layers_of(read)["Field"]
    assert panel["view"]["equal"] is False
    assert panel["view"]["labels"] == ["Distance [cm]", "Value"]
    assert panel["colorbar"] is None
    assert panel["raster"] == [800, 600]
    assert curve["x"] == pytest.approx(np.arange(20) + 0.5)
    assert curve["runs"] == [list(range(20))]
    assert np.array_equal(read.array(curve["values"]), fields.astype(np.float32), equal_nan=True)


def test_the_header_says_what_stands_around() -> None:
    times = np.arange(3) * 0.25
    scene = scene_in(
        room(), bumps(room(), 3), title='"<b>', fps=12, frame_times=times, scale_bar=10.0,
        colorbar_label="rate [Hz]",
    )  # fmt: skip
    _, read = bundled(scene, dpi=150, size=(400, 300))
    header, panel = read.header, read.header["panels"][0]
    assert (header["format"], header["version"]) == ("neurospatial-bundle", 3)
    assert (header["title"], header["fps"], header["dpi"]) == ('"<b>', 12.0, 150)
    assert np.array_equal(read.array(header["clock"]), times)
    assert read.texts(header["labels"]) == [scene.timeline.label(i) for i in range(3)]
    assert panel["scale_bar"] == 10.0
    (scale,) = header["scales"]
    assert (scale["vmin"], scale["vmax"], scale["label"]) == (0.0, 1.0, "rate [Hz]")
    assert panel["colorbar"] == layers_of(read)["Field"]["scale"] == 0
    assert (header["colorbar"], header["unit"]) == (None, "s")
    assert (panel["cell"], panel["axes"]) == ([0, 0], [True, True])
    assert panel["view"]["units"] == "cm"


def test_the_header_reads_nothing_and_every_frame_is_read_once() -> None:
    env = room(30, 30)
    source = CountingSource(np.zeros((2000, env.n_bins), dtype=np.float32))
    bundle = Bundle(scene_in(env, source), BundleOptions())
    json.dumps(bundle.header, allow_nan=False)
    names = list(bundle.names())
    assert source.reads == []
    for name in names:
        bundle.chunk(name)
    rows = 2**18 // env.n_bins
    assert source.reads == [(a, min(a + rows, 2000)) for a in range(0, 2000, rows)]
    source.reads.clear()
    values = bundle.header["panels"][0]["layers"][0]["values"]
    bundle.chunk(f"{values['name']}/3")
    assert source.reads == [(3 * rows, 4 * rows)]


def test_what_all_frames_need_comes_first_then_frame_by_frame() -> None:
    given = every_layer(9000)
    bundle, read = bundled(scene_in(room(), bumps(room(), 9000), *given))
    names = list(bundle.names())
    assert len(set(names)) == len(names)
    first = [bundle.first_frame(name) for name in names]
    assert first == sorted(first)
    index = layers_of(read)["Field"]["index_map"]["name"]
    assert bundle.first_frame(f"{index}/0") == -1
    labels = read.header["labels"]["name"]
    assert bundle.first_frame(f"{labels}/1") == 4096
    marks = layers_of(read)
    opacity, still = marks["Animal"]["opacity"]["name"], marks["Feeder"]["xy"]["name"]
    assert bundle.first_frame(f"{opacity}/0") == 0
    assert bundle.first_frame(f"{still}/0") == -1


def test_pictures_come_in_the_order_in_which_they_are_shown() -> None:
    camera = replace(every_layer(6)[0], frame_index=np.array([2, 2, 0, -1, 1, 0]))
    bundle, _ = bundled(scene_in(room(), bumps(room(), 6), camera))
    pictures = [name for name in bundle.names() if name.startswith("i")]
    assert [name.split("/")[1] for name in pictures] == ["2", "0", "1"]
    assert [bundle.first_frame(name) for name in pictures] == [0, 2, 4]


def test_only_pictures_that_are_shown_are_kept_and_only_still_ones_without_video() -> None:
    given = every_layer(2, n_pictures=50)
    still = every_layer(1, n_pictures=1)[0]
    scene = scene_in(room(), bumps(room(), 2), given[0])
    assert layers_of(bundled(scene)[1])["Camera"]["pictures"]["n"] == 1
    assert "Camera" not in layers_of(bundled(scene, embed_video=False)[1])
    fixed = scene_in(room(), bumps(room(), 1), still)
    assert "Camera" in layers_of(bundled(fixed, embed_video=False)[1])


@pytest.mark.parametrize(
    ("layer", "match"),
    [
        (Points(name="P", xy=np.zeros((1, 1, 2)), color=(0, 0, np.nan, 1)), "color of layer 'P'"),
        (
            Polygons(
                name="G", polygons=((np.full((3, 2), np.inf),),), fill=(0,) * 4, edge=(0,) * 4
            ),
            "polygons of layer 'G'",
        ),
        (Points(name="S", xy=np.zeros((1, 1, 2)), color=CLEAR, size=np.inf), "size of layer"),
    ],
)
def test_numbers_that_json_lacks_are_refused(layer: object, match: str) -> None:
    with pytest.raises(ValueError, match=match) as caught:
        bundled(scene_in(room(), bumps(room(), 1), layer))
    assert "WHY: " in str(caught.value)


def test_a_chunk_that_is_not_there_is_named() -> None:
    bundle, _ = bundled(scene_in(room(), bumps(room(), 1)))
    for name in ("zz/0", "a0/99", "a0", "a0/x"):
        with pytest.raises(KeyError, match=f"There is no chunk '{name}'"):
            bundle.chunk(name)


def test_what_is_no_bundle_is_refused() -> None:
    header = dict(bundled(scene_in(room(), bumps(room(), 1)))[0].header)
    with pytest.raises(ValueError, match="version 4"):
        read_bundle(header | {"version": 4}, lambda name: b"")
    with pytest.raises(ValueError, match="format None"):
        read_bundle({}, lambda name: b"")
