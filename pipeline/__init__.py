"""What we think: frozen values and verbs, without any input or output of their own."""
