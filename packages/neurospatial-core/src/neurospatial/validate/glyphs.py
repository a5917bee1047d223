"""Which installed font has the glyphs of a text that is drawn here, and what no font has."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from neurospatial.validate.default_style import (
    DEFAULT_FONT,
    find_default_font,
    has_default_style,
)
from neurospatial.validate.user_warning import warn_user

if TYPE_CHECKING:
    from matplotlib.font_manager import FontEntry
    from matplotlib.ft2font import FT2Font

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
"""What is drawn for a character that no font has."""

_BOXES = re.compile(r"last ?resort|adobe ?blank|fallback", re.I)
"""Names of fonts that have something for every character, and a letter for none."""

_REGULAR = 400
"""Weight of a font that is neither light nor bold."""

_NAMED = 8
"""Characters that a warning names."""

_HELD = frozenset(map(chr, (*range(0xA1, 0x100), *range(0x391, 0x3A2), *range(0x3A3, 0x3CA))))
_HELD |= frozenset("–—•…�−×≤≥≈∞→←°⁰¹²³⁴⁵⁶⁷⁸⁹⁻₀₁₂₃₄₅₆₇₈₉")
"""Characters that matplotlib's own font has, so that nobody need look: Latin, Greek, signs."""

_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""What chooses between pictures of the character before it."""


class GlyphFinder:
    """Finds a font for each character: the default one, else the first installed that has it.

    Parameters
    ----------
    default : str
        Path of the font that text is drawn with.

    Examples
    --------
    >>> from matplotlib.font_manager import findfont
    >>> finder = GlyphFinder(findfont("DejaVu Sans"))
    >>> finder.replace_missing("x [cm] \U0010fffd"), finder.find_missing({"x", "\U0010fffd"})
    ('x [cm] �', ['\U0010fffd'])
    """

    def __init__(self, default: str) -> None:
        self.default: str = default
        self._held = _HELD if Path(default).name == DEFAULT_FONT else frozenset()
        self._found: dict[str, FontEntry | None] = {}
        self._used: list[FontEntry] = []

    def find(self, characters: Iterable[str]) -> "dict[str, FontEntry | None]":
        """Find the fonts of the characters that the default one lacks; None where none has it."""
        lacking = {c for c in characters if not c.isascii() and not self._has_default(c)}
        new = {c for c in lacking if _is_seen(c)} - self._found.keys()
        private = {c for c in new if unicodedata.category(c) == "Co"}  # In each font another.
        self._found |= dict.fromkeys(private)
        new -= private
        for entry in (*self._used, *_list_fonts()) if new else ():
            font = _try_to_open(entry)
            here = set() if font is None else {c for c in new if _has_ink(font, c)}
            self._found |= dict.fromkeys(here, entry)
            if here and entry not in self._used:
                self._used.append(entry)
            new -= here
            if not new:
                break
        self._found |= dict.fromkeys(new)
        return {c: self._found[c] for c in lacking if _is_seen(c)}

    def find_missing(self, characters: Iterable[str]) -> list[str]:
        """Find the characters that no font has."""
        return sorted(c for c, entry in self.find(characters).items() if entry is None)

    def replace_missing(self, text: str) -> str:
        """Put U+FFFD in place of what no font has, and nothing in place of what has no ink."""
        if text.isascii():
            return text
        found = self.find(text)
        return "".join(
            c
            if c.isascii() or found.get(c) or self._has_default(c)
            else (REPLACEMENT if c in found else " " * c.isspace())
            for c in text
        )

    def list_families(self, text: str) -> list[str]:
        """List the families of the fonts that have what the default one lacks."""
        entries = [entry for entry in self.find(text).values() if entry is not None]
        return list(dict.fromkeys(entry.name for entry in entries))

    def split_by_font(self, text: str) -> list[tuple[str, str]]:
        """Split a text into runs of one font each, as paths and what they draw.

        One run where a single font has all of it, as fonts of other scripts have Latin too.
        """
        text = self.replace_missing(text)
        found = self.find({*text, REPLACEMENT})
        if not found.keys() & set(text):
            return [(self.default, text)]
        for entry in dict.fromkeys(entry for entry in found.values() if entry is not None):
            font = _try_to_open(entry)
            if font is not None and all(_has_ink(font, c) for c in text if _is_seen(c)):
                return [(entry.fname, text)]
        runs: list[tuple[str, str]] = []
        for c in text:
            entry_of_c = found.get(c)
            path = self.default if entry_of_c is None else entry_of_c.fname
            if runs and (path == runs[-1][0] or not _is_seen(c)):
                runs[-1] = runs[-1][0], runs[-1][1] + c
            else:
                runs.append((path, c))
        return runs

    def _has_default(self, character: str) -> bool:
        return character in self._held or bool(self._font.get_char_index(ord(character)))

    @cached_property
    def _font(self) -> "FT2Font":
        return _open_font(self.default)


def get_glyph_finder() -> GlyphFinder:
    """Get the finder of the font that matplotlib draws with now."""
    if has_default_style():
        font = find_default_font()
        if font is not None:
            return _make_finder(font)
    from matplotlib.font_manager import FontProperties, findfont

    return _make_finder(findfont(FontProperties()))


@lru_cache(maxsize=8)
def _make_finder(default: str) -> GlyphFinder:
    return GlyphFinder(default)


def check_glyphs(texts: Iterable[str]) -> None:
    """Warn once of the characters of texts that are drawn here, and that no font has."""
    missing = get_glyph_finder().find_missing(set().union(*texts))
    if not missing:
        return
    named = ", ".join(f"{c} (U+{ord(c):04X})" for c in missing[:_NAMED])
    more = f" and {len(missing) - _NAMED:,} more" if len(missing) > _NAMED else ""
    warn_user(
        f"No installed font has {len(missing):,} of the characters in titles, names and labels: "
        f"{named}{more}.\n"
        f"  {REPLACEMENT} is drawn for each. Install a font that has them, such as one of Noto, "
        "or write other letters; a web page is shown with the fonts of its reader."
    )


def check_direction(texts: Iterable[str], draws_leftward: bool, library: str) -> None:
    """Warn once of letters that run from right to left where they are drawn the other way."""
    if draws_leftward:
        return
    leftward = [
        text
        for text in texts
        if not text.isascii() and any(unicodedata.bidirectional(c) in ("R", "AL") for c in text)
    ]
    if leftward:
        warn_user(
            f"Letters that run from right to left are drawn from left to right: "
            f"{leftward[0][:_NAMED]!r}.\n"
            f"  It is read backwards. {library}, or write other letters."
        )


def write_plain_text(write: Callable[..., Any], text: str, **style: Any) -> None:
    """Have matplotlib write a text as it is: a dollar is a dollar, and every glyph has a font.

    Parameters
    ----------
    write : callable
        Such as ``axes.set_title``; called with the text and its style.
    text : str
    **style
        Of matplotlib's `Text`.
    """
    from matplotlib import rcParams

    finder = get_glyph_finder()
    text = finder.replace_missing(text)
    families = [*rcParams["font.family"], *finder.list_families(text)]
    write(text, fontfamily=families, parse_math=False, usetex=False, **style)


def draws_matplotlib_leftward() -> bool:
    """Tell whether matplotlib here turns letters that run from right to left."""
    from matplotlib import __version_info__

    return tuple(__version_info__[:2]) >= (3, 11)


@lru_cache(maxsize=1)
def _list_fonts() -> "tuple[FontEntry, ...]":
    """List the fonts that matplotlib knows of: upright and regular ones first, and sans serif."""
    from matplotlib.font_manager import fontManager, weight_dict

    def rank(entry: "FontEntry") -> tuple[bool, int, bool, str]:
        weight = entry.weight
        number = weight_dict.get(weight, _REGULAR) if isinstance(weight, str) else weight
        away = abs(number - _REGULAR)
        return entry.style != "normal", away, "Sans" not in entry.name, entry.name

    letters = [entry for entry in fontManager.ttflist if not _BOXES.search(entry.name)]
    return tuple(sorted(letters, key=rank))


def _open_font(path: str) -> "FT2Font":
    from matplotlib.ft2font import FT2Font

    # Several fonts may lie in one file, which matplotlib knows of from 3.11 on.
    face = getattr(path, "face_index", 0)
    return FT2Font(path, face_index=face) if face else FT2Font(path)


def _try_to_open(entry: "FontEntry") -> "FT2Font | None":
    """Open a font whose glyphs are outlines; coloured pictures cannot be drawn at any size."""
    try:
        font = _open_font(entry.fname)
    except (OSError, RuntimeError):
        return None
    return font if font.scalable else None


def _has_ink(font: "FT2Font", character: str) -> bool:
    if not font.get_char_index(ord(character)):
        return False
    try:
        return character.isspace() or bool(font.load_char(ord(character)).width)
    except (OSError, RuntimeError):
        return False


def _is_seen(character: str) -> bool:
    """Tell whether there is anything to see of a character, given a font."""
    is_format = unicodedata.category(character) in ("Cf", "Cc", "Zs", "Zl", "Zp")
    return not is_format and not _SELECTORS.match(character)
