"""A layout ready made, or made by its name."""

from neurospatial.errors import explain
from neurospatial.layouts import Layout
from neurospatial.layouts.discovery import make_layout, validate_layout


def resolve_layout(layout: Layout | str, options: dict[str, object]) -> Layout:
    """Take a layout of any kind, ours or another's: `Environment.from_layout`."""
    if isinstance(layout, str):
        return make_layout(layout, options)
    if options:
        raise TypeError(
            explain(
                f"from_layout got {', '.join(sorted(options))} with a layout already made.",
                "These are for making a layout that is given by its name.",
                ["Leave them out.", "Pass the layout's name instead."],
            )
        )
    return validate_layout(layout)
