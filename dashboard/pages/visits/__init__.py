"""Visits: the officer's round, giving cases to officers, and the form that is filled in at the door."""
