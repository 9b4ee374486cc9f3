"""Changes that somebody else must approve."""
