"""What goes to the encoder is what the reference picture shows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurospatial.scene import View
from neurospatial.scene.layers import Points, Polygons, Segments, Text
from neurospatial.video.canvas.canvas import RGBCanvas, YUVCanvas, rgb_to_yuv
from neurospatial.video.canvas.text_coverage import compute_label_coverage, compute_text_coverage
from neurospatial.video.figure.chrome import draw_chrome
from neurospatial.video.figure.frames import FramePainter
from neurospatial.video.figure.static_layer_cache import StaticLayerCache
from neurospatial.video.layers.points import PointsPainter
from neurospatial.video.layers.polygons import PolygonsPainter
from neurospatial.video.layers.projection import Projection
from neurospatial.video.layers.segments import SegmentsPainter
from neurospatial.video.layers.text import TextPainter
from tests.video.clips import clip

PLACES = Projection(View((0.0, 0.0, 60.0, 40.0)), 60, 40)
"""Pixels of unit size."""


def blank(value: int = 0) -> RGBCanvas:
    return RGBCanvas(np.full((40, 60, 3), value, dtype=np.uint8))


def centroid(picture: np.ndarray) -> tuple[float, float]:
    """Mean place of what is drawn, in world units of `PLACES`."""
    weight = picture[..., 0].astype(float)
    rows, columns = np.indices(weight.shape)
    total = weight.sum()
    return (
        float(((columns + 0.5) * weight).sum() / total),
        float(40 - ((rows + 0.5) * weight).sum() / total),
    )


def test_planes_agree_with_the_rgb_picture() -> None:
    scene = clip(12)
    chrome = draw_chrome(scene, (400, 300), 100)
    rgb = FramePainter(scene, chrome, 100, RGBCanvas)
    yuv = FramePainter(scene, chrome, 100, YUVCanvas)
    for frame in (0, 3, 11):
        wanted = rgb_to_yuv(rgb.paint(frame))
        planes = yuv.paint(frame).ravel()
        luma = planes[: 400 * 300].reshape(300, 400)
        assert np.abs(luma - wanted[..., 0]).mean() < 0.6
        assert np.quantile(np.abs(luma - wanted[..., 0]), 0.999) <= 24
        for number, start in ((1, 400 * 300), (2, 400 * 300 * 5 // 4)):
            chroma = planes[start : start + 200 * 150].reshape(150, 200)
            halves = wanted[..., number].reshape(150, 2, 200, 2).mean(axis=(1, 3))
            assert np.abs(chroma - halves).mean() < 0.6
            assert np.quantile(np.abs(chroma - halves), 0.995) <= 24


@given(
    x=st.floats(8, 52),
    y=st.floats(8, 32),
    size=st.floats(3, 10),
    opacity=st.sampled_from([1, 0.5]),
)
def test_a_point_lies_where_it_is(x: float, y: float, size: float, opacity: float) -> None:
    canvas = blank()
    layer = Points(name="p", xy=np.float32([[[x, y]]]), color=(1, 0, 0, opacity), size=size)
    PointsPainter(layer, PLACES, canvas.planes, canvas, 1.0).paint(0)
    assert np.hypot(*np.subtract(centroid(canvas.array), (x, y))) < 0.2
    painted = canvas.array[..., 0].sum() / 255 / opacity
    assert painted == pytest.approx(np.pi * size**2 / 4, rel=0.3, abs=3)


@given(x=st.floats(15, 45), y=st.floats(15, 25), angle=st.floats(0, 6.28), width=st.floats(2, 6))
def test_a_segment_has_its_place_and_width(x: float, y: float, angle: float, width: float) -> None:
    canvas = blank()
    along = 8 * np.array([np.cos(angle), np.sin(angle)])
    middle = np.array([x, y])
    start, stop = np.float32([[middle - along]]), np.float32([[middle + along]])
    layer = Segments(name="s", start=start, stop=stop, color=(1, 1, 1, 1), width=width)
    SegmentsPainter(layer, PLACES, canvas.planes, canvas, 1.0).paint(0)
    assert np.hypot(*np.subtract(centroid(canvas.array), (x, y))) < 0.25
    # Lines are 18 % too thin to 16 % too wide, and on a border of pixels once 25.5 % too wide.
    assert canvas.array[..., 0].sum() / 255 == pytest.approx(17.3 * width, rel=0.26, abs=8)


def test_an_arrow_points_to_its_stop() -> None:
    canvas = blank()
    layer = Segments(
        name="a",
        start=np.float32([[[10, 20]]]),
        stop=np.float32([[[50, 20]]]),
        color=(1, 1, 1, 1),
        width=2,
        arrowhead=True,
    )
    SegmentsPainter(layer, PLACES, canvas.planes, canvas, 1.0).paint(0)
    columns = (canvas.array[..., 0] > 127).sum(axis=0)
    assert columns[12:38].max() <= 3
    assert columns[42] >= 5
    assert columns[51:].sum() == 0


def test_marks_beyond_the_edge_are_cut_and_nan_is_not_drawn() -> None:
    canvas = blank()
    far = np.float32([[[np.nan, 5], [1e9, 1e9], [-4, 20], [59, 39]]])
    layer = Points(name="p", xy=far, color=(1, 0, 0, 1), size=6)
    PointsPainter(layer, PLACES, canvas.planes, canvas, 1.0).paint(0)
    painted = np.argwhere(canvas.array[..., 0])
    assert len(painted)
    assert painted[:, 0].max() <= 5
    assert painted[:, 1].min() >= 54
    lines = Segments(
        name="s",
        start=np.float32([[[0, 0]]]),
        stop=np.float32([[[np.nan, 3]]]),
        color=(1, 1, 1, 1),
    )
    empty = blank()
    SegmentsPainter(lines, PLACES, empty.planes, empty, 1.0).paint(0)
    assert not empty.array.any()


def test_a_trail_fades_and_stops_at_a_gap() -> None:
    path = np.float32([[[5 + 5 * i, 20]] for i in range(11)])
    path[4] = np.nan
    canvas = blank()
    layer = Points(name="p", xy=path, color=(1, 0, 0, 1), size=6, trail=10)
    PointsPainter(layer, PLACES, canvas.planes, canvas, 1.0).paint(10)
    line = canvas.array[20, :, 0].astype(int)
    assert not line[23:27].any(), "nothing is drawn across the gap"
    assert line[35] < line[43] < line[50]
    assert line[10] > 0


def test_a_hole_is_left_open() -> None:
    square = np.array([[10.0, 5], [50, 5], [50, 35], [10, 35]])
    hole = np.array([[20.0, 15], [40, 15], [40, 25], [20, 25]])
    layer = Polygons(name="r", polygons=((square, hole),), fill=(1, 0, 0, 0.5), edge=(0, 0, 0, 0))
    canvas = blank()
    PolygonsPainter(layer, PLACES, canvas.planes, canvas, 1.0).paint(0)
    red = canvas.array[..., 0]
    assert red[20, 30] == 0
    assert abs(int(red[8, 30]) - 128) <= 1
    assert red[2, 2] == 0
    assert red.sum() / 127.5 == pytest.approx(40 * 30 - 20 * 10, rel=0.03)


def test_text_is_centred_on_its_anchor_and_reads_upright() -> None:
    canvas = blank(255)
    layer = Text(
        name="t", anchor=np.float32([[30, 20]]), strings=("T",), color=(0, 0, 0, 1), size=20
    )
    TextPainter(layer, PLACES, canvas.planes, canvas, 1.0).paint(0)
    ink = 255 - canvas.array[..., 0].astype(int)
    rows, columns = np.nonzero(ink > 100)
    assert abs(columns.mean() + 0.5 - 30) < 1.5
    assert abs((rows.min() + rows.max()) / 2 + 0.5 - 20) < 4
    widths = (ink > 100).sum(axis=1)[rows.min() : rows.max() + 1]
    assert widths[1] > 2 * widths[-2], "the bar of the T is above"


def test_a_label_of_words_looks_like_one_drawn_whole() -> None:
    for words in ("t = 12.34 s", "Frame 7 / 900", "Trial 3"):
        whole, joined = compute_text_coverage(words, 14.0), compute_label_coverage(words, 14.0)
        assert joined.sum() == pytest.approx(whole.sum(), rel=0.06)
        spans = [np.ptp(np.nonzero(painted > 100), axis=1) for painted in (whole, joined)]
        assert np.abs(spans[0] - spans[1]).max() <= 2
    assert np.array_equal(compute_label_coverage("été", 14.0), compute_text_coverage("été", 14.0))


def test_a_stamp_is_the_same_as_painting() -> None:
    ring = np.array([[10.0, 5], [50, 5], [30, 35]])
    layer = Polygons(name="r", polygons=((ring,),), fill=(1, 0.5, 0, 0.4), edge=(1, 1, 1, 1))
    ground = np.random.default_rng(0).integers(0, 256, (40, 60, 3), dtype=np.uint8)
    for canvas_type in (RGBCanvas, YUVCanvas):
        painted, stamped = canvas_type(ground), canvas_type(ground)
        PolygonsPainter(layer, PLACES, painted.planes, painted, 1.0).paint(0)

        def paint_into(planes, canvas=stamped):  # type: ignore[no-untyped-def]
            PolygonsPainter(layer, PLACES, planes, canvas, 1.0).paint(0)

        StaticLayerCache(stamped.planes, paint_into).apply()
        difference = painted.array.astype(int) - stamped.array
        assert np.abs(difference).max() <= 2
