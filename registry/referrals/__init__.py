"""Referrals: a question from one office to another, what is handed over with it, and what was answered."""
