"""How a scene is made of what the user said."""
