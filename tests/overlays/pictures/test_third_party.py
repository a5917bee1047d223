"""A third party's overlay is drawn as ours are: alone, and among them."""

import sys
from pathlib import Path

import numpy as np
import pytest

from tests.overlays.pictures.cases import CAST, CLOCK, N_FRAMES, PLANE, environment, together
from tests.overlays.pictures.shots import changed, shoot

SOURCE = Path(__file__).parents[1] / "third_party" / "src"
PRINTS = np.array([(14.0, 40.0), (30.0, 12.0), (52.0, 46.0)])
WHEN = [0.1, 0.3, 0.55]


@pytest.fixture
def pawprints(monkeypatch):
    monkeypatch.syspath_prepend(SOURCE)
    from pawprints import PawPrints

    yield PawPrints(PRINTS, WHEN, color="#ff8000")
    monkeypatch.delitem(sys.modules, "pawprints")


def check(shot, frame):
    n_put = np.searchsorted(WHEN, CLOCK[frame], side="right")
    shot.check_marks(frame, "#ff8000", PRINTS[:n_put])
    if n_put > 1:
        between = PRINTS[n_put - 2 : n_put].mean(axis=0)
        assert shot.at(frame, "cyan", between) > 0.9


def test_alone(pawprints):
    shot = shoot(pawprints, frames=CLOCK, figsize=(5.5, 4.5))
    for frame in range(N_FRAMES):
        check(shot, frame)


def test_its_number_is_written_and_changes(pawprints):
    shot = shoot(pawprints, frames=CLOCK, figsize=(5.5, 4.5))
    column, row = (shot.px(PRINTS[0]) - (0, 14 * 100 / 72)).astype(int)
    words = [shot.panel(i)[row - 8 : row + 8, column - 6 : column + 6] for i in (2, 4, 8)]
    for word in words:
        assert (word[..., :3].min(axis=-1) > 150).sum() > 10
    assert changed(words[0], words[1]).any()
    assert changed(words[1], words[2]).any()


def test_among_ours(pawprints):
    overlays, options = together(CAST)
    plain = shoot(*overlays, env=environment(PLANE), frames=CLOCK, figsize=(5.5, 4.5), **options)
    shot = shoot(
        *overlays, pawprints, env=environment(PLANE), frames=CLOCK, figsize=(5.5, 4.5), **options
    )
    for frame in (0, 4, N_FRAMES - 1):
        for member in CAST.values():
            member.check(shot, PLANE, frame)
        n_put = np.searchsorted(WHEN, CLOCK[frame], side="right")
        for place in PRINTS[:n_put]:
            assert shot.at(frame, "#ff8000", place) > 0.9
    assert not changed(plain.panel(0), shot.panel(0))[:, 250:].any()
