"""Meetings of focus groups: planned, decided at, minuted."""
