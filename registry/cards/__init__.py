"""Identity cards: requests, approval, printing, withdrawal."""
