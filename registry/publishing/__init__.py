"""Publishing: what those who see no persons may be shown, worked out once for the whole country and kept."""
