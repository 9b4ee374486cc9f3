"""The page of community leaders: families they tell of, and how far each notice is."""
