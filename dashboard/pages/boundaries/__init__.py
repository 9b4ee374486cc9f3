"""Boundaries on screen: the sets by level, a file that is sent, checked and made active, the way back."""
