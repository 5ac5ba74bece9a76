"""The database's shape over time, forward only."""
