"""Behaviour drawn over spatial fields: not yet filled."""
