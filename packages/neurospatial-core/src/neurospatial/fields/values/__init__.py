"""What places are worth: walks on the graph, and what they come by."""
