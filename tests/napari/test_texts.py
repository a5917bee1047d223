"""Titles, names and labels in the viewer, as they are written."""

from dataclasses import replace

import pint
import pytest
from qtpy.QtCore import Qt
from qtpy.QtGui import QTextDocument
from qtpy.QtWidgets import QLabel

from neurospatial.napari import animation_of, backend
from neurospatial.napari.layers.axis_units import LENGTHS, choose_axis_unit
from neurospatial.napari.layers.layout import compute_layout
from neurospatial.napari.layers.text import TextView
from neurospatial.napari.player.controls import Controls
from tests.napari.scenes import make_grid, make_marks, show_scene
from tests.validate.texts import PARAMETERS, UNSHOWN, make_full

GIVEN = "<b>9**9**9\r</b> $5^{ \0%s {} [*] 位 שלום\0"
SHOWN = "<b>9**9**9 </b> $5^{ �%s {} [*] 位 שלום"
"""What napari, Qt or pint would make something else of, all at once."""


def choose_unit(scene):
    return choose_axis_unit(scene, compute_layout(scene, 1.0).placements)


def test_the_viewer_shows_any_text_as_it_is(viewer, qapp, monkeypatch):
    painted: set[str] = set()
    monkeypatch.setattr(
        "neurospatial.napari.layers.axes_painter.draw_text",
        lambda painter, x, y, side, words, upward=False: painted.add(words),
    )
    scene = make_full(GIVEN)
    with pytest.warns(UserWarning, match="right to left are drawn from left to right"):
        backend.present(scene, backend.Options(viewer=viewer))
    animation = animation_of(viewer)
    viewer.screenshot(flash=False)
    assert SHOWN in painted
    label = scene.panels[0].view.axis_labels[0]  # too long for a small panel
    assert any(words[-1:] == "…" and label.startswith(words[:-1]) for words in painted)
    assert not any(UNSHOWN.search(layer.name) for layer in viewer.layers)
    strings = {
        str(view.layers[0].text.string.constant)
        for view in animation.layer_views if isinstance(view, TextView)
    }  # fmt: skip
    assert SHOWN.replace(" </b>", "\n</b>") in strings
    (controls,) = viewer.window._qt_window.findChildren(Controls)
    assert controls.label.text() == f"\u2068{SHOWN}\u2069   (frame 1 of 2)"
    assert [str(unit) for unit in viewer.layers["b: Field"].units[-2:]] == ["pixel", "pixel"]
    labels = viewer.window._qt_window.statusBar().findChildren(QLabel)
    assert {one.textFormat() for one in labels} == {Qt.TextFormat.PlainText}


def test_tooltips_of_layers_show_their_names_as_they_are(viewer, qapp):
    name = "<b>rat</b> <img src='x.png'> &amp; 1 < 2"
    show_scene(viewer, layers=[replace(make_marks(make_grid())[0], name=name)])
    rows = viewer.window._qt_viewer.layers.model()
    tips = [rows.index(row, 0).data(Qt.ItemDataRole.ToolTipRole) for row in range(rows.rowCount())]
    shown = QTextDocument()
    found = set()
    for tip in tips:
        assert Qt.mightBeRichText(tip)
        shown.setHtml(tip)
        found.add(shown.toPlainText().splitlines()[0])
    assert found == {layer.name for layer in viewer.layers}
    assert any(name in text for text in found)


@pytest.mark.parametrize("unit", sorted(LENGTHS))
def test_every_length_that_is_looked_up_is_one_to_napari(unit):
    assert pint.get_application_registry()(unit).check("[length]")
    assert choose_unit(PARAMETERS["units"](unit)) == unit


@pytest.mark.parametrize("unit", ["9**9**9", "2 cm", "cm*cm", "s", "[cm]", "cm ", "bins", ""])
def test_any_other_unit_is_never_evaluated(unit):
    assert choose_unit(PARAMETERS["units"](unit)) == "pixel"
