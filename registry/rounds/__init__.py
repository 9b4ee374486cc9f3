"""Rounds of cleansing: an office's list of recipients, frozen, and what was decided on each household of it."""
