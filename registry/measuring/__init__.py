"""Measures of poverty of the whole register: read for a day, kept of closed months, written to a file."""
