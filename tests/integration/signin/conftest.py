"""The app over a database with demo accounts, and an officer's own account beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from registry.accounts.users import create_user
from tests.integration.frame.conftest import client, database, server
from tests.integration.signin.person import OFFICER, PASSWORD, Person

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.page_client import PageClient

__all__ = ["client", "database", "officer", "server"]


@pytest.fixture
def officer(client: PageClient, owner: Connection) -> Person:
    """An officer of a real register at a browser, who chose the password and has no second factor yet."""
    create_user(owner, login=OFFICER, name="S. Lim", role="officer", territory=("0803",), password=PASSWORD)
    owner.execute(text("UPDATE ekasih.app_user SET must_change = false WHERE login = :login"), {"login": OFFICER})
    owner.commit()
    return Person(client)
