"""What napari and vispy have no public way for, one patch a file."""
