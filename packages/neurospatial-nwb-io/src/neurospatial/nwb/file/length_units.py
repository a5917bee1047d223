"""Names of units of length: ours are symbols, those of NWB are words."""

from neurospatial.nwb.file.text import escape_text

PIXELS = "px"
"""The unit of what a camera saw."""

_NAMES = {
    "m": "meters",
    "dm": "decimeters",
    "cm": "centimeters",
    "mm": "millimeters",
    "um": "micrometers",
    "in": "inches",
    "px": "pixels",
}

_METRES = {"m": 1.0, "dm": 0.1, "cm": 0.01, "mm": 1e-3, "um": 1e-6, "in": 0.0254}
"""How many metres each is; a pixel has no length of its own."""

_SPELLINGS = {
    "meter": "m",
    "metre": "m",
    "decimeter": "dm",
    "decimetre": "dm",
    "centimeter": "cm",
    "centimetre": "cm",
    "millimeter": "mm",
    "millimetre": "mm",
    "micrometer": "um",
    "micrometre": "um",
    "micron": "um",
    "µm": "um",  # the micro sign, and below the Greek letter that looks like it
    "μm": "um",
    "inch": "in",
    "pixel": "px",
    "pix": "px",
}

_UNSAID = frozenset(
    {"", "n.a.", "n/a", "na", "none", "null", "unknown", "unit", "a.u.", "arbitrary unit", "?"}
)


def to_nwb_unit(units: str) -> str:
    """Name a unit of length as NWB files do.

    Parameters
    ----------
    units : str
        Ours; a unit without a word of its own is kept as it is, but for characters that
        no file can hold: they are escaped.

    Returns
    -------
    str
        "unknown" where there is none.

    Examples
    --------
    >>> to_nwb_unit("cm"), to_nwb_unit("px"), to_nwb_unit("bins"), to_nwb_unit("")
    ('centimeters', 'pixels', 'bins', 'unknown')
    """
    ours = parse_unit(units)
    return "unknown" if ours is None else _NAMES.get(ours, escape_text(ours))


def parse_unit(text: str) -> str | None:
    """Parse the name of a unit of length into the symbol that an environment uses.

    Parameters
    ----------
    text : str
        As it stands in a file.

    Returns
    -------
    str or None
        A symbol where the unit is known, else the text itself; None where it
        says nothing.

    Examples
    --------
    >>> parse_unit("Centimetres"), parse_unit("meters"), parse_unit("bins"), parse_unit("n.a.")
    ('cm', 'm', 'bins', None)
    """
    name = text.strip()
    lowered = name.lower()
    for word in (lowered, lowered.removesuffix("s")):
        if word in _UNSAID:
            return None
        if word in _NAMES:
            return word
        if word in _SPELLINGS:
            return _SPELLINGS[word]
    return "in" if lowered == "inches" else name


def to_metres(units: str) -> float | None:
    """Convert one of a unit to metres; None where it is no length.

    Examples
    --------
    >>> to_metres("cm"), to_metres("px")
    (0.01, None)
    """
    return _METRES.get(units)


def is_angle(text: str) -> bool:
    """Check whether a unit is one of angles.

    Examples
    --------
    >>> is_angle("radians"), is_angle("deg"), is_angle("meters")
    (True, True, False)
    """
    return is_degrees(text) is not None


def is_degrees(text: str) -> bool | None:
    """Check whether a unit is degrees (True) or radians (False); None where it is neither.

    Examples
    --------
    >>> is_degrees("Degrees"), is_degrees("radian"), is_degrees("")
    (True, False, None)
    """
    name = text.strip().lower()
    if name in ("°", "deg", "degs", "degree", "degrees"):
        return True
    return False if name in ("rad", "rads", "radian", "radians") else None
