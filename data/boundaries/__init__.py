"""Boundary sets that come with the product and the script that builds them."""
