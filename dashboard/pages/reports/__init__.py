"""Laporan: the reports that a role may make, their editions, and the proof that a file is one of them."""
