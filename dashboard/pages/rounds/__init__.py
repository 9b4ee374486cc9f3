"""The pages of rounds of cleansing: the rounds of the own office, and one round with its frozen list."""
