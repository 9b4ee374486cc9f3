"""Whether programmes of aid helped."""
