"""The vote book: what each office and programme may spend, is bound to spend and has spent."""
