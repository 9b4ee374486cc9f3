"""The page of double aid that was found."""
