"""The map at two dates: side by side, what changed between them, and twelve months at a glance."""
