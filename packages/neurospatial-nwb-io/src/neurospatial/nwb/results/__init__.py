"""What was computed, kept in a file and read again: environments, fields, rate maps."""
