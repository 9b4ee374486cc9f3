"""The commands of the register, one function each; they run in the caller's transaction and never commit."""
