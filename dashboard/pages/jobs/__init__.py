"""Jobs on screen: what waits, what is under way, what failed and why."""
