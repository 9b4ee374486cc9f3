"""Households, their members and incomes, and changes to them."""
