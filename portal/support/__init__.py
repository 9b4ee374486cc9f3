"""Sokongan for anybody: a question is sent, and followed with its reference and secret."""
