"""Target groups: their list, the form they are put together in, and one of them with its list."""
