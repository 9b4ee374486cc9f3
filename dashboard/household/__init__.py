"""What several pages say of a household: its fields and their words, hints, rows and history."""
