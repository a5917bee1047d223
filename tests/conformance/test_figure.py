"""The figure backend presents what the reference draws, every frame of it."""

from dataclasses import dataclass, replace

import numpy as np

from neurospatial.figure import backend as figure
from neurospatial.figure import draw_figure
from neurospatial.scene import Geometry, Scene
from neurospatial.scene.figure_layout import compute_layout
from neurospatial.testing import LAYOUTS, BackendTests
from neurospatial.testing.layouts import LINES

BACKGROUND = (224, 224, 224)


@dataclass
class Presented:
    """A scene whose frames are drawn when they are looked at."""

    scene: Scene
    options: object

    def draw(self, i):
        size = self.options.choose_size(self.scene)
        drawn = draw_figure(self.scene, i, size, self.options.dpi)
        drawn.canvas.draw()
        return np.array(drawn.canvas.buffer_rgba())

    @property
    def layout(self):
        size = self.options.choose_size(self.scene)
        return compute_layout(self.scene, size, self.options.dpi / 72)

    def frame(self, i):
        return self.draw(i)[self.layout.panels[0].to_slices()]

    def strip(self, i, number):
        return self.draw(i)[self.layout.strips[number].to_slices()]


class Drawer:
    """The figure backend, of all frames."""

    name = "figure of all frames"
    suffixes = figure.suffixes
    draws = figure.draws
    Options = figure.Options

    def unavailable(self):
        return figure.unavailable()

    def present(self, scene, options):
        return Presented(scene, options)


class FigureTests(BackendTests):
    """What both suites have in common; a layout is in one of them."""

    backend = Drawer()
    background = BACKGROUND
    unusual_size = {"figsize": (3.57, 2.63)}  # noqa: RUF012
    several_panels = {"figsize": None}  # noqa: RUF012

    def options(self, tmp_path):
        return {"figsize": (4.0, 3.0)}

    def frame(self, result, i):
        return result.frame(i)

    def strip(self, result, i, number):
        return result.strip(i, number)

    def cases(self):
        kept = ((case, tuple(filter(self.has, case.layouts))) for case in super().cases())
        return [replace(case, layouts=layouts) for case, layouts in kept if layouts]


class TestPictures(FigureTests):
    """Of grids whose bins are alike, every pixel is the reference's own; and all of lines."""

    def has(self, name):
        return name in LINES or Geometry(LAYOUTS[name]()).native_raster is not None


class TestPolygons(FigureTests):
    """A polygon has the pixels that it covers by half, which is not to hold their centres."""

    exact = False
    min_psnr = 18.0

    def has(self, name):
        return not TestPictures.has(self, name)
