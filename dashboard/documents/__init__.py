"""Official documents on paper."""
