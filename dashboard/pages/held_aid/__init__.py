"""The pages of aid that is held: the list, and one row with what an officer does about it."""
