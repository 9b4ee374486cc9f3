"""Every statement of the read side is what its header says: these parameters, these columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from queries.statements import FOLDER, statement
from tests.world import add_user

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

NAMES = sorted(path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.sql"))


def _header(name: str) -> dict[str, str]:
    source = (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
    return {key: value.strip() for key, value in re.findall(r"^-- (grain|params|columns):(.*)$", source, re.MULTILINE)}


def _listed(words: str) -> list[str]:
    return [re.split(r"[ (]", word.strip())[0] for word in re.sub(r"\([^)]*\)", "", words).split(",") if word.strip()]


@pytest.fixture
def administrator(owner: Connection) -> int:
    user = add_user(owner, "pentadbir", role="administrator")
    owner.commit()
    return user


def test_every_statement_has_the_whole_header() -> None:
    lacking = [name for name in NAMES if not {"grain", "columns"} <= set(_header(name))]
    assert lacking == []


@pytest.mark.parametrize("name", NAMES)
def test_the_header_names_the_parameters(name: str) -> None:
    told = _listed(_header(name).get("params", ""))
    assert sorted(told) == sorted(statement(name).compile().params)


def test_the_headers_name_the_columns(administrator: int, web: Engine) -> None:
    wrong = {}
    for name in NAMES:
        with web.begin() as connection:
            connection.execute(text("SELECT act_as(:user)"), {"user": administrator})
            params = dict.fromkeys(statement(name).compile().params)
            found = list(connection.execute(statement(name), params).keys())
        if found != _listed(_header(name)["columns"]):
            wrong[name] = found
    assert wrong == {}
