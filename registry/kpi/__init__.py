"""Performance indicators: what their formulas say in words, and the files that commands read them from."""
