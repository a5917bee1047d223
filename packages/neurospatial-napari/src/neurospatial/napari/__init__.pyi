from neurospatial.napari.backend import NapariBackend as NapariBackend
from neurospatial.napari.backend import backend as backend
from neurospatial.napari.options import NapariOptions as NapariOptions
from neurospatial.napari.player.animation import ViewerAnimation as ViewerAnimation
from neurospatial.napari.player.animation import animation_of as animation_of
