"""What we remember: one database, written in transactions that only the store commits."""
