"""The first page: what waits for somebody, how the own area stands, what changed since the last time."""
