"""What of several panels Python may set, each by its name."""

import numpy as np
import pytest
from traitlets import TraitError

from neurospatial import FieldPanel
from neurospatial.scene import compile_panels
from neurospatial.scene.compile.scene_options import SceneOptions
from neurospatial.testing.scenes import FixedOverlay
from neurospatial.widget import FieldsWidget, WidgetOptions, backend
from neurospatial.widget.panel_traits import name_panels
from tests.html.pages import bumps, every_layer, room


def panels_of(n_frames: int = 40, **more: object) -> FieldsWidget:
    """Show two panels with colours of their own, the second with marks, and two signals."""
    env, marks = room(), FixedOverlay(every_layer(n_frames))
    fields = bumps(env, n_frames)
    panels = [
        FieldPanel(env, fields, title="left", vmin=0.0, vmax=1.0),
        FieldPanel(env, 9 * fields, title="", vmin=0.0, vmax=9.0, overlays=marks),
    ]
    scene = compile_panels(panels, SceneOptions(**{"link": None, **more}))
    return backend.present(scene, WidgetOptions(figsize=(8.0, 3.0)))


def test_each_panel_has_limits_and_layers_of_its_own():
    shown = panels_of()
    assert shown.limits == {"left": (0.0, 1.0), "2": (0.0, 9.0)}
    assert (shown.vmin, shown.vmax) == (0.0, 1.0)
    assert list(shown.layers_visible) == [
        "left: Field", "2: Camera", "2: Field", "2: Goal", "2: Animal", "2: Feeder", "2: Head",
        "2: Words", "Speed", "LFP",
    ]  # fmt: skip
    shown.limits = {"2": (3, 6.0)}
    shown.layers_visible = {"2: Field": False}
    assert shown.limits == {"left": (0.0, 1.0), "2": (3.0, 6.0)}
    assert (shown.vmin, shown.vmax) == (0.0, 1.0)
    assert shown.layers_visible["left: Field"] is True
    shown.limits = {"2": None}
    assert shown.limits == {"left": (0.0, 1.0), "2": (0.0, 9.0)}


def test_ends_are_those_of_the_first_panel_whichever_is_set():
    shown, observed = panels_of(), []
    shown.observe(lambda change: observed.append(change["name"]), ["vmin", "vmax", "limits"])
    shown.vmax = 0.5
    assert shown.limits["left"] == (0.0, 0.5)
    shown.limits = {"left": [0.6, 0.75]}
    assert (shown.vmin, shown.vmax) == (0.6, 0.75)
    assert sorted(observed) == ["limits", "limits", "vmax", "vmax", "vmin"]
    shown.vmin = shown.vmax = None
    assert shown.limits["left"] == (0.0, 1.0)


def test_panels_that_share_their_colours_are_set_together():
    shown = panels_of(link="color")
    (low, high) = shown.limits["left"]
    assert shown.limits == {"left": (low, high), "2": (low, high)}
    shown.limits = {**shown.limits, "2": (1.0, 2.0)}
    assert shown.limits == {"left": (1.0, 2.0), "2": (1.0, 2.0)}
    assert (shown.vmin, shown.vmax) == (1.0, 2.0)
    with pytest.raises(TraitError, match=r"(?s)limits of 'left' are 1 … 3, those of '2' 2 … 4"):
        shown.limits = {"left": (1.0, 3.0), "2": (2.0, 4.0)}
    assert shown.limits == {"left": (1.0, 2.0), "2": (1.0, 2.0)}


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("limits", {"lfet": (0, 1)}, r"no coloured panel 'lfet'\. Did you mean 'left'"),
        ("limits", {"left": (0.5, 0.5)}, r"Panel 'left': vmin is 0\.5 and vmax is 0\.5"),
        ("limits", {"2": (0, 9.5)}, r"Panel '2': vmax is 9\.5, and the colours were made for 0"),
        ("limits", {"left": (0, float("nan"))}, "The limits of 'left' are"),
        ("limits", {"left": (0, 0.5, 1)}, "The limits of 'left' are"),
        ("limits", {"left": "01"}, "The limits of 'left' are '01'"),
        ("limits", {"left": (True, 1)}, "The limits of 'left' are"),
        ("limits", {"left": 0.5}, r"The limits of 'left' are 0\.5"),
        ("limits", [(0, 1)], "limits"),
        ("layers_visible", {"Field": False}, r"no layer 'Field'\. Did you mean '2: Field'"),
    ],
)
def test_what_cannot_be_is_refused_by_its_name(name, value, says):
    shown = panels_of()
    shown.limits = {"2": (1.0, 2.0)}
    before = shown.get_state()
    with pytest.raises(TraitError, match=f"(?s){says}"):
        setattr(shown, name, value)
    assert shown.get_state() == before


def test_what_is_left_out_stays_where_several_are_set_at_once():
    shown = panels_of()
    shown.layers_visible = {"2: Goal": False}
    shown.limits = {"2": (1.0, 2.0)}
    with shown.hold_trait_notifications():
        shown.layers_visible = {"2: Feeder": True}
        shown.limits = {"left": (0.25, 0.5)}
    assert shown.layers_visible["2: Goal"] is False
    assert shown.limits == {"left": (0.25, 0.5), "2": (1.0, 2.0)}


def test_a_line_beside_fields_has_no_limits():
    env = room()
    line = FieldPanel(
        env.__class__.from_mask(np.ones(20, bool), [np.arange(21.0)]), np.eye(20)[:4]
    )
    shown = backend.present(
        compile_panels([line, FieldPanel(env, bumps(env, 4), title="2", vmin=0, vmax=1)]),
        WidgetOptions(),
    )
    assert shown.limits == {"2": (0.0, 1.0)}
    assert (shown.vmin, shown.vmax) == (0.0, 1.0)
    with pytest.raises(TraitError, match="no coloured panel '1'"):
        shown.limits = {"1": (0.0, 1.0)}


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["a", "b"], ("a", "b")),
        (["", "a", ""], ("1", "a", "3")),
        (["2", "x"], ("1", "x")),
        (["2", ""], ("1", "2")),
    ],
)
def test_no_two_panels_have_one_name(titles, names):
    assert name_panels({"panels": [{"title": title} for title in titles]}) == names
