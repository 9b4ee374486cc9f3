"""The page of alerts: what rules found, who is at it, the rules, the own daily message."""
