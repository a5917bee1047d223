"""Firing by direction: curves around a circle, and how much they favour one side."""
