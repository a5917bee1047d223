"""Web-page backend of neurospatial: not yet filled."""
