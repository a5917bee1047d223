"""What fields are like: how regular, how near the walls, how alike."""
