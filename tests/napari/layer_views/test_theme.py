"""What stands around panels is legible in every theme, and follows it when it changes."""

from dataclasses import replace

import numpy as np
import pytest
from qtpy.QtGui import QColor

from neurospatial.napari.layers.theme import DARK, LIGHT, read_theme_colors
from tests.napari.scenes import make_grid, make_marks, show_scene


@pytest.fixture
def themed(viewer):
    yield viewer
    viewer.theme = "dark"


def measure_contrast(one, other):
    """Contrast of two colours as the Web Content Accessibility Guidelines 2.2 have it."""
    lights = []
    for color in (QColor(one), QColor(other)):
        share = np.array([color.redF(), color.greenF(), color.blueF()])
        linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
        lights.append(float(linear @ (0.2126, 0.7152, 0.0722)))
    return (max(lights) + 0.05) / (min(lights) + 0.05)


@pytest.mark.parametrize(("colors", "canvas"), [(DARK, "black"), (LIGHT, "white")])
def test_letters_stand_out(colors, canvas):
    for ground in (canvas, colors.ground):
        assert measure_contrast(colors.ink, ground) > 7
        assert measure_contrast(colors.title, ground) > 7


def test_axes_and_strips_follow_the_theme(themed):
    animation = show_scene(themed, layers=make_marks(make_grid()))
    (strip,) = animation.strips
    seen = {}
    for theme in ("dark", "light", "dark"):
        themed.theme = theme
        picture = themed.layers["axes"].data
        inked = picture[picture[..., 3] == 255][:, :3]
        # Grey alone: the colour bar has its own colours.
        seen.setdefault(theme, []).append(np.median(inked[np.ptp(inked, axis=1) < 14]))
        assert strip.colors == read_theme_colors(themed) == {"dark": DARK, "light": LIGHT}[theme]
    assert seen["dark"][0] == seen["dark"][1] > 150
    assert seen["light"][0] < 100
    themed.theme = "light"
    ground = strip.grab().toImage().pixelColor(2, 2)
    assert ground == QColor(LIGHT.ground)


def test_a_viewer_is_let_go_of_when_the_animation_ends(themed):
    animation = show_scene(themed)
    before = themed.layers["axes"].data
    animation.close()
    themed.theme = "light"
    assert themed.layers["axes"].data is before


def test_two_signals_of_one_label_are_told_apart(viewer):
    (*_, trace) = make_marks(make_grid())
    traces = [replace(trace, name="Speed 1"), replace(trace, name="Speed 2")]
    other = replace(trace, name="Angle", label="angle [rad]")
    animation = show_scene(viewer, layers=[*traces, other])
    words = [strip.words for strip in animation.strips]
    assert words == ["Speed 1: speed [cm/s]", "Speed 2: speed [cm/s]", "angle [rad]"]
    assert [strip.accessibleName() for strip in animation.strips] == words
