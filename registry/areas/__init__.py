"""States, districts and mukim, their boundaries and reference data."""
