"""The pages of what the public sends: the list of an office, and one form with what it may be about."""
