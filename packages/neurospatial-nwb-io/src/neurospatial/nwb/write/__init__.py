"""What was recorded, written to a file from the overlays that show it."""
