"""The opacity of words at every pixel, with the font that matplotlib uses."""

import re
import unicodedata
from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw, ImageFont, features

from neurospatial.validate.glyphs import get_glyph_finder
from neurospatial.video.canvas.canvas import Pixels

_WORDS = re.compile(r"[A-Za-z]+|.")


def compute_label_coverage(string: str, size: float) -> Pixels:
    """Compute the opacity of a label that changes with every frame, from words that do not.

    Words and single signs are drawn once each; the digits of most fonts are equally wide,
    so that nothing but the digits themselves changes from frame to frame.
    """
    if not string.isascii() or "\n" in string:
        return compute_text_coverage(string, size)
    words = [_get_word_coverage(word, size) for word in _WORDS.findall(string)]
    width, height, margin = 0.0, 0, 0
    for letters, advance in words:
        rows, columns = letters.shape
        width, height, margin = width + advance, max(height, rows), max(margin, columns)
    line = np.zeros((height, int(width) + margin), dtype=np.uint8)
    x = margin / 2
    for letters, advance in words:
        columns = letters.shape[1]
        left = round(x + (advance - columns) / 2)
        part = line[:, left : left + columns]
        np.maximum(part, letters if part.shape[1] == columns else letters[:, : part.shape[1]],
                   out=part)  # fmt: skip
        x += advance
    return line


@lru_cache(maxsize=256)
def _get_word_coverage(string: str, size: float) -> tuple[Pixels, float]:
    """Draw a word, and measure how far it moves the pen [px]."""
    # A cache of its own: texts that change with every frame would push the words out.
    advance = float(_load_default_font(size).getlength(string))
    return compute_text_coverage(string, size), advance


@lru_cache(maxsize=512)
def compute_text_coverage(string: str, size: float, outline: int = 0) -> Pixels:
    """Compute the opacity of each pixel of some words, shape (height, width); `size` in pixels."""
    if not string.isascii():
        return _compute_mixed_coverage(string, size, outline)
    font = _load_default_font(size)
    lines = string.split("\n")
    # An em for each letter is room enough, and measuring costs as much as drawing.
    width = max(map(len, lines)) * size + 2 * outline + 4
    height = (1.5 * len(lines) + 0.5) * size + 2 * outline
    box = int(width) // 2 * 2 + 2, int(height) // 2 * 2 + 2
    picture = Image.new("L", box)
    middle = (box[0] / 2, box[1] / 2)
    ImageDraw.Draw(picture).text(
        middle, string, fill=255, font=font, anchor="mm", align="center", stroke_width=outline
    )
    return np.asarray(picture, dtype=np.uint8)


def _compute_mixed_coverage(string: str, size: float, outline: int) -> Pixels:
    """Compute the same of words that may need several fonts: run after run, line under line."""
    lines = [_measure_runs(line, size) for line in string.split("\n")]
    widths = [sum(width for _, _, width in runs) for runs in lines]
    # A glyph may reach beyond its advance, and beyond the lines of the default font.
    width = max(widths) + 2 * (size + outline) + 4
    height = (1.5 * len(lines) + 1) * size + 2 * outline
    box = int(width) // 2 * 2 + 2, int(height) // 2 * 2 + 2
    picture = Image.new("L", box)
    pen = ImageDraw.Draw(picture)
    ascent, descent = _load_default_font(size).getmetrics()
    step = ascent + descent
    for number, (runs, wide) in enumerate(zip(lines, widths, strict=True)):
        x = (box[0] - wide) / 2
        y = box[1] / 2 + (ascent - descent) / 2 + (number - (len(lines) - 1) / 2) * step
        for font, words, advance in runs:
            pen.text((x, y), words, fill=255, font=font, anchor="ls", stroke_width=outline)
            x += advance
    return np.asarray(picture, dtype=np.uint8)


def _measure_runs(line: str, size: float) -> list[tuple[ImageFont.FreeTypeFont, str, float]]:
    """Measure the runs of a line, each with its font, from left to right."""
    runs = [
        (_load_font(path, getattr(path, "face_index", 0), size), words)
        for path, words in get_glyph_finder().split_by_font(line)
    ]
    directions = (unicodedata.bidirectional(c) for c in line)
    first = next((one for one in directions if one in ("L", "R", "AL")), "L")
    ordered = runs if first == "L" else runs[::-1]
    return [(font, words, float(font.getlength(words))) for font, words in ordered]


def draws_leftward() -> bool:
    """Tell whether Pillow here turns letters that run from right to left."""
    return bool(features.check("raqm"))


def clip_coverage(
    coverage: Pixels, x: int, y: int, shape: tuple[int, ...]
) -> tuple[tuple[int, int], Pixels]:
    """Cut coverage to a picture and pad it to an even corner."""
    left, top = min(max(x, 0), shape[1]), min(max(y, 0), shape[0])
    right = max(left, min(x + coverage.shape[1], shape[1]))
    bottom = max(top, min(y + coverage.shape[0], shape[0]))
    corner = (left // 2 * 2, top // 2 * 2)
    size = ((bottom - corner[1] + 1) // 2 * 2, (right - corner[0] + 1) // 2 * 2)
    moved = np.zeros(size, dtype=np.uint8)
    moved[top - corner[1] : bottom - corner[1], left - corner[0] : right - corner[0]] = coverage[
        top - y : bottom - y, left - x : right - x
    ]
    return corner, moved


@lru_cache(maxsize=8)
def _load_default_font(size: float) -> ImageFont.FreeTypeFont:
    path = get_glyph_finder().default
    return _load_font(path, getattr(path, "face_index", 0), size)


@lru_cache(maxsize=32)
def _load_font(path: str, face: int, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size, index=face)
