"""Layers of the scene as layers of napari, one kind a file."""
