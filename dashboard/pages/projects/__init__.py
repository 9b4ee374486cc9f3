"""Projects: the list that is a map, one project with its plan, money and photographs, and the data behind them."""
