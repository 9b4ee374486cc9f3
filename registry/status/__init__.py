"""Poverty lines, the status they give, and the counts of it."""
