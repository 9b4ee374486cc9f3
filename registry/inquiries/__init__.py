"""Semakan awam: what people without an account ask of their status, and who answers them; codes that answer at once."""
