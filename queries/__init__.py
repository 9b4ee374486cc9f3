"""The read side: SQL statements, and thin readers that return frames."""
