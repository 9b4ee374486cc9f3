"""Projects of offices: houses built or repaired and other works, from application to certificate."""
