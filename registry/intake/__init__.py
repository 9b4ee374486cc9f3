"""What the public sends: open registrations and notices of poverty, until they are a case, or end without one."""
