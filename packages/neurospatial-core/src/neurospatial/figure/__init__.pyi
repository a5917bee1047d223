from neurospatial.figure.backend import FigureBackend as FigureBackend
from neurospatial.figure.backend import backend as backend
from neurospatial.figure.draw import draw_figure as draw_figure
from neurospatial.figure.options import FigureOptions as FigureOptions
from neurospatial.figure.plot import plot_frame as plot_frame
