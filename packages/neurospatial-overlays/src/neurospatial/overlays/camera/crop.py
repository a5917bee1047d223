"""The part of a camera's picture that is shown."""

from neurospatial.errors import explain
from neurospatial.validate import validate_positive

Crop = tuple[int, int, int, int]
"""``(x, y, width, height)`` in pixels, from the top-left corner of the picture."""


def validate_crop(crop: Crop | None, size: tuple[int, int], downsample: int) -> Crop:
    """Return the part of a picture that is shown, or raise; None is all of it.

    Raises
    ------
    TypeError
        If the crop is not four whole numbers.
    ValueError
        If it is empty, reaches outside the picture, or is smaller than a
        downsampled pixel.

    Examples
    --------
    >>> validate_crop(None, (640, 480), 2)
    (0, 0, 640, 480)
    """
    width, height = size
    x, y, wide, high = whole = (0, 0, width, height) if crop is None else _to_whole_numbers(crop)
    inside = min(x, y) >= 0 and x + wide <= width and y + high <= height
    if not inside or min(wide, high) < 1:
        raise ValueError(
            explain(
                f"crop is {whole}: columns {x} to {x + wide}, rows {y} to {y + high}, "
                f"and the picture has {width} x {height} px.",
                "A crop (x, y, width, height) [px] is a part of the picture.",
                [f"Stay within (0, 0, {width}, {height}).", "Leave crop out."],
            )
        )
    if min(wide, high) < downsample:
        raise ValueError(
            explain(
                f"downsample is {downsample}, and what is shown has {wide} x {high} px.",
                "Not one pixel would be left.",
                [f"Pass at most downsample={min(wide, high)}."],
            )
        )
    return whole


def check_downsample(downsample: int) -> None:
    """Raise unless it is a whole number of at least 1.

    Raises
    ------
    ValueError
        If it is not.
    """
    validate_positive(downsample, "downsample", unit="pixels", owner="VideoOverlay")
    if downsample != int(downsample):
        raise ValueError(
            explain(
                f"VideoOverlay: downsample is {downsample!r}.",
                "So many pixels along each side become one.",
                ["Pass a whole number, such as downsample=2."],
            )
        )


def _to_whole_numbers(crop: Crop) -> Crop:
    try:
        x, y, width, height = (int(value) for value in crop)
        if (x, y, width, height) == tuple(crop):
            return x, y, width, height
    except (TypeError, ValueError):
        pass
    raise TypeError(
        explain(
            f"crop is {crop!r}.",
            "It is (x, y, width, height) in whole pixels, from the top-left corner.",
            ["Pass it so: crop=(80, 0, 480, 480).", "Leave crop out."],
        )
    )
