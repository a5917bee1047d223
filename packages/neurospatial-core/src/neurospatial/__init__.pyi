from neurospatial._version import __version__ as __version__
from neurospatial.backends import animate as animate
from neurospatial.backends import animate_fields as animate_fields
from neurospatial.decoding import Decoded as Decoded
from neurospatial.decoding import decode_positions as decode_positions
from neurospatial.environment import Environment as Environment
from neurospatial.fields import compute_autocorrelogram as compute_autocorrelogram
from neurospatial.fields import compute_border_score as compute_border_score
from neurospatial.fields import compute_coherence as compute_coherence
from neurospatial.fields import compute_grid_score as compute_grid_score
from neurospatial.fields import compute_mean_vector as compute_mean_vector
from neurospatial.fields import compute_place_field as compute_place_field
from neurospatial.fields import compute_place_fields as compute_place_fields
from neurospatial.fields import compute_rayleigh as compute_rayleigh
from neurospatial.fields import compute_stability as compute_stability
from neurospatial.fields import (
    compute_successor_representation as compute_successor_representation,
)
from neurospatial.fields import compute_transition_matrix as compute_transition_matrix
from neurospatial.fields import compute_tuning_curves as compute_tuning_curves
from neurospatial.fields import compute_tuning_map as compute_tuning_map
from neurospatial.fields import compute_value_function as compute_value_function
from neurospatial.fields import correlate_fields as correlate_fields
from neurospatial.figure import plot_frame as plot_frame
from neurospatial.regions import Region as Region
from neurospatial.regions import Regions as Regions
from neurospatial.scene import FieldPanel as FieldPanel
