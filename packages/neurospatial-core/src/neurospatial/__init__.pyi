from neurospatial._version import __version__ as __version__
from neurospatial.backends import animate_fields as animate_fields
from neurospatial.environment import Environment as Environment
from neurospatial.fields import compute_place_field as compute_place_field
from neurospatial.fields import compute_place_fields as compute_place_fields
from neurospatial.regions import Region as Region
from neurospatial.regions import Regions as Regions
