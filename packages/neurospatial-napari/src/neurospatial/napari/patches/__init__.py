"""What napari and vispy have no public way for, one patch a file.

Nothing outside this folder touches a private name of theirs or replaces a method. Every
patch is guarded: where napari or vispy has changed, the viewer opens and is right without
it, only slower, and one line in the log says which patch is off.
"""
