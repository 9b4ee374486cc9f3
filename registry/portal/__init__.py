"""What anybody may send without an account: how often, by whose proof of work, and under which reference."""
