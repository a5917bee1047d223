"""Pictures as compressed files, one a chunk."""

import struct
import warnings
import zlib
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import get_first_line
from neurospatial.html.arrays import STORED, decompress, make_damaged_error
from neurospatial.scene import Affine2D, Image, Raster

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

_SHRUNK_FROM = 2.0
"""Pixels of a picture, along an edge, that meet in one of the panel before it is stored smaller:
those in between keep their detail for who looks closer."""

_FORMATS = ("PNG", "JPEG", "WEBP")
"""Files that a bundle may hold, as the schema says: Pillow tries no other of its readers."""

_DAMAGE = (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error, IndexError)
"""What Pillow raises for a damaged file of these."""


@dataclass(frozen=True, eq=False)
class ChunkedPictures:
    """The pictures of a layer that some frame shows, each compressed when asked for.

    Parameters
    ----------
    name : str
        Its chunks are ``name/0``, ``name/1`` and so on.
    layer : Image
    raster : Raster
        The panel's pixels: pictures much finer than these are stored smaller.
    quality : int or None
        Of lossy compression, 1 to 100; None compresses without loss.
    """

    name: str
    layer: Image
    raster: Raster
    quality: int | None

    @cached_property
    def _shown(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Numbers of the pictures that are shown, and the frame that shows each first."""
        numbers, first = np.unique(self.layer.frame_index, return_index=True)
        return numbers[numbers >= 0], first[numbers >= 0]

    @property
    def n_chunks(self) -> int:
        """Number of pictures."""
        return len(self._shown[0])

    @property
    def frame_index(self) -> NDArray[np.intp]:
        """Which of the stored pictures each frame shows; -1 for none."""
        index = self.layer.frame_index
        return np.where(index < 0, -1, np.searchsorted(self._shown[0], index))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of a stored picture [px]."""
        _, height, width, _ = self.layer.frames.shape
        to_panel = self.raster.world_to_px @ self.layer.px_to_world
        shrink = 1 / np.sqrt(abs(np.linalg.det(to_panel.matrix[:2, :2])))
        if shrink < _SHRUNK_FROM:
            return width, height
        return max(1, round(width / shrink)), max(1, round(height / shrink))

    @property
    def px_to_world(self) -> Affine2D:
        """From pixels of a stored picture."""
        _, height, width, _ = self.layer.frames.shape
        stored = self.size
        return self.layer.px_to_world @ Affine2D.scaling(width / stored[0], height / stored[1])

    @property
    def mime(self) -> str:
        """How they are compressed: JPEG; where it cannot hold them WebP or, without loss, PNG."""
        if self.quality is None or len(self.layer.frames.shape) != 4:
            return "image/png"
        if self.layer.frames.shape[3] == 3:
            return "image/jpeg"
        from PIL import features

        return "image/webp" if features.check("webp") else "image/png"

    @property
    def entry(self) -> dict[str, object]:
        """What the header says of them."""
        return {"name": self.name, "n": self.n_chunks, "mime": self.mime}

    def find_first_frame(self, number: int) -> int:
        """Find the frame that needs a picture first; -1 when all of them do."""
        return int(self._shown[1][number]) if len(self.layer.frame_index) > 1 else -1

    def make_chunk(self, number: int) -> bytes:
        """Read and compress one picture."""
        from PIL import Image as Pillow

        source = int(self._shown[0][number])
        pixels = np.asarray(self.layer.frames.read(source, source + 1)[0], dtype=np.uint8)
        picture = Pillow.fromarray(np.ascontiguousarray(pixels))
        if picture.size != self.size:
            picture = picture.resize(self.size, Pillow.Resampling.BOX)
        return bytes([STORED]) + self._compress(picture)

    def _compress(self, picture: "Picture") -> bytes:
        file = BytesIO()
        if self.mime == "image/png":
            picture.save(file, "png")
        else:
            # The quickest method: a camera has a picture for every frame.
            picture.save(file, self.mime.removeprefix("image/"), quality=self.quality, method=0)
        return file.getvalue()


def decode_picture(chunk: bytes) -> NDArray[np.uint8]:
    """Undo `ChunkedPictures.make_chunk`, but for what was lost.

    Returns
    -------
    ndarray of uint8, shape (height, width, 3 or 4)

    Raises
    ------
    ValueError
        If the chunk is damaged.
    """
    from PIL import Image as Pillow

    file = BytesIO(decompress(chunk))
    try:
        with warnings.catch_warnings():
            # More pixels than any camera has: Pillow warns of them, and refuses twice as many.
            warnings.simplefilter("error", Pillow.DecompressionBombWarning)
            with Pillow.open(file, formats=_FORMATS) as picture:
                mode, pixels = picture.mode, np.asarray(picture)
    except (Pillow.DecompressionBombWarning, Pillow.DecompressionBombError, *_DAMAGE) as error:
        found = f"A picture of {len(chunk)} bytes is damaged: {get_first_line(error)}."
        raise make_damaged_error(found) from error
    if mode not in ("RGB", "RGBA"):
        raise make_damaged_error(f"A picture has the mode {mode}, not RGB or RGBA.")
    return pixels
