"""Pictures of overlay_trajectory=, the short form of a path."""

import numpy as np

from tests.overlays.pictures.options import shows
from tests.overlays.pictures.shots import shoot

WALK = np.array([(12.3, 50.1), (37.4, 33.3), (61.7, 20.9), (88.1, 7.2)])


@shows("animate_fields", "overlay_trajectory")
def test_mark_walks_along_a_path_of_one_place_a_frame():
    shot = shoot(overlay_trajectory=WALK)
    shot.check_marks(0, "red", WALK[0])
    for frame in range(4):
        assert shot.at(frame, "red", WALK[frame]) > 0.9
    between = (WALK[1:] + WALK[:-1]) / 2
    assert [shot.at(3, "red", place) > 0.2 for place in between] == [True] * 3
    assert [shot.at(1, "red", place) > 0.2 for place in between] == [True, False, False]


@shows("animate_fields", "overlay_trajectory")
def test_whole_path_lies_in_every_frame():
    corners = np.array([(10, 10), (90, 10), (90, 50), (10, 50), (10, 30)], dtype=float)
    shot = shoot(overlay_trajectory=corners)
    for frame in (0, 3):
        for place in (corners[1:] + corners[:-1]) / 2:
            assert shot.at(frame, "red", place) > 0.2
        assert shot.at(frame, "red", (50, 30)) == 0
