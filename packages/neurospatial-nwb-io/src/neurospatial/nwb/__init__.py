"""NWB reading and writing for neurospatial: not yet filled."""
