"""What was recorded, found in a file by its type and read: positions, units, films, epochs."""
