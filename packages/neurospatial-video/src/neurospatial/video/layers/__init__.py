"""Layers of the scene as pixels, one kind a file."""
