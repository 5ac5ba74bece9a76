"""Something arrived: do it."""
