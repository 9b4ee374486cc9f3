"""What aid reached whom: the map, the areas, and the needs, agencies and programmes behind it."""
