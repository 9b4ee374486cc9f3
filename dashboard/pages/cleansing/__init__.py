"""List cleansing: pairs that may be one household, merges, locked figures."""
