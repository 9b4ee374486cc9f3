"""Conditions on a household and its members, as data: read from files and forms, judged, and told in words."""
