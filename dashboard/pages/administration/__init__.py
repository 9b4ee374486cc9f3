"""Administration: what each role may do."""
