"""Areas held against each other: who is missing from the register, small rates, pockets, how far a town is."""
