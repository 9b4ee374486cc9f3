"""Pieces that pages are built from; each is a function that answers a component."""
