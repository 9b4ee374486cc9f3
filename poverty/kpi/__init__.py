"""Performance indicators as data: the language of their formulas, targets that add up, where a figure is going."""
