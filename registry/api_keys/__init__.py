"""Keys by which programs of agencies ask the register: each acts as an account of its own, which nobody signs in to."""
