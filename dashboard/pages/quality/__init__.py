"""Data quality: what is missing, stale or odd, by area and household."""
