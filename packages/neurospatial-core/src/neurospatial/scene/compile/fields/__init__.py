"""What is handed over as fields."""
