"""What is drawn over fields, and how it is lowered to layers."""
