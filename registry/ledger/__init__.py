"""The money of aid: a ledger in double entry, the lists of payments that go out, and the bank's answers."""
