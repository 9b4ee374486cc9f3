"""Jobs: work that is asked for in a transaction and carried out by a process of its own."""
