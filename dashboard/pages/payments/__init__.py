"""Payments: lists that go out, who is paid, the bank's answers, and what waits for one."""
