"""What stands along an axis."""


def format_axis_label(name: str, units: str | None) -> str:
    """Write what stands along an axis: its name, and its unit where there is one.

    Examples
    --------
    >>> format_axis_label("x", "cm"), format_axis_label("x", None)
    ('x [cm]', 'x')
    """
    return f"{name} [{units}]" if units else name
