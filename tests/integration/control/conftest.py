"""The app over a database with an account for each role."""

from tests.integration.frame.conftest import client, database, server

__all__ = ["client", "database", "server"]
