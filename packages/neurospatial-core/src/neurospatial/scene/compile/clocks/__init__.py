"""When each panel shows which of its frames."""
