"""Pictures that stand upright are resized, others warped: to the same places."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurospatial.scene import Affine2D
from neurospatial.video.canvas.canvas import RGBCanvas, YUVCanvas, rgb_to_yuv
from neurospatial.video.layers.picture_placement import PicturePlacement, cover_raster

WIDTH, HEIGHT = 90, 70
RAMP = np.stack(np.broadcast_arrays(
    40 + np.arange(WIDTH) * 2.0, 230 - np.arange(HEIGHT)[:, None] * 2.5, np.array([[128.0]])
), axis=-1)  # fmt: skip
"""A picture whose colour tells the place: red to the right, green upward."""


def compute_colors(columns: np.ndarray, rows: np.ndarray) -> np.ndarray:
    column = np.clip(columns - 0.5, 0, WIDTH - 1)
    row = np.clip(rows - 0.5, 0, HEIGHT - 1)
    return np.stack([40 + 2 * column, 230 - 2.5 * row, np.full(column.shape, 128.0)], axis=-1)


@given(
    scale=st.tuples(st.floats(0.15, 12), st.floats(0.15, 12)),
    flip=st.tuples(st.sampled_from([1, -1]), st.sampled_from([1, -1])),
    middle=st.tuples(st.floats(-30, 150), st.floats(-30, 130)),
    turn=st.sampled_from([0.0, 0.0, 0.3]),
)
def test_each_pixel_has_the_colour_of_its_place(
    scale: tuple[float, float],
    flip: tuple[int, int],
    middle: tuple[float, float],
    turn: float,
) -> None:
    size = (120, 100)
    cos, sin = np.cos(turn), np.sin(turn)
    rotation = Affine2D(np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1.0]]))
    to_px = (
        Affine2D.translation(*middle) @ rotation
        @ Affine2D.scaling(scale[0] * flip[0], scale[1] * flip[1])
        @ Affine2D.translation(-WIDTH / 2, -HEIGHT / 2)
    )  # fmt: skip
    covered = cover_raster(to_px, (WIDTH, HEIGHT), size) > 0
    if not covered.any():
        return
    rows, columns = (np.flatnonzero(covered.any(axis=axis)) for axis in (1, 0))
    box = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
    pixels = PicturePlacement(to_px, (WIDTH, HEIGHT), box).resample(RAMP.astype(np.uint8))
    y, x = np.mgrid[box] + 0.5
    places = to_px.inverse(np.stack([x, y], axis=-1).reshape(-1, 2)).reshape(*x.shape, 2)
    there = covered[box]
    wrong = np.abs(pixels - compute_colors(places[..., 0], places[..., 1]))[there]
    # A resized picture ends on whole pixels, half a one beside its place at most.
    allowed = 4 + 2.5 * max(1.0, 0.75 / min(scale))
    assert wrong.max() <= allowed


@pytest.mark.parametrize("canvas_type", [RGBCanvas, YUVCanvas])
def test_colours_of_a_step_are_those_of_the_canvas(canvas_type: type) -> None:
    picture = np.random.default_rng(0).integers(0, 256, (40, 60, 3), dtype=np.uint8)
    canvas = canvas_type(picture)
    for step in {plane.step for plane in canvas.planes}:
        found = canvas.finish_step(canvas.prepare_step(picture, step), step)
        if canvas_type is RGBCanvas:
            assert np.array_equal(found[0], picture)
            continue
        exact = rgb_to_yuv(picture)[..., slice(0, 1) if step == 1 else slice(1, 3)]
        assert np.abs(np.stack(found, axis=-1) - exact).max() <= 1.5


@given(scale=st.floats(0.7, 3), shift=st.tuples(st.floats(-60, -20), st.floats(-45, -20)))
def test_a_picture_that_goes_to_whole_pixels_moves_a_fifth_of_one(
    scale: float, shift: tuple[float, float]
) -> None:
    to_px = Affine2D.translation(*shift) @ Affine2D.scaling(scale, scale)
    box = slice(0, 10), slice(0, 12)
    picture = RAMP[..., :2].mean(axis=2).astype(np.uint8)
    still, moving = (
        PicturePlacement(to_px, (WIDTH, HEIGHT), box, moves).resample(picture).astype(int)
        for moves in (False, True)
    )
    corners = to_px.inverse([[0.0, 0.0], [12.0, 10.0]])
    if (corners > 1).all() and (corners < (WIDTH - 1, HEIGHT - 1)).all():
        # Two levels of rounding, and those of a fifth of a pixel along both axes.
        assert np.abs(still - moving).max() <= 2 + 0.2 * (1 + 1.25) / scale
