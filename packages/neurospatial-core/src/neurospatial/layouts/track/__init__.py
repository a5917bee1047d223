"""Tracks: bins along the edges of a graph, on one axis or drawn in the plane."""
