"""The clock alone, without a viewer, in a time that the test lets pass."""

import pytest

from neurospatial.napari.player import clock
from neurospatial.napari.player.clock import PlayClock


class Film:
    """Ten frames of 0.1 s each, and the time of the day."""

    def __init__(self, loop):
        self.frame, self.shown, self.now = 0, [], 50.0
        self.clock = PlayClock(
            10,
            10.0,
            loop=loop,
            get_frame=lambda: self.frame,
            show_frame=self.show,
            pause=lambda: self.clock.stop(),
        )

    def show(self, frame):
        self.frame = frame
        self.shown.append(frame)

    def wait(self, seconds):
        self.now += seconds
        self.clock._tick()


@pytest.fixture
def make_film(qapp, monkeypatch):
    """Make films whose clocks have the time of the film."""
    films = []

    def make(loop):
        film = Film(loop)
        films.append(film)
        monkeypatch.setattr(clock, "perf_counter", lambda: film.now)
        film.clock.start()
        return film

    yield make
    for film in films:
        film.clock.close()


def test_frames_that_come_too_late_are_left_out(make_film):
    film = make_film(loop=False)
    for seconds in (0.05, 0.06, 0.3, 0.01):
        film.wait(seconds)
    assert film.shown == [1, 4]


def test_it_stops_with_the_last_frame_and_begins_anew_from_there(make_film):
    film = make_film(loop=False)
    film.wait(1.7)
    assert film.shown == [9]
    assert not film.clock.running
    film.clock.start()
    assert film.shown == [9, 0]
    assert film.clock.running


def test_it_goes_on_with_the_first_frame_where_it_loops(make_film):
    film = make_film(loop=True)
    film.wait(1.25)
    assert film.shown == [2]
    assert film.clock.running


def test_a_frame_chosen_by_hand_is_where_it_goes_on(make_film):
    film = make_film(loop=False)
    film.wait(0.15)
    film.frame = 6
    film.wait(0.15)
    film.wait(0.11)
    assert film.shown == [1, 7]


def test_twice_the_speed_is_twice_the_frames(make_film):
    film = make_film(loop=False)
    film.clock.speed = 2.0
    film.wait(0.31)
    assert film.shown == [6]


def test_one_frame_alone_does_not_play(qapp):
    still = PlayClock(
        1, 10.0, loop=True, get_frame=lambda: 0, show_frame=print, pause=lambda: None
    )
    still.start()
    assert not still.running
    still.close()
