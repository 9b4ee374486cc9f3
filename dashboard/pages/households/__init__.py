"""The households of the register: found by a question, read and changed one record at a time."""
