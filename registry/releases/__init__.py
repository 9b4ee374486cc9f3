"""Releases: figures for the public, numbered and frozen; each is public once a person has approved it."""
