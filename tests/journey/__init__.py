"""The whole story, on the real product and the real playground."""
