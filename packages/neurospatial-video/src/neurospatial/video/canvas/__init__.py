"""The pixels that are drawn into, and how something is laid over them."""
