"""The page of poverty measured: how many, how deep, how unequal, how deprived."""
