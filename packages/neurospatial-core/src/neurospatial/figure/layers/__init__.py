"""What each kind of layer becomes."""
