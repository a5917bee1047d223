"""What can be chosen about a widget."""

from dataclasses import dataclass

from neurospatial.html import BundleOptions, HTMLOptions
from neurospatial.progress import Progress
from neurospatial.scene import Scene
from neurospatial.validate import validate_limit
from neurospatial.validate.set_option import set_option


@dataclass(frozen=True, kw_only=True)
class WidgetOptions:
    """Options of the widget backend; checked when made.

    Parameters
    ----------
    dpi : int
        Pixels per inch of what is drawn.
    figsize : tuple of float, or None
        Width and height of all panels together [inches]; None for (8, 6), and more where
        there are many panels.
    embed_video : bool
        Whether camera videos are shown.
    picture_quality : int or None
        Of camera videos, 1 (smallest) to 100; None keeps every pixel as it is.
    static_mb : float
        Most data, before compression, of which the notebook keeps a page to show
        where no kernel runs [10**6 bytes]; 0 for none.
    progress : bool or callable
        Of `FieldsWidget.save`.

    Raises
    ------
    ValueError
        For every value that cannot be used.

    Examples
    --------
    >>> WidgetOptions(figsize=(4.0, 3.0), dpi=150).page.figsize
    (4.0, 3.0)
    """

    dpi: int = 100
    figsize: tuple[float, float] | None = None
    embed_video: bool = True
    picture_quality: int | None = 85
    static_mb: float = 5.0
    progress: Progress = True

    def __post_init__(self) -> None:
        page = self.page  # A page has the same limits, and checks them.
        set_option(self, dpi=page.dpi, figsize=page.figsize, embed_video=page.embed_video,
                   picture_quality=page.picture_quality)  # fmt: skip
        why = "It is how much data [MB] the notebook keeps for where no kernel runs."
        how = ["Pass 0 to keep none.", "Pass a positive number, such as 5."]
        set_option(self, static_mb=validate_limit(self.static_mb, "static_mb", why, how))

    @property
    def page(self) -> HTMLOptions:
        """Options of a page that shows the same."""
        return HTMLOptions(
            dpi=self.dpi,
            figsize=self.figsize,
            embed_video=self.embed_video,
            picture_quality=self.picture_quality,
            progress=self.progress,
        )

    def make_bundle_options(self, scene: Scene) -> BundleOptions:
        """Make the options of the data that the player is sent."""
        return BundleOptions(
            dpi=self.dpi,
            size=self.page.choose_size(scene),
            embed_video=self.embed_video,
            picture_quality=self.picture_quality,
        )
