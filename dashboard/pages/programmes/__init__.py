"""The pages of programmes of aid: who gives what, at which rate, and for whom."""
