"""Colours, lengths and names."""

import numpy as np
import pytest

from neurospatial.validate import (
    rgba,
    validate_choice,
    validate_known,
    validate_length,
    validate_opacity,
)


def test_a_colour_is_four_numbers():
    assert rgba("red", 0.5) == (1.0, 0.0, 0.0, 0.5)
    with pytest.raises(
        ValueError, match=r"(?s)^'rde' is not a colour\. Did you mean 'red'\?.*HOW"
    ):
        rgba("rde")


@pytest.mark.parametrize("value", [0, 1, 0.25, np.float32(0.5)])
def test_an_opacity_lies_between_nothing_and_all(value):
    assert validate_opacity(value, "alpha", default=0.3) == value


@pytest.mark.parametrize("value", [-0.1, 1.1, np.nan, "1", None])
def test_what_is_no_opacity_is_refused(value):
    with pytest.raises(ValueError, match=r"(?s)^Mark: alpha is .*WHY.*the default is 0\.3"):
        validate_opacity(value, "Mark: alpha", default=0.3)


def test_there_is_one_entry_for_each():
    validate_length("ab", "frame_labels", 2, "frames", kind="labels")
    text = r"(?s)^frame_labels has 2 labels, and there are 3 frames\..*WHY.*Pass 3 labels"
    with pytest.raises(ValueError, match=text):
        validate_length("ab", "frame_labels", 3, "frames", kind="labels")


def test_a_choice_is_one_of_those_there_are():
    validate_choice("line", ("line", "ribbon"), "track", "Two ways.")
    text = r"(?s)^track is 'lime'\. Did you mean 'line'\?.*WHY: Two ways\..*Pass track='line'\."
    with pytest.raises(ValueError, match=text):
        validate_choice("lime", ("line", "ribbon"), "track", "Two ways.")


def test_a_name_is_one_of_those_known():
    validate_known("fly", ["fly", "mouse"], "skeleton", "Presets have names.")
    text = r"(?s)^There is no skeleton 'moose'\. Did you mean 'mouse'\?.*WHY.*\['fly', 'mouse'\]"
    with pytest.raises(ValueError, match=text):
        validate_known("moose", ["fly", "mouse"], "skeleton", "Presets have names.")
