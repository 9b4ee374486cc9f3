"""Semakan: a question that an officer answers, and a code that answers at once."""
