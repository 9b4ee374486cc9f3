"""Two to four areas side by side."""
