"""Applications for aid: opened at a counter, routed to an agency, checked, decided, handed over, appealed."""
