"""People of each kind who act, on a database of the test's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from registry import db
from registry.principals import Principal, Role
from tests.integration.frame.conftest import client, server
from tests.world import add_user

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection, Engine
    from sqlalchemy.orm import Session

__all__ = ["client", "server"]


@dataclass(frozen=True)
class People:
    """The people, by login; ``writing`` and ``reading`` act for one."""

    owner: Connection
    web: Engine

    def add(self, login: str, role: Role, *territory: str) -> Principal:
        """A person with an account."""
        number = add_user(self.owner, login, role=role.value, territory=territory)
        self.owner.commit()
        return Principal(user_id=number, login=login, name=login, role=role, territory=territory)

    def writing(self, who: Principal) -> AbstractContextManager[Session]:
        """A transaction that writes for ``who``."""
        return db.writing(self.web, who)

    def reading(self, who: Principal) -> AbstractContextManager[Connection]:
        """A transaction that reads for ``who``."""
        return db.reading(self.web, who)


@pytest.fixture
def people(owner: Connection, web: Engine) -> People:
    return People(owner, web)


@pytest.fixture
def administrator(people: People) -> Principal:
    return people.add("ujian.pentadbir", Role.ADMINISTRATOR)


@pytest.fixture
def auditor(people: People) -> Principal:
    return people.add("ujian.juruaudit", Role.AUDITOR)
