"""What lines, numbers and grounds are coloured like, as napari's theme has it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import napari


@dataclass(frozen=True)
class ThemeColors:
    """Colours of what stands around panels and in strips, as Qt takes them.

    Parameters
    ----------
    ink : str
        Of lines and numbers.
    title : str
    ground : str
        Of a strip.
    edge : str
        Of a strip's frame.
    """

    ink: str
    title: str
    ground: str
    edge: str


DARK = ThemeColors("#b8bdc4", "#ffffff", "#1e2127", "#5a6068")
LIGHT = ThemeColors("#3e3f41", "#000000", "#f6f4f3", "#9a9894")

_MIDDLE = 128
"""Of 255: a canvas lighter than that gets dark ink."""


def read_theme_colors(viewer: "napari.Viewer") -> ThemeColors:
    """Choose the colours that are legible on a viewer's canvas."""
    from napari.utils.theme import get_theme

    red, green, blue = get_theme(viewer.theme).canvas.as_rgb_tuple(alpha=False)
    # Luma of the sRGB values, as in Rec. 601.
    return LIGHT if 0.299 * red + 0.587 * green + 0.114 * blue > _MIDDLE else DARK
