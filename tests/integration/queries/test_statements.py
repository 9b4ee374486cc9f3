"""Every statement of the read side is what its header says: these parameters, these columns, rows of this type."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from queries import statements
from queries.row_types.cases import CaseListRow
from queries.statements import FOLDER, statement
from tests.row_checks import NullFound
from tests.row_types import NAMES, WRITTEN, header, listed, modules
from tests.world import add_user

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

_READERS = {"rows_as", "row_as", "streamed_as"}


@pytest.fixture
def administrator(owner: Connection) -> int:
    user = add_user(owner, "pentadbir", role="administrator")
    owner.commit()
    return user


def test_every_statement_has_the_whole_header() -> None:
    lacking = [name for name in NAMES if not {"grain", "columns"} <= set(header(name))]
    assert lacking == []


@pytest.mark.parametrize("name", NAMES)
def test_the_header_names_the_parameters(name: str) -> None:
    told = listed(header(name).get("params", ""))
    assert sorted(told) == sorted(statement(name).compile().params)


def test_the_headers_name_the_columns(administrator: int, web: Engine) -> None:
    wrong = {}
    for name in NAMES:
        with web.begin() as connection:
            connection.execute(text("SELECT act_as(:user)"), {"user": administrator})
            params = dict.fromkeys(statement(name).compile().params)
            found = list(connection.execute(statement(name), params).keys())
        if found != [column.removesuffix("?") for column in listed(header(name)["columns"])]:
            wrong[name] = found
    assert wrong == {}


def test_the_types_of_rows_are_those_that_postgresql_answers(administrator: int, web: Engine) -> None:
    with web.begin() as connection:
        connection.execute(text("SELECT act_as(:user)"), {"user": administrator})
        made = modules(connection)
    assert {path.name: path.read_text(encoding="utf-8") for path in WRITTEN.glob("*.py")} == made, (
        "python -m tests.row_types writes them"
    )


def test_every_reader_names_the_type_of_its_statement() -> None:
    wrong = {}
    for path in FOLDER.parent.glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (
                isinstance(call, ast.Call) and getattr(call.func, "id", "") in {"rows_as", "row_as", "streamed_as"}
            ):
                continue
            row_type, name = call.args[0], call.args[2]
            if isinstance(name, ast.Constant) and isinstance(row_type, ast.Name):
                expected = header(str(name.value)).get("row")
                wrong |= {name.value: row_type.id} if row_type.id != expected else {}
    assert wrong == {}


def test_a_value_that_is_missing_where_the_header_promises_one_is_found() -> None:
    with pytest.raises(NullFound, match="CaseListRow: number"):
        statements.as_row(CaseListRow, {"case_id": 1, "number": None})
