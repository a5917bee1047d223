"""Notebook-widget backend of neurospatial: not yet filled."""
