"""Training text, written for this product: one JSON object per line."""
