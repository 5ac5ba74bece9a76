"""The outside world in memory: it outlives the product, counts what happens to it, and can fail."""
