"""Semakan awam for officers: who asked, whom to call, what came of it; codes that answer at once."""
