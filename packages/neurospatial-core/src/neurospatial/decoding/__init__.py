"""Where an animal was, decoded from the spikes of its neurons."""

from neurospatial.decoding.decode import decode_positions
from neurospatial.decoding.decoded import Decoded

__all__ = ["Decoded", "decode_positions"]
