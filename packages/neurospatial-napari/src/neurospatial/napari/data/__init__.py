"""Frames of a recording, read when they are shown."""
