"""A whole frame: the panels, and what stands around them."""
