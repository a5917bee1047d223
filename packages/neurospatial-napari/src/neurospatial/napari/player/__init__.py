"""The animation in a viewer: its clock, its controls and its dock."""
