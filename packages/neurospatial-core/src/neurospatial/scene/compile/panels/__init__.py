"""How one panel is made, and what several share."""
