"""What an overlay was given, brought to one form, and what is doubtful about it."""
