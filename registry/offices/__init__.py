"""The work of an office as figures: what is in need, what was done, with what money."""
