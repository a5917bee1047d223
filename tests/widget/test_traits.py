"""What Python may set, and what it is told."""

import json

import numpy as np
import pytest
from traitlets import TraitError

from neurospatial.widget import FieldsWidget, WidgetOptions, backend
from tests.html.pages import bumps, every_layer, room, scene_in, track


def widget(n_frames: int = 40, **options: object) -> FieldsWidget:
    env = room()
    scene = scene_in(env, bumps(env, n_frames), *every_layer(n_frames))
    return backend.present(scene, WidgetOptions(**options))


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("frame", 40, r"frame is 40, and there are 40 frames.*0 … 39"),
        ("frame", -1, r"frame is -1, and there are 40 frames"),
        ("frame", 3.5, "frame"),
        ("speed", 0.2, r"speed is 0\.2.*0\.25 … 4"),
        ("speed", 4.5, r"speed is 4\.5"),
        ("speed", float("nan"), "speed is nan"),
        ("vmin", 1.0, r"vmin is 1 and vmax is 1"),
        ("vmax", float("nan"), "vmax is nan"),
        ("vmax", 1.5, r"vmax is 1\.5, and the colours were made for 0 … 1.*vmin=0, vmax=1\.5"),
        ("vmin", -2.0, r"vmin is -2, and the colours were made for 0 … 1"),
        ("layers_visible", {"Gaol": False}, r"no layer 'Gaol'\. Did you mean 'Goal'"),
        ("layers_visible", {"Goal": "no"}, r"Layer 'Goal' is set to 'no'"),
        ("layers_visible", ["Goal"], "layers_visible"),
        ("playing", "yes", "playing"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_all_as_it_was(name, value, says):
    shown = widget()
    before = shown.get_state()
    with pytest.raises(TraitError, match=f"(?s){says}"):
        setattr(shown, name, value)
    assert shown.get_state() == before


def test_both_limits_may_be_moved_at_once():
    shown = widget()
    shown.vmax = 0.3
    with pytest.raises(TraitError, match=r"vmin is 0\.5 and vmax is 0\.3"):
        shown.vmin = 0.5
    with shown.hold_trait_notifications():
        shown.vmin = 0.5
        shown.vmax = 0.8
    assert (shown.vmin, shown.vmax) == (0.5, 0.8)


def test_none_gives_the_whole_range_back():
    shown = widget()
    shown.vmin, shown.vmax = 0.25, 0.75
    shown.vmin = shown.vmax = None
    assert (shown.vmin, shown.vmax) == (0.0, 1.0)


def test_limits_that_the_browser_rounded_are_taken_for_what_they_are():
    shown = widget()
    shown.set_state({"vmin": -1e-17, "vmax": 1.0000000000000002})
    assert (shown.vmin, shown.vmax) == (0.0, 1.0)


def test_layers_that_are_not_named_stay_as_they_are():
    shown = widget()
    assert shown.layers_visible == {
        "Camera": True, "Field": True, "Goal": True, "Animal": True, "Feeder": False,
        "Head": True, "Words": True, "Speed": True, "LFP": False,
    }  # fmt: skip
    shown.layers_visible = {"Goal": False}
    shown.layers_visible = {"Feeder": True}
    assert shown.layers_visible["Goal"] is False
    assert shown.layers_visible["Feeder"] is True
    assert shown.layers_visible["Animal"] is True


def test_a_camera_that_is_left_out_is_no_layer():
    assert "Camera" not in widget(embed_video=False).layers_visible


def test_a_line_has_no_colours():
    shown = backend.present(scene_in(track(), np.linspace(0, 1, 20)[None]), WidgetOptions())
    assert (shown.vmin, shown.vmax) == (None, None)
    with pytest.raises(
        TraitError, match=r"(?s)vmax is 1\.0.*Nothing of this animation is coloured"
    ):
        shown.vmax = 1.0


def test_changes_are_observed():
    shown, observed = widget(), []
    shown.observe(lambda change: observed.append((change["name"], change["new"])), "frame")
    shown.set_state({"frame": 7})
    shown.frame = 9
    assert observed == [("frame", 7), ("frame", 9)]


def test_header_is_sent_with_the_first_message_and_nothing_of_the_fields():
    shown = widget()
    (opened,) = [message for message in shown.comm.messages if message["type"] == "comm_open"]
    state = opened["data"]["state"]
    assert json.loads(state["_header"])["n_frames"] == 40
    assert "export default { render }" in state["_esm"]
    assert "ns-player" in state["_css"]


def test_header_does_not_grow_with_the_frames():
    env = room()
    sizes = []
    for n_frames in (1000, 1_000_000):
        fields = np.broadcast_to(np.float32(0.5), (n_frames, env.n_bins))
        shown = backend.present(scene_in(env, fields), WidgetOptions())
        sizes.append(len(shown._header))
    assert sizes[1] - sizes[0] < 40


def test_it_says_what_it_is():
    assert repr(widget(1)) == (
        "FieldsWidget(1 frame; widget.save('animation.html') writes a page)"
    )
