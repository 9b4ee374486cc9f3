"""Small public tables (codes, lines, statistics, gazetteer) and the scripts that derive from them."""
