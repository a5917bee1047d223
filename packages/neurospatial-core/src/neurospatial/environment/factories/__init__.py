"""The ways to make an environment."""
