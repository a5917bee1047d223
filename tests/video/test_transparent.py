"""A film without a background: decoded, each pixel is as opaque as it was drawn."""

from pathlib import Path

import av
import matplotlib as mpl
import numpy as np
import pytest
from numpy.typing import NDArray

from neurospatial.scene import Scene
from neurospatial.video import VideoOptions
from neurospatial.video.figure.chrome import draw_chrome
from tests.video.clips import clip, psnr, read, write

SIZE = (400, 300)


def read_rgba(path: Path) -> NDArray[np.uint8]:
    """Decode with the one decoder that reads opacity: (n_frames, height, width, 4)."""
    pictures = []
    with av.open(str(path)) as film:
        decoder = av.CodecContext.create("libvpx-vp9", "r")
        for packet in film.demux(video=0):
            for frame in decoder.decode(packet if packet.size else None):  # type: ignore[attr-defined]
                assert frame.format.name == "yuva420p"
                height, width = frame.height, frame.width
                plane = np.frombuffer(memoryview(frame.planes[3]), np.uint8)
                alpha = plane.reshape(-1, frame.planes[3].line_size)[:height, :width]
                rgb = frame.reformat(format="rgb24").to_ndarray()
                pictures.append(np.dstack([rgb, alpha]))
    return np.array(pictures)


def over(rgba: NDArray[np.uint8], ground: int) -> NDArray[np.float64]:
    opaque = rgba[..., 3:] / 255
    return np.asarray(rgba[..., :3] * opaque + (1 - opaque) * ground)


@pytest.fixture(scope="module")
def scene() -> Scene:
    return clip(12)


def test_chrome_over_any_background_is_that_drawn_on_it(scene: Scene) -> None:
    chrome = draw_chrome(scene, SIZE, 100, transparent=True)
    assert chrome.alpha is not None
    rgba = np.dstack([chrome.picture, chrome.alpha])
    for ground in (0, 128, 255):
        with mpl.rc_context({"figure.facecolor": str(ground / 255)}):
            drawn = draw_chrome(scene, SIZE, 100).picture
        assert np.abs(over(rgba, ground) - drawn).max() <= 2
    assert (chrome.alpha == 0).mean() > 0.2
    assert ((chrome.alpha > 0) & (chrome.alpha < 255)).sum() > 300, "edges of words are smooth"
    assert (chrome.alpha[chrome.layout.panels[0].to_slices()] == 255).all()


@pytest.mark.parametrize("n_workers", [1, 3])
@pytest.mark.parametrize("preset", ["balanced", "small"])
def test_a_film_over_white_is_the_one_with_a_background(
    scene: Scene, preset: str, n_workers: int, tmp_path: Path
) -> None:
    more = {"crf": 8, "preset": preset, "n_workers": n_workers}
    path = write(scene, tmp_path / "clear.webm", transparent=True, **more)
    usual = read(write(scene, tmp_path / "usual.webm", **more)).pictures
    pictures = read_rgba(path)
    assert len(pictures) == len(usual) == 12
    layout = draw_chrome(scene, SIZE, 100).layout
    for picture, wanted in zip(pictures, usual, strict=True):
        white = over(picture, 255).round().astype(np.uint8)
        assert psnr(white, wanted) > 30
        assert picture[layout.panels[0].to_slices()][..., 3].min() >= 250
        assert picture[:20, :20, 3].max() <= 4
    label = [picture[layout.label.to_slices()][..., 3].astype(int) for picture in pictures]
    assert all(one.max() > 200 for one in label)
    assert np.abs(label[1] - label[11]).max() > 100, "each frame has its own label"


def test_only_vp9_in_webm_is_transparent(tmp_path: Path) -> None:
    for name, codec in (
        ("a.mp4", None), ("a.mp4", "vp9"), ("a.webm", "av1"), ("a.avi", None), ("a.gif", None),
    ):  # fmt: skip
        with pytest.raises(ValueError, match="transparent=True is given for a") as caught:
            VideoOptions(save_path=tmp_path / name, codec=codec, transparent=True)  # type: ignore[arg-type]
        assert "WHY: " in str(caught.value)
        assert "HOW: " in str(caught.value)
    with pytest.raises(ValueError, match="transparent is 'yes'"):
        VideoOptions(save_path=tmp_path / "a.webm", transparent="yes")  # type: ignore[arg-type]
