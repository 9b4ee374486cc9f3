"""Signing in, what a session is, and what somebody does with the own account."""
