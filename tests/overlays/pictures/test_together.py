"""Each overlay alone, and among all the others: none is lost."""

from dataclasses import replace

import numpy as np
import pytest

from tests.overlays.pictures.cases import CAST, N_FRAMES, PLANE, shot_of
from tests.overlays.pictures.options import SCENE, overlay_classes
from tests.overlays.pictures.shots import arena


@pytest.fixture(scope="module")
def company():
    return shot_of(CAST)


def test_the_cast_is_complete():
    assert {*overlay_classes(), *SCENE} - {"region_alpha"} == set(CAST)


@pytest.mark.parametrize("name", CAST)
def test_alone(name):
    shot = shot_of([name])
    for frame in range(N_FRAMES):
        CAST[name].check(shot, PLANE, frame)


@pytest.mark.parametrize("name", CAST)
def test_among_the_others(name, company):
    for frame in range(N_FRAMES):
        CAST[name].check(company, PLANE, frame)


@pytest.mark.parametrize("name", CAST)
def test_check_notices_that_one_is_missing(name):
    others = shot_of([other for other in CAST if other != name])
    # The frame in which the event is at its strongest.
    with pytest.raises(AssertionError):
        CAST[name].check(others, PLANE, 2)


def test_the_order_in_which_overlays_are_given_hides_none():
    shot = shot_of(reversed(CAST))
    for member in CAST.values():
        member.check(shot, PLANE, N_FRAMES - 1)


def test_the_field_is_there_as_well():
    env = arena()
    bright = int(env.bin_at([(95.0, 5.0)])[0])
    fields = np.zeros((N_FRAMES, env.n_bins))
    fields[4, bright] = 0.8
    shot = shot_of(CAST, fields=fields)
    light = [shot.at(frame, "white", env.bin_centers[bright]) for frame in (3, 4, 5)]
    assert light == pytest.approx([0, 0.8, 0], abs=0.01)


def test_every_panel_shows_all():
    dark = np.zeros((N_FRAMES, arena().n_bins))
    shot = shot_of(CAST, fields={"first": dark, "second": dark}, figsize=(9.0, 4.5))
    beside = replace(shot, page=replace(shot.page, panels=shot.page.panels[::-1]))
    for panel in (shot, beside):
        for member in CAST.values():
            member.check(panel, PLANE, 3)


def test_played_at_a_speed():
    """Frames are chosen by time: those shown twice as fast are every other one."""
    slow, fast = shot_of(CAST), shot_of(CAST, speed=2.0, fps=10)
    assert len(fast.pictures) == (N_FRAMES + 1) // 2
    for frame, picture in enumerate(fast.pictures):
        assert np.array_equal(picture, slow.pictures[2 * frame])
