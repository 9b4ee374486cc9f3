"""The views that are kept under a name, and what is shown one after the other."""
