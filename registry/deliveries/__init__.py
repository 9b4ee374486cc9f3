"""Census files: from a delivery to households, persons, decisions and counts, in bulk."""
