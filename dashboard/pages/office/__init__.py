"""The board of an office: its money, its need against what was done, and the lists behind its figures."""
