"""Bins of equal angle around a circle, the last beside the first."""
