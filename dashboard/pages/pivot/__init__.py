"""Poor households by two cuts, as a table and as a file."""
