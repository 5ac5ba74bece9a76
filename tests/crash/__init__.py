"""Never lost, never twice: stopped at every point in memory, and killed as a real process."""
