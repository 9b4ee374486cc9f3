"""Poverty lines on screen: what is in force and was, figures added, a change foreseen and made."""
