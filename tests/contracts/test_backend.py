"""What is assigned here to the protocol `Backend` is compared with it by mypy, strictly."""

from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Any

from neurospatial.backends import Backend
from neurospatial.backends.options import make_options
from neurospatial.backends.protocol import MEMBERS
from neurospatial.backends.registry import GROUP, OURS
from neurospatial.figure import FigureOptions
from neurospatial.figure import backend as figure_backend
from neurospatial.html import HTMLOptions
from neurospatial.html import backend as html_backend
from neurospatial.napari import NapariOptions
from neurospatial.napari import backend as napari_backend
from neurospatial.scene import LAYERS, Layer, Scene
from neurospatial.testing import ReferenceBackend
from neurospatial.testing.reference import ReferenceOptions
from neurospatial.video import VideoOptions
from neurospatial.video import backend as video_backend
from neurospatial.widget import WidgetOptions
from neurospatial.widget import backend as widget_backend


@dataclass(frozen=True)
class CountOptions:
    """Options of a backend that counts frames."""

    step: int = 1


class CountBackend:
    """As small as a backend can be."""

    name = "count"
    suffixes: tuple[str, ...] = ()
    draws: frozenset[type[Layer]] = LAYERS
    Options = CountOptions

    def unavailable(self) -> str | None:
        return None

    def present(self, scene: Scene, options: CountOptions) -> range:
        return range(0, scene.timeline.n_frames, options.step)


figure: Backend[FigureOptions] = figure_backend
video: Backend[VideoOptions] = video_backend
html: Backend[HTMLOptions] = html_backend
widget: Backend[WidgetOptions] = widget_backend
napari: Backend[NapariOptions] = napari_backend
reference: Backend[ReferenceOptions] = ReferenceBackend()
count: Backend[CountOptions] = CountBackend()


BACKENDS: tuple[Backend[Any], ...] = (figure, video, html, widget, napari, reference, count)


def test_the_assigned_ones_are_all_that_are_registered() -> None:
    registered = {point.name: point.load() for point in entry_points(group=GROUP)}
    assigned = {backend.name: backend for backend in BACKENDS}
    assert set(OURS) <= set(registered)
    for name in OURS:
        assert assigned[name] is registered[name]


def test_they_have_every_member() -> None:
    for backend in BACKENDS:
        assert not [name for name in MEMBERS if not hasattr(backend, name)]


def test_options_have_their_type() -> None:
    made: CountOptions = make_options(count, {"dpi": 50}, {"step": 2})
    assert made == CountOptions(step=2)
