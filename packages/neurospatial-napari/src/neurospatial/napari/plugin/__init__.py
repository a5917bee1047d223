"""What napari finds in its menus: a reader, a sample, and the export of what the viewer shows."""
