import re
import warnings

import numpy as np
import pytest

from neurospatial import Environment
from neurospatial.layouts import RegularGrid
from neurospatial.overlays.bodypart import BodypartOverlay
from neurospatial.overlays.position import PositionOverlay
from neurospatial.overlays.validate.check_bounds import check_bounds
from neurospatial.scene import OverlayContext
from tests.overlays.scenes import make_box, make_context, make_layers, make_line, make_track

FRAMES = np.arange(0.0, 1000.0, 100.0)
TIMES = np.arange(1000.0)


def square(low=0.0, high=100.0, units="cm"):
    edges = np.linspace(low, high, 11)
    return Environment(RegularGrid((edges, edges), np.ones((10, 10), bool)), units=units)


def walk(n=1000, seed=0):
    """Places all over the unit square."""
    return np.random.default_rng(seed).random((n, 2))


def get_warning(path, env, **more):
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        make_layers(env, [PositionOverlay(path, TIMES[: len(path)], **more)], FRAMES[:5])
    assert len(found) <= 1
    return str(found[0].message) if found else ""


def test_share_and_both_ranges_are_told():
    path = walk() * 100
    path[:234, 0] = np.linspace(100.1, 105.3, 234)
    path[0] = [-5.2, -2.1]
    path[500] = [50, 102.7]
    path[501:521] = np.nan
    text = get_warning(path, square())
    assert text.startswith(
        "PositionOverlay: 24.0% of overlay points (235 / 980) are outside environment bounds.\n"
        "  Environment x range: [0.0, 100.0] cm\n  Environment y range: [0.0, 100.0] cm\n"
        "  Overlay x range: [-5.2, 105.3] cm (min/max)\n"
        "  Overlay y range: [-2.1, 102.7] cm (min/max)\n\n"
        "  The picture shows the environment and a narrow margin: what lies beyond is not seen."
    )
    assert "look like" not in text


@pytest.mark.parametrize(("n_outside", "warned"), [(50, False), (51, True)])
def test_one_in_twenty_is_tolerated(n_outside, warned):
    path = walk() * 98 + 1
    path[:n_outside] += 200
    assert bool(get_warning(path, square())) is warned


@pytest.mark.parametrize(
    ("units", "factor", "text"),
    [
        ("cm", 0.01, "These look like metres: pass data * 100."),
        ("cm", 10, "These look like millimetres: pass data / 10."),
        ("mm", 0.001, "These look like metres: pass data * 1000."),
        ("mm", 0.1, "These look like centimetres: pass data * 10."),
        ("m", 100, "These look like centimetres: pass data / 100."),
        ("m", 1000, "These look like millimetres: pass data / 1000."),
        ("", 0.01, "These look like metres (if the environment is in centimetres): pass data * 1"),
        ("cm", 6.4, "These look like pixels, about 6.4 to one cm: calibrate_video converts them."),
        ("m", 5.12, "These look like pixels, about 5.12 to one m"),
        ("", 6.4, "These look like pixels, about 6.4 to a unit"),
    ],
)
def test_unit_is_guessed(units, factor, text):
    found = get_warning(walk(20_000)[:1000] * 99 * factor, square(units=units))
    prefix, *digits = text.split("about ")
    assert prefix in found
    if digits:
        told = float(digits[0].split(" ")[0])
        given = float(found.split("about ")[1].split(" ")[0])
        assert given == pytest.approx(told, rel=0.03)
        assert found.split("about ")[1].split(" ", 1)[1].startswith(digits[0].split(" ", 1)[1])


def test_metres_that_lie_in_the_corner_are_inside_and_told():
    text = get_warning(walk() * 0.99, square())
    assert "overlay points lie in a corner of the environment. These look like metres" in text
    assert "Overlay x range: [0.0" in text
    assert "100.0] cm" in text


def test_animal_that_sits_still_is_not_told():
    assert not get_warning(np.full((1000, 2), 50.0) + walk(), square())
    assert not get_warning(np.full((1000, 2), 0.4), square())


def test_places_that_no_factor_explains_are_only_told():
    text = get_warning(walk() * 100 + 5000, square())
    assert "100.0% of overlay points (1000 / 1000)" in text
    assert "look like" not in text


def test_picture_that_is_stretched_is_not_called_pixels():
    assert "pixels" in get_warning(walk() * 450, square())
    assert "look like" not in get_warning(walk() * [450, 200], square())


def test_nothing_known_is_nothing_outside():
    text = get_warning(np.full((1000, 2), np.nan), square())
    assert "outside" not in text
    assert "nothing is drawn in any of 5 frames" in text


def test_keypoints_are_told_together():
    data = {"nose": walk() * 100, "tail": walk(seed=1) * 100 + [300, 0]}
    with pytest.warns(UserWarning, match=r"50.0% of overlay points \(1000 / 2000\)") as found:
        make_layers(square(), [BodypartOverlay(data, TIMES)], FRAMES)
    assert len(found) == 1
    assert re.search(r"Overlay x range: \[0\.\d, 399\.\d\]", str(found[0].message))


@pytest.mark.parametrize("track", ["line", "ribbon"])
def test_animals_walk_beside_their_track(track):
    """The corner is 40 by 30: 4 beside it is on it, 5 is not."""
    env = make_track()
    along = np.random.default_rng(0).random(1000) * 40
    for beside, warned in ((3.9, False), (4.1, True)):
        path = np.stack([along, np.full(1000, -beside)], axis=1)
        with warnings.catch_warnings(record=True) as found:
            warnings.simplefilter("always")
            make_layers(env, [PositionOverlay(path, TIMES)], FRAMES, track=track)
        assert bool(found) is warned


@pytest.mark.parametrize("track", ["line", "ribbon"])
def test_distances_are_held_against_the_length(track):
    distances = np.linspace(0, 700, 1000)
    text = r"(?s)90.0% of.*Environment distance range: \[0.0, 70.0\] cm.*look like millimetres"
    with pytest.warns(UserWarning, match=text):
        make_layers(make_track(), [PositionOverlay(distances, TIMES)], FRAMES, track=track)
    distances = np.linspace(0, 0.7, 1000)
    with pytest.warns(UserWarning, match="lie in a corner .* look like metres"):
        make_layers(make_track(), [PositionOverlay(distances, TIMES)], FRAMES, track=track)


def test_grid_of_one_dimension():
    with pytest.warns(UserWarning, match=r"50.1% of .*\n  Environment distance range: \[0.0, 100"):
        make_layers(
            make_line(), [PositionOverlay(np.linspace(0, 200.2, 1000) + 0.1, TIMES)], FRAMES
        )


def test_box_that_is_not_square():
    path = walk() * [99, 59] * 5
    text = get_warning(path, make_box())
    assert "pixels, about 5" in text or "pixels, about 4.9" in text


def test_large_recordings_are_thinned_for_the_guess_only():
    path = walk(200_000) * 0.99
    layout = square().layout
    context = OverlayContext(FRAMES, FRAMES, (200.0, 200.0, 300.0, 300.0), layout, "cm")
    with pytest.warns(UserWarning, match=r"\(200000 / 200000\)"):
        check_bounds([path], context, "X")
    check_bounds([path * 100], make_context(FRAMES, env=square()), "X")
