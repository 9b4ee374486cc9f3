"""The worklists: which households wait for what, in one's own district."""
