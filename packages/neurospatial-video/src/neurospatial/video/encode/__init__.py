"""Frames as the bytes of a file, cut into parts where several threads share them."""
