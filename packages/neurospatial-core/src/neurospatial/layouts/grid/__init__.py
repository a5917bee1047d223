"""Rectangular bins, in any number of dimensions."""
