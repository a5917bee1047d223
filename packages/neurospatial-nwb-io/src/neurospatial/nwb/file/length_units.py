"""Names of units of length: ours are symbols, those of NWB are words."""

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


def nwb_name(units: str) -> str:
    """Name a unit of length as NWB files do.

    Parameters
    ----------
    units : str
        Ours; a unit without a word of its own is kept as it is.

    Returns
    -------
    str
        "unknown" where there is none.

    Examples
    --------
    >>> nwb_name("cm"), nwb_name("px"), nwb_name("bins"), nwb_name("")
    ('centimeters', 'pixels', 'bins', 'unknown')
    """
    ours = our_name(units)
    return "unknown" if ours is None else _NAMES.get(ours, ours)


def our_name(text: str) -> str | None:
    """Name a unit of length as an environment does.

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
    >>> our_name("Centimetres"), our_name("meters"), our_name("bins"), our_name("n.a.")
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


def metres_per(units: str) -> float | None:
    """Give how many metres one of our units is; None where it is no length.

    Examples
    --------
    >>> metres_per("cm"), metres_per("px")
    (0.01, None)
    """
    return _METRES.get(units)


def is_angle(text: str) -> bool:
    """Say whether a unit is one of angles.

    Examples
    --------
    >>> is_angle("radians"), is_angle("deg"), is_angle("meters")
    (True, True, False)
    """
    return in_degrees(text) is not None


def in_degrees(text: str) -> bool | None:
    """Say whether a unit is degrees (True) or radians (False); None where it is neither.

    Examples
    --------
    >>> in_degrees("Degrees"), in_degrees("radian"), in_degrees("")
    (True, False, None)
    """
    name = text.strip().lower()
    if name in ("°", "deg", "degs", "degree", "degrees"):
        return True
    return False if name in ("rad", "rads", "radian", "radians") else None
