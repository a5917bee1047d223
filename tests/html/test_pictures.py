"""Camera pictures: small where that does not show, and where they were."""

import numpy as np
import pytest
from numpy.typing import NDArray

from neurospatial.html.pictures import ChunkedPictures, decode_picture
from neurospatial.scene import Affine2D, ArraySource, Image, Raster
from neurospatial.testing import CountingSource

BOUNDS = (0.0, 0.0, 64.0, 48.0)


def soft(n: int, width: int, height: int, channels: int = 3) -> NDArray[np.uint8]:
    """Colours that change slowly, another way in each picture."""
    rows, columns = np.mgrid[:height, :width]
    waves = [
        127 + 120 * np.sin(k + columns / width * (3 + c) + rows / height * 4)
        for k in range(n)
        for c in range(channels)
    ]
    return np.stack(waves).reshape(n, channels, height, width).transpose(0, 2, 3, 1).astype("u1")


def held(pictures: object, *, quality: int | None = 85, raster: int = 64) -> ChunkedPictures:
    source = pictures if hasattr(pictures, "read") else ArraySource(pictures)
    _, height, width, _ = source.shape
    layer = Image(
        name="V", frames=source, frame_index=np.arange(source.shape[0]),
        px_to_world=Affine2D.translation(0, 48) @ Affine2D.scaling(64 / width, -48 / height),
    )  # fmt: skip
    return ChunkedPictures("i0", layer, Raster(raster, raster * 3 // 4, BOUNDS), quality)


@pytest.mark.parametrize(
    ("channels", "quality", "mime"),
    [
        (3, 85, "image/jpeg"),
        (4, 85, "image/webp"),
        (3, None, "image/png"),
        (4, None, "image/png"),
    ],
)
def test_the_kind_of_file_holds_the_picture(channels: int, quality: int | None, mime: str) -> None:
    given = soft(2, 64, 48, channels)
    pictures = held(given, quality=quality)
    assert pictures.mime == mime
    for number in range(2):
        chunk = pictures.make_chunk(number)
        assert chunk[0] == 3
        back = decode_picture(chunk)
        assert back.shape == given[number].shape
        error = np.abs(back.astype(int) - given[number]) * (given[number][..., -1:] > 9)
        assert error.max() <= (0 if quality is None else 255)
        assert error.mean() < 4
    if quality is not None:
        rougher = len(held(given, quality=10).make_chunk(0))
        assert rougher < len(pictures.make_chunk(0)) < len(held(given, quality=None).make_chunk(0))


def test_much_finer_pictures_are_stored_smaller_in_the_same_place() -> None:
    given = soft(1, 640, 480)
    small = held(given, quality=None)
    assert small.size == (64, 48)
    back = decode_picture(small.make_chunk(0))
    mean = given[0].reshape(48, 10, 64, 10, 3).mean(axis=(1, 3))
    assert np.abs(back - mean).max() <= 1
    assert np.allclose(small.px_to_world([[0, 0], [64, 48]]), [[0, 48], [64, 0]])
    whole = held(given, quality=None, raster=400)
    assert whole.size == (640, 480)
    assert np.array_equal(decode_picture(whole.make_chunk(0)), given[0])


def test_each_picture_that_is_shown_is_read_once() -> None:
    source = CountingSource(soft(30, 16, 12))
    index = np.array([7, 7, 9, -1, 12, 9])
    layer = Image(
        name="V", frames=source, frame_index=index, px_to_world=Affine2D.scaling(1.0, -1.0)
    )
    pictures = ChunkedPictures("i0", layer, Raster(64, 48, BOUNDS), None)
    assert pictures.n_chunks == 3
    assert pictures.frame_index.tolist() == [0, 0, 1, -1, 2, 1]
    assert [pictures.find_first_frame(number) for number in range(3)] == [0, 2, 4]
    assert source.reads == []
    for number in range(3):
        pictures.make_chunk(number)
    assert source.reads == [(7, 8), (9, 10), (12, 13)]


def test_frames_without_any_picture() -> None:
    layer = Image(
        name="V", frames=ArraySource(soft(2, 8, 8)), frame_index=np.full(5, -1),
        px_to_world=Affine2D.scaling(1.0, -1.0),
    )  # fmt: skip
    pictures = ChunkedPictures("i0", layer, Raster(64, 48, BOUNDS), 85)
    assert pictures.n_chunks == 0
    assert pictures.frame_index.tolist() == [-1] * 5
