"""Accounts: checked before they are made, one for each role in the sample register, no password in the clear."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text

from registry.accounts.users import DEMO_PASSWORD, DEMO_USERS, create_demo_users, create_user
from registry.errors import InvalidInput
from registry.principals import Role

if TYPE_CHECKING:
    from sqlalchemy import Connection

GOOD: dict[str, Any] = {
    "login": "s.lim",
    "name": "S. Lim",
    "role": "officer",
    "territory": ("0803",),
    "password": "kata laluan panjang",
}


def test_an_account_keeps_a_hash_and_not_the_password(owner: Connection) -> None:
    create_user(owner, **GOOD)
    kept = str(owner.scalar(text("SELECT password_hash FROM app_user WHERE login = 's.lim'")))
    assert kept.startswith("$argon2id$")
    assert PasswordHasher().verify(kept, GOOD["password"])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"role": "raja"}, "role"),
        ({"territory": ("0899",)}, "territory"),
        ({"territory": ("080305",)}, "territory"),
        ({"password": "pendek"}, "password"),
        ({"login": " S.LIM "}, "login"),
    ],
)
def test_what_is_wrong_with_an_account_is_told_by_field(owner: Connection, wrong: dict[str, Any], field: str) -> None:
    create_user(owner, **GOOD | {"login": "s.lim" if field == "login" else "lain"})
    with pytest.raises(InvalidInput) as told:
        create_user(owner, **GOOD | {"login": "baharu"} | wrong)
    assert set(told.value.problems) == {field}


def test_the_sample_register_has_an_account_for_every_role_and_only_once(owner: Connection) -> None:
    create_demo_users(owner)
    create_demo_users(owner)
    found = owner.execute(text("SELECT role, territory FROM app_user WHERE demo")).all()
    assert {role for role, _ in found} == set(Role)
    assert len(found) == len(DEMO_USERS)
    assert {tuple(territory) for role, territory in found if role in {"officer", "enumerator"}} == {("0803",)}


def test_sample_accounts_open_with_the_password_that_is_printed(owner: Connection) -> None:
    create_demo_users(owner)
    for kept in owner.scalars(text("SELECT password_hash FROM app_user WHERE demo")):
        assert PasswordHasher().verify(kept, DEMO_PASSWORD)
