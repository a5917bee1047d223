"""Exact reading of video files."""
