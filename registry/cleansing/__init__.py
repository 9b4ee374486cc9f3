"""Duplicates, merges, odd data and locked lists."""
