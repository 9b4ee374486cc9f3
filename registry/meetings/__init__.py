"""Focus group meetings and their decisions."""
