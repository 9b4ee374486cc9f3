"""How other tools read the register: addresses, keys of one's own, files."""
