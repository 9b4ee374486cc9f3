"""Open registration and notices of poverty: one question a page, checked, sent once, followed by two codes."""
