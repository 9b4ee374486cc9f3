"""Simulations: what would be, by other lines, another rule, more income or a benefit; nothing of it is written."""
