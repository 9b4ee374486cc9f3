"""What would be: other lines, another rule, more income or a benefit, on the map and in lists; nothing is written."""
