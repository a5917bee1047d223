"""Poses and positions from the files and objects of other tools."""
