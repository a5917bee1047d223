"""Giving words to a text that is placed already."""

from typing import TYPE_CHECKING

from neurospatial.validate.glyphs import write_plain_text

if TYPE_CHECKING:
    from matplotlib.text import Text


def write_artist(text: "Text", words: str) -> None:
    """Have a text of matplotlib say words as they are: a dollar is a dollar."""
    write_plain_text(lambda plain, **style: text.set(text=plain, **style), words)
