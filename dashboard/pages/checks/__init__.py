"""The assisted check at counter and telephone: whether somebody is in the register, and whose office to ask."""
