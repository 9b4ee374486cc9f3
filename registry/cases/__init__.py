"""Cases: how a household is registered, verified, approved and leaves."""
