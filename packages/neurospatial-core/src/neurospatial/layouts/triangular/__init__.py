"""Triangles in the plane, and how a polygon is cut into them."""
