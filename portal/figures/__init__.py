"""Peta awam: the figures of releases as maps, tables, courses and files, each at an address of its own."""
