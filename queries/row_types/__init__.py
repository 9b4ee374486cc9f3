"""Rows of the statements by subject; ``python -m tests.row_types`` writes them."""
