"""Visits to households and their photographs."""
