"""Deliveries on screen: sent, looked at, tried, imported."""
