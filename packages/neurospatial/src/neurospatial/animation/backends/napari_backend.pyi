from neurospatial.napari import ViewerAnimation as ViewerAnimation
from neurospatial.napari import animation_of as animation_of
