"""Where a camera is, and its pictures brought into the environment."""
