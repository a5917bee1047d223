"""Which picture test shows which option, and what an option that is ignored looks like."""

import copy
from contextlib import contextmanager
from dataclasses import MISSING, fields

from neurospatial import overlays as room
from neurospatial import scene as scenes

SCENE = ("show_regions", "region_alpha", "overlay_trajectory")
"""What `animate_fields` itself draws."""

_LISTED = "what a list of layers says in a viewer; a video shows no list"
_REFUSED = "says which data are refused, not how anything looks"
WITHOUT_PICTURE = {
    ("PositionOverlay", "name"): _LISTED,
    ("BodypartOverlay", "name"): _LISTED,
    ("HeadDirectionOverlay", "name"): _LISTED,
    ("EventOverlay", "name"): _LISTED,
    ("ObjectVectorOverlay", "name"): _LISTED,
    ("VideoOverlay", "name"): _LISTED,
    ("PositionOverlay", "nan_ok"): _REFUSED,
    ("BodypartOverlay", "nan_ok"): _REFUSED,
    ("HeadDirectionOverlay", "nan_ok"): _REFUSED,
}
"""Options that no picture shows, and why."""


def overlay_classes():
    """Every public class that lowers itself to layers, by name."""
    public = {name: getattr(room, name) for name in room.__all__}
    return {name: kind for name, kind in public.items() if hasattr(kind, "layers")}


def all_options():
    """Every ``(owner, option)`` that a picture must show."""
    owned = {(name, f.name) for name, kind in overlay_classes().items() for f in fields(kind)}
    return {*(owned - set(WITHOUT_PICTURE)), *(("animate_fields", option) for option in SCENE)}


def shows(owner, *options):
    """Mark a picture test, which takes no arguments, with the options that it shows."""

    def marked(test):
        test.shown = [*getattr(test, "shown", []), *((owner, option) for option in options)]
        return test

    return marked


@contextmanager
def ignored(owner, option, monkeypatch):
    """Draw as if an option had not been given; without what is required, nothing is drawn."""
    with monkeypatch.context() as patch:
        if owner == "animate_fields":
            whole = scenes.compile_scene
            patch.setattr(
                scenes,
                "compile_scene",
                lambda *given, **more: whole(
                    *given, **{name: value for name, value in more.items() if name != option}
                ),
            )
        else:
            kind = overlay_classes()[owner]
            patch.setattr(kind, "layers", _without(kind, option))
        yield


def _without(kind, option):
    layers = kind.layers
    default = next(f.default for f in fields(kind) if f.name == option)

    def lowered(self, context):
        if default is MISSING:
            return ()
        plain = copy.copy(self)
        setattr(plain, option, default)
        return layers(plain, context)

    return lowered
