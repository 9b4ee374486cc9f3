"""Finds persons who are in the register more than once, and the households that are therefore one."""
