"""Cleaning every text of a scene, at the one door that all scenes come through."""

from dataclasses import fields, replace
from typing import Any

from neurospatial.scene.layers import Text
from neurospatial.validate.text import MOST_CHARACTERS, is_clean, normalize_text, shorten_text
from neurospatial.validate.user_warning import warn_user

_BEGINNING = 20
"""Characters that a text is recognised by in a warning."""


class TextCleaner:
    """Cleans the texts of one scene, and remembers which had to be cut.

    Parameters
    ----------
    holders : tuple of type
        The dataclasses that are looked into. Sources are none of them: what they are
        called is the name of a file.
    """

    def __init__(self, holders: tuple[type, ...]) -> None:
        self._holders = holders
        self._cleaned: dict[int, tuple[object, object]] = {}
        self._cut: list[str] = []

    def find_changes(self, holder: Any) -> dict[str, Any]:
        """Find what of a dataclass is another once its texts are clean, by name."""
        several_lines = isinstance(holder, Text)
        values = {field.name: getattr(holder, field.name) for field in fields(holder)}
        clean = {
            name: self._clean(value, "\n" if several_lines and name == "strings" else " ")
            for name, value in values.items()
        }
        return {name: clean[name] for name in values if clean[name] is not values[name]}

    def warn_if_shortened(self) -> None:
        """Warn once of all texts that were cut."""
        if not self._cut:
            return
        longest = max(self._cut, key=len)
        warn_user(
            f"{len(self._cut)} of the texts of a scene have more than {MOST_CHARACTERS:,} "
            "characters, and no more of them are shown.\n"
            f"  The longest has {len(longest):,}: {longest[:_BEGINNING]!r}…\n"
            "  A picture has no room for more: pass a short title, name or label."
        )

    def _clean(self, value: Any, line_break: str) -> Any:
        """Clean a value; what has nothing to be cleaned stays the same object."""
        if isinstance(value, str):
            return self._clean_text(value, line_break)
        if isinstance(value, self._holders):
            return self._clean_holder(value)
        if isinstance(value, (tuple, list)) and value and self._is_looked_into(value[0]):
            if all(map(is_clean, value)):  # Of 100,000 labels, say.
                return value
            clean = tuple(self._clean(one, line_break) for one in value)
            return value if all(map(_is_same, clean, value)) else clean
        return value

    def _is_looked_into(self, value: Any) -> bool:
        return isinstance(value, (str, *self._holders))

    def _clean_text(self, text: str, line_break: str) -> str:
        whole = normalize_text(text, line_break)
        if len(whole) > MOST_CHARACTERS:
            self._cut.append(whole)
            return shorten_text(whole)
        return text if whole == text else whole

    def _clean_holder(self, holder: Any) -> Any:
        # Once each: a field and the colour bar beside it go on sharing their scale.
        if id(holder) not in self._cleaned:
            changes = self.find_changes(holder)
            self._cleaned[id(holder)] = holder, replace(holder, **changes) if changes else holder
        return self._cleaned[id(holder)][1]


def _is_same(first: object, second: object) -> bool:
    return first is second
