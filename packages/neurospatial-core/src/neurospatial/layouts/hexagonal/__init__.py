"""Regular hexagons in the plane."""
