"""The profile of an area: one page on screen and one sheet of paper."""
