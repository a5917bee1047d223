"""One frame of panels, on a figure or on axes that are there."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from neurospatial import Environment, FieldPanel, plot_frame
from neurospatial.overlays import PositionOverlay, TimeSeriesOverlay
from neurospatial.testing import LAYOUTS

TIMES = np.array([130.0, 130.2, 130.4, 130.6])


@pytest.fixture
def panel():
    env = Environment(LAYOUTS["regular"](), units="cm")
    fields = np.arange(4.0)[:, np.newaxis] * np.ones(env.n_bins)
    return FieldPanel(env, fields, frame_times=TIMES, vmin=0, vmax=3)


def draw(figure):
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return np.array(canvas.buffer_rgba())


def test_a_figure_shows_the_frame_and_its_overlays(panel):
    track = PositionOverlay(np.tile([[1.0, 1.0]], (4, 1)), TIMES, color="red", name="rat")
    figure = plot_frame(panel, at=130.41, overlays=[track])
    assert isinstance(figure, Figure)
    assert [text.get_text() for text in figure.texts] == ["t = 130.4 s"]
    labels = [artist.get_label() for artist in figure.axes[0].collections]
    assert "rat" in labels


def test_axes_hold_one_panel(panel):
    page = Figure(figsize=(6, 3), layout="constrained")
    left, right = page.subplots(1, 2)
    assert plot_frame(panel, at=130.2, ax=left) is left
    right.plot([0, 1])
    assert left.get_title() == "t = 130.2 s"
    assert (left.get_xlabel(), left.get_ylabel()) == ("x [cm]", "y [cm]")
    assert len(page.axes) == 3, "the colour bar has axes"
    assert draw(page).std() > 0


def test_axes_hold_no_more_than_one(panel):
    axes = Figure().add_subplot()
    with pytest.raises(ValueError, match=r"ax is given for 2 panels(?s:.*)WHY(?s:.*)HOW"):
        plot_frame([panel, panel], ax=axes)
    signal = TimeSeriesOverlay(np.arange(4.0), TIMES)
    with pytest.raises(ValueError, match=r"1 panels and 1 signals"):
        plot_frame(panel, ax=axes, overlays=[signal])


def test_an_option_of_no_panel_is_refused(panel):
    with pytest.raises(TypeError, match=r"plot_frame has no option 'tilte'\. .*'title'"):
        plot_frame(panel, tilte="A")


def test_words_of_no_font_are_told(panel):
    with pytest.warns(UserWarning, match="No installed font has 1 of the characters"):
        plot_frame(panel, title="\U0010fffd")
