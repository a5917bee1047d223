"""napari backend of neurospatial: not yet filled."""
